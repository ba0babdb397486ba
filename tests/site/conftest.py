"""The built site, parsed once, and the data it was drawn from."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest
from filelock import FileLock
from lxml import html

from decision_tree.protocol import Language
from scripts.pages.content import Content, read_content
from scripts.progress import ROOT
from scripts.site import build_site

INPUTS = ("decision_tree/*.yaml", "decision_tree/protocols/*.yaml", "decision_tree/cases/*.yaml", "docs/*", "mkdocs.yml",
          "overrides/**/*", "scripts/pages/**/*", "scripts/site.py", "scripts/site_steps/*.py")  # fmt: skip
"""What the site is made from."""


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
def site(content: Content) -> BuiltSite:
    """The site of this very tree: as `scripts/build.py` left it, or built now if that is older."""
    named = os.environ.get("SITE_DIR")
    if named:
        return BuiltSite(Path(named))
    if _fresh(ROOT / "site"):
        return BuiltSite(ROOT / "site")
    own = ROOT / "build" / "test" / "site"
    own.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(own.with_suffix(".lock")):  # the other workers wait for the one that builds
        if not _fresh(own):
            build_site(own, own.with_name("docs"), content=content)
    return BuiltSite(own)


def _fresh(site: Path) -> bool:
    """Whether this site is finished and nothing that it is made from is newer."""
    last = site / "_headers"
    if not last.is_file():
        return False
    made = last.stat().st_mtime
    return all(
        file.stat().st_mtime <= made
        for pattern in INPUTS for file in ROOT.glob(pattern) if file.is_file()
    )  # fmt: skip
