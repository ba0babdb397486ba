"""A page before it is written: where it goes, what the frame must know, and its HTML."""

from __future__ import annotations

import json
import posixpath
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from decision_tree.protocol import Language, Text
from scripts.pages.drawn import MARK


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
    """The name of the Markdown file that MkDocs reads for this page."""
    if not page.path:
        return f"index.{language}.md"
    return f"{page.path}/index.{language}.md" if has_children else f"{page.path}.{language}.md"


_BETWEEN_TAGS = re.compile(r"\s*\n\s*")


def markdown(page: Page, language: Language, html: str) -> str:
    """Front matter for the frame, then the page as one block of HTML."""
    meta: dict[str, Any] = {
        "title": page.title.in_language(language),
        "description": page.description.in_language(language),
        **({"exit": True} if page.exit else {}),
        **({"wide": True} if page.wide else {}),
        **({"unlisted": True} if page.unlisted else {}),
        **({"scripts": list(page.scripts)} if page.scripts else {}),
        **page.frame.get(language, {}),
    }
    if page.sections:
        meta["sections"] = [
            {"id": s.id, "title": s.title.in_language(language)} for s in page.sections
        ]
    # JSON is YAML too, and nothing inside a JSON string can end the front matter.
    front = "\n".join(f"{key}: {json.dumps(value)}" for key, value in meta.items())
    body = _BETWEEN_TAGS.sub("\n", html).strip()
    return f'---\n{front}\n---\n{MARK}\n<div class="pw-page">{body}</div>\n'


def write_if_changed(path: Path, text: str) -> None:
    """Write the file, unless it already says exactly this: an unchanged page keeps its date."""
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
