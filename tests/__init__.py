"""A package with a file of its own: Spylls installs one named `tests` too, and would win otherwise."""
