"""What MkDocs builds from: every page of the site by the name of the file that MkDocs takes it for.

Nothing is written for MkDocs to read: its hooks (``hooks.py``) ask here. A page is rendered when it
is asked for, once, and its title and words never pass a Markdown or YAML parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from mkdocs.utils.meta import get_data

from decision_tree.protocol import LANGUAGES, Language, Protocol
from scripts.pages import practice, school, shared
from scripts.pages.content import Content, read_content
from scripts.pages.drawing import draw
from scripts.pages.front import front_matter
from scripts.pages.memo import Memo
from scripts.pages.page import Page, source_file
from scripts.pages.places import Spot, places
from scripts.pages.prose import Prose, prose_pages
from scripts.pages.words import words
from scripts.progress import ROOT

PROSE = ROOT / "docs"
"""The ``docs_dir`` of MkDocs: Markdown that people write."""

_READ = ("start", "protocol", "roles", "parents", "follow-up", "table", "background")
"""The pages on which a reader looks up a clause; the others say the same in another form."""

_BETWEEN_TAGS = re.compile(r"\s*\n\s*")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page in one language."""

    page: Page
    language: Language


@dataclass
class Source:
    """The content of one build, and the pages made of it."""

    content: Content
    prose_folder: Path = PROSE
    memo: Memo = field(default_factory=Memo)
    _rendered: dict[tuple[str, Language], str] = field(default_factory=dict)

    @cached_property
    def sheets(self) -> dict[str, Sheet]:
        """Name of the file that MkDocs takes it for (``scholen/cals/wijzer.nl.md``) -> page."""
        pages = [*shared.pages(self.content), *self._school_pages()]
        parents = {page.path.rpartition("/")[0] for page in pages} - {""}
        return {
            source_file(page, language, has_children=page.path in parents): Sheet(page, language)
            for page in pages
            for language in LANGUAGES
        }

    @cached_property
    def prose(self) -> Mapping[str, Prose]:
        """The same for Markdown that people write, its calls not yet filled in."""
        return {prose.file: prose for prose in prose_pages(self.prose_folder)}

    @cached_property
    def data_files(self) -> Mapping[str, str]:
        """Path on the site -> text, of what scripts fetch."""
        return practice.case_files(self.content)

    def meta(self, name: str) -> dict[str, Any]:
        """The ``page.meta`` for MkDocs, of a page of either kind."""
        if name in self.sheets:
            return front_matter(self.sheets[name].page, self.sheets[name].language)
        return dict(get_data(self.prose[name].text)[1])

    def html(self, sheet: Sheet) -> str:
        """What stands inside the frame."""
        body = _BETWEEN_TAGS.sub("\n", self._render(sheet.page, sheet.language)).strip()
        return f'<div class="pw-page">{body}</div>'

    def _render(self, page: Page, language: Language) -> str:
        key = page.path, language
        if key not in self._rendered:
            if page.data.get("here") == "sources":
                page = replace(page, data={**page.data, "places": self._places(page.data["p"])})
            self._rendered[key] = draw(page, language, self.content)
        return self._rendered[key]

    def _places(self, protocol: Protocol) -> dict[str, list[Spot]]:
        """Where each clause of this school ended up, as its pages in Dutch say."""
        read = [
            sheet.page
            for sheet in self.sheets.values()
            if sheet.language == "nl"
            and sheet.page.data.get("p") is protocol
            and sheet.page.data["here"] in _READ
        ]
        return places((page, self._render(page, "nl")) for page in read)

    def _school_pages(self) -> Iterator[Page]:
        for protocol in self.content.protocols:
            cases = self.content.cases.get(protocol.school.id)
            yield from self.memo.get(
                ("pages", protocol.school.id),
                (protocol, cases, self.content.safety, words()),
                partial(self._pages_of, protocol),
            )

    def _pages_of(self, protocol: Protocol) -> list[Page]:
        return list(school.pages(protocol, practice.maker(self.content, protocol)))


_sources: list[Source] = []


def use(source: Source) -> None:
    """What the next build in this process is made of."""
    _sources[:] = [source]


def current() -> Source:
    """What the build at hand is made of; read from the project's data where nothing else was set."""
    if not _sources:
        use(Source(read_content()))
    return _sources[0]
