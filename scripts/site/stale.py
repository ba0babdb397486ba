"""Which pages a build of only what changed has to make (``mkdocs build --dirty``).

MkDocs compares the dates of a page's file and of what was made of it. A generated page has no
file, and depends on data, words and templates: whoever watches those says what is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Container

EVERYTHING: Container[str] | None = None
"""Every page is asked for: what a build from nothing does."""

_wanted: list[Container[str] | None] = [EVERYTHING]


def ask_for(names: Container[str] | None) -> None:
    """From now on a build makes only the pages with these names, or every page."""
    _wanted[0] = names


def asker(name: str) -> Callable[[], bool]:
    """Whether this page is asked for, in the form of MkDocs' ``File.is_modified``."""
    return lambda: (wanted := _wanted[0]) is None or name in wanted
