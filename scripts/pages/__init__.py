"""Draws the pages from the data and puts them, with the prose of ``docs/``, where MkDocs reads.

``generate(docs_dir)`` is the whole of it. ``docs_dir`` is a folder of its own (``build/docs``),
never ``docs/`` itself: what people write and what is drawn don't mix.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from decision_tree.protocol import LANGUAGES
from scripts.pages import practice, school, shared
from scripts.pages.content import Content, read_content
from scripts.pages.drawing import draw
from scripts.pages.page import Page, markdown, source_file, write_if_changed
from scripts.pages.places import places
from scripts.pages.prose import prose_pages

ROOT = Path(__file__).resolve().parents[2]
PROSE = ROOT / "docs"


def generate(docs_dir: Path, content: Content | None = None) -> list[Path]:
    """Write every page in both languages; returns the files. What no page needs any more is removed."""
    if docs_dir.resolve() == PROSE:
        raise ValueError(f"{docs_dir} holds the prose; draw the pages into a folder of their own")
    content = content or read_content()
    all_pages = [*shared.pages(content), *_school_pages(content)]
    parents = {page.path.rpartition("/")[0] for page in all_pages} - {""}
    written: list[Path] = []
    for page in all_pages:
        for language in LANGUAGES:
            html = draw(page, language, content)
            file = docs_dir / source_file(page, language, has_children=page.path in parents)
            write_if_changed(file, markdown(page, language, html))
            written.append(file)
    for prose in prose_pages(PROSE):
        file = docs_dir / prose.file
        write_if_changed(file, prose.draw(content))
        written.append(file)
    practice.write_case_files(docs_dir, content)
    keep = set(written)
    for old in docs_dir.rglob("*.md"):
        if old not in keep:
            old.unlink()
    return written


_READ = ("start", "protocol", "roles", "parents", "follow-up", "table", "background")
"""The pages on which a reader looks up a clause; the others say the same in another form."""


def _school_pages(content: Content) -> Iterator[Page]:
    """The pages of all schools; the sources page is told where each clause ended up."""
    for protocol in content.protocols:
        made = list(school.pages(protocol, practice.maker(content, protocol)))
        read = [page for page in made if page.data["here"] in _READ]
        spots = places((page, draw(page, "nl", content)) for page in read)
        for page in made:
            if page.data["here"] == "sources":
                yield replace(page, data={**page.data, "places": spots})
            else:
                yield page


def clear(docs_dir: Path) -> None:
    """Remove everything that was drawn."""
    shutil.rmtree(docs_dir, ignore_errors=True)
