"""Renders the pages from the data: what there is, what is on it, and in which words."""
