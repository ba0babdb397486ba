"""The search index: Pagefind, one index per language, made from a plain copy of the built pages."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from decision_tree.protocol import LANGUAGES, Language
from scripts.site_steps.search_words import told_to_the_page

_UNUSED = (
    "pagefind-ui.*",
    "pagefind-modular-ui.*",
    "pagefind-component-ui.*",
    "pagefind-highlight.js",
)
"""Pagefind's own interfaces; ours is overrides/assets/search/search.mjs."""

_NOT_SEARCHED = (
    "[hidden]",  # words that wait for scripts
    ".pw-src",  # the mark that leads to a clause
    # Of a guide: its screens are hundreds, alike for all schools, and the way to them leads past the red flags;
    # /nu-gevaar/ has the cards, and the screen with advice for any school is searched.
    ".pw-screen:not([data-searched])",
    "[data-seen-first]",  # the reminder of a card, which scripts take away
    "[data-shelf]",  # made-up stories, which must not be taken for what to do
)
"""What stands on a page and would hide, among results, what people look for."""

_NO_RESULTS = {"404.html", "zoeken/index.html"}
"""What is not there, and the search page itself: it holds no answer."""

_SCREEN = re.compile(r'\bid="([^"]+)"(?=[^>]* data-searched\b)')
"""The id of a screen of a guide that is searched: its address, which its heading does not have."""

_TOUCHING = re.compile(r"(?<=>)(?=<)")
"""Where two tags touch. Pagefind knows no style sheet: two spans that stand apart on the page would become one word."""

_LABEL = re.compile(r"(?<=<)(/?)label\b")
"""Pagefind skips labels as parts of a form; ours hold the steps that can be ticked."""

_INSIDE_WORDS = "\u200b"
"""Pagefind's own mark between the parts of a long word."""

_JOINER = "&#8288;"
"""Keeps the mark of a source on the line of its word; without the mark it is a stray sign."""


def write_search(site_dir: Path) -> None:
    """Write ``pagefind/`` into the site."""
    with TemporaryDirectory() as folder:
        for page in site_dir.rglob("*.html"):
            if page.relative_to(site_dir).as_posix().removeprefix("en/") in _NO_RESULTS:
                continue
            copy = Path(folder) / page.relative_to(site_dir)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(_plain(page.read_text(encoding="utf-8")), encoding="utf-8")
        _index(Path(folder), site_dir / "pagefind")
    for language in LANGUAGES:
        texts = texts_in_the_index(site_dir / "pagefind", language)
        file = site_dir / "pagefind" / f"words-{language}.json"
        file.write_text(told_to_the_page(language, texts), encoding="utf-8")
    for pattern in _UNUSED:
        for file in (site_dir / "pagefind").glob(pattern):
            file.unlink()


def texts_in_the_index(index: Path, language: Language) -> Iterator[str]:
    """What Pagefind kept of each page in this language."""
    for fragment in (index / "fragment").glob(f"{language}_*.pf_fragment"):
        text = gzip.decompress(fragment.read_bytes())
        content: str = json.loads(text[text.index(b"{") :])["content"]
        yield content.replace(_INSIDE_WORDS, "")


def _plain(html: str) -> str:
    for screen in _SCREEN.findall(html):  # a result leads to a heading with an id
        html = html.replace(f' id="{screen}"', "").replace(f' id="{screen}-kop"', f' id="{screen}"')
    return _TOUCHING.sub(" ", _LABEL.sub(r"\1span", html).replace(_JOINER, ""))


def _index(pages: Path, to: Path) -> None:
    left_out = [part for selector in _NOT_SEARCHED for part in ("--exclude-selectors", selector)]
    done = subprocess.run(
        [sys.executable, "-m", "pagefind", "--site", str(pages), "--output-path", str(to.resolve()),
         "--quiet", *left_out],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"the search index failed:\n{done.stdout}{done.stderr}")
