"""What is done to the site after MkDocs: scripts joined, cards as PDF, 404 pages, search index, policy, packing."""
