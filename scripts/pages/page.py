"""A page before it is written: where it goes, what the frame must know, and its HTML."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import Any

from decision_tree.protocol import Language, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of a page that *On this page* leads to."""

    id: str
    title: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """``path`` is the address without language: "" is home, "scholen/cals" a school's start.

    ``template`` is the file in ``overrides/pages/`` that draws it from ``data``. ``exit``: the
    page shows *Leave this site fast*. ``wide``: a table or chart that needs the whole width.
    """

    path: str
    template: str
    title: Text
    description: Text
    data: dict[str, Any] = field(default_factory=dict)
    sections: tuple[Section, ...] = ()
    exit: bool = False
    wide: bool = False
    unlisted: bool = False
    scripts: tuple[str, ...] = ()
    frame: dict[Language, dict[str, Any]] = field(default_factory=dict)


def link(here: str, there: str) -> str:
    """The relative address from one page to another in the same language: works on any host."""
    relative = posixpath.relpath(there or ".", here or ".")
    return "./" if relative == "." else f"{relative}/"


def source_file(page: Page, language: Language, *, has_children: bool) -> str:
    """The name of the Markdown file that MkDocs takes this page for."""
    if not page.path:
        return f"index.{language}.md"
    return f"{page.path}/index.{language}.md" if has_children else f"{page.path}.{language}.md"
