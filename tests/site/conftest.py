"""The built site, parsed once, and the data it was drawn from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest
from lxml import html

from decision_tree.protocol import Language
from scripts.pages.content import Content, read_content


@dataclass(frozen=True)
class BuiltPage:
    """A page as a host sends it. ``path``: its address, "" for the Dutch home."""

    file: Path
    path: str

    @property
    def language(self) -> Language:
        return "en" if self.path.startswith("en/") else "nl"

    @property
    def same_in_dutch(self) -> str:
        return self.path.removeprefix("en/")

    @cached_property
    def text(self) -> str:
        return self.file.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> html.HtmlElement:
        return html.fromstring(self.text)

    @cached_property
    def ids(self) -> list[str]:
        return [str(found) for found in self.tree.xpath("//@id")]

    @cached_property
    def clauses(self) -> list[str]:
        """The clause ids of its statements, in order."""
        return [c for found in self.tree.xpath("//@data-clause") for c in str(found).split()]


@dataclass(frozen=True)
class BuiltSite:
    """The folder that goes to a host."""

    folder: Path

    @cached_property
    def pages(self) -> dict[str, BuiltPage]:
        """Every page by its address; the 404 pages have none."""
        return {page.path: page for page in self._found() if not page.file.name.startswith("404")}

    @cached_property
    def files(self) -> list[BuiltPage]:
        """Every page, the 404 pages too."""
        return list(self._found())

    def _found(self) -> Iterator[BuiltPage]:
        for file in sorted(self.folder.rglob("*.html")):
            path = file.relative_to(self.folder).as_posix().removesuffix("index.html")
            yield BuiltPage(file, path)


@pytest.fixture(scope="session")
def content() -> Content:
    """The data, read as the build reads it."""
    return read_content()


@pytest.fixture(scope="session")
def site(finished_site: Path) -> BuiltSite:
    return BuiltSite(finished_site)
