"""What is done to the site after MkDocs: PDF cards, 404 pages, search index, policy."""
