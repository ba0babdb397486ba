"""Turns pages into a site: MkDocs with our hooks, then what MkDocs does not do."""
