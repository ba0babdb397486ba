"""The site while someone works on it: each page is made when it is asked for, after each change.

Nothing is packed. Cards and the search index are made when they are asked for, Python for the browser
when its engine or a school changed. ``scripts/build.py`` makes what is published.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from decision_tree.protocol import LANGUAGES
from scripts.build import compiled_schools
from scripts.bundle.make import make_bundle
from scripts.pages.asked import asked
from scripts.pages.content import Content, read_content
from scripts.pages.memo import Memo
from scripts.pages.words import words
from scripts.progress import ROOT
from scripts.site import source
from scripts.site.build import run_mkdocs
from scripts.site.source import Source
from scripts.site_steps.cards import write_cards
from scripts.site_steps.search import write_search

FOLDER = ROOT / "build" / "preview"
_BUNDLE_IN_SITE = "assets/guide/python"
_DEFAULT = LANGUAGES[0]


class Preview:
    """A folder that a server shows, and what in it is older than what it is made from."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self.folder = folder
        self._memo = Memo()
        self._lock = threading.RLock()
        self._making_python = threading.Lock()
        self._source: Source | None = None
        self._made: set[str] = set()
        self._schools: dict[str, str] = {}
        self._searchable = False

    def changed(self) -> None:
        """Something that pages are made from has changed: from here on each is made anew."""
        with self._lock:
            words.cache_clear()
            asked.cache_clear()
            self._source = None
            self._made.clear()

    def fresh(self, path: str) -> None:
        """Make what stands at this path of the site, unless it is as new as what it is made from.

        Raises ``BadFile`` and whatever else stops a build; the folder then keeps what it had.
        """
        if path.startswith(_BUNDLE_IN_SITE):
            self.python()
            return
        with self._lock:
            if path.endswith(".pdf"):
                self._cards(path)
            elif path.startswith("pagefind/"):
                self._search()
            elif (name := self._page_at(path)) and name not in self._made:
                self._make([name])
            elif not self._made:  # styles and scripts before any page
                self._make([])

    def everything(self) -> None:
        """Make every page that is not new; a few at a time, so that whoever asks for one can have it."""
        for name in list(self._pages().values()):
            with self._lock:
                if name not in self._made:
                    siblings = [n for n in self._pages().values() if _folder(n) == _folder(name)]
                    self._make([n for n in siblings if n not in self._made])

    def python(self) -> None:
        """Python for the browser, with the schools as they are now: a page takes no other.

        Made for whoever asks for it, while pages go on being made; nobody waits for it but the guide.
        """
        with self._making_python:
            self._make_python()

    def _make_python(self) -> None:
        schools = compiled_schools(memo=self._memo)
        if schools == self._schools and (self.folder / _BUNDLE_IN_SITE).is_dir():
            return
        made = self.folder.with_name(f"{self.folder.name}-bundle")
        make_bundle(schools, made, pack=False)
        with self._lock:
            place = self.folder / _BUNDLE_IN_SITE
            shutil.rmtree(place, ignore_errors=True)
            shutil.copytree(made, place)
            self._schools = schools

    def _read(self) -> Source:
        if self._source is None:
            content = read_content(memo=self._memo)
            compiled_schools(memo=self._memo)  # the proof: an unsound table is shown at once
            self._source = Source(content, memo=self._memo)
        return self._source

    def _pages(self) -> dict[str, str]:
        """Path of a page on the site -> the name that MkDocs knows it by."""
        made_of = self._read()
        return {_path(name): name for name in (*made_of.sheets, *made_of.prose)}

    def _page_at(self, path: str) -> str | None:
        return self._pages().get(path.removesuffix("index.html"))

    def _make(self, names: Iterable[str]) -> None:
        wanted = set(names)
        source.use(self._read())
        run_mkdocs(self.folder, only=wanted)
        self._made |= wanted
        self._searchable = self._searchable and not wanted

    def _content(self) -> Content:
        return self._read().content

    def _cards(self, path: str) -> None:
        school = PurePosixPath(path).name.rpartition("-")[0]
        write_cards(self.folder, self._content(), only=school)

    def _search(self) -> None:
        if not self._searchable:
            self.everything()
            write_search(self.folder)
            self._searchable = True


def _path(name: str) -> str:
    """``scholen/cals/wijzer.en.md`` -> ``en/scholen/cals/wijzer/``."""
    stem, language, _ = name.rsplit(".", 2)
    bare = "" if stem == "index" else f"{stem.removesuffix('/index')}/"
    return bare if language == _DEFAULT else f"{language}/{bare}"


def _folder(name: str) -> str:
    return "/".join(name.split("/")[:2]) if name.startswith("scholen/") else ""
