"""The search index: Pagefind, one index per language, made from a plain copy of the built pages."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

_UNUSED = (
    "pagefind-ui.*",
    "pagefind-modular-ui.*",
    "pagefind-component-ui.*",
    "pagefind-highlight.js",
)
"""Pagefind's own interfaces; ours is overrides/assets/search.js."""

_NOT_SEARCHED = (
    "[hidden]",  # words that wait for scripts
    ".pw-src",  # the mark that leads to a clause
    ".pw-screen:not([data-searched])",  # of a guide: hundreds, alike for all schools; /nu-gevaar/ has the cards
    "[data-shelf]",  # made-up stories, which must not be taken for what to do
)
"""What stands on a page and would hide, among results, what people look for."""

_TOUCHING = re.compile(r"(?<=>)(?=<)")
"""Where two tags touch. Pagefind knows no style sheet: two spans that stand apart on the page would become one word."""

_LABEL = re.compile(r"(?<=<)(/?)label\b")
"""Pagefind skips labels as parts of a form; ours hold the steps that can be ticked."""

_JOINER = "&#8288;"
"""Keeps the mark of a source on the line of its word; without the mark it is a stray sign."""


def write_search(site_dir: Path) -> None:
    """Write ``pagefind/`` into the site."""
    with TemporaryDirectory() as folder:
        for page in site_dir.rglob("*.html"):
            if page.name == "404.html":
                continue  # what is not there is no result
            copy = Path(folder) / page.relative_to(site_dir)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(_plain(page.read_text(encoding="utf-8")), encoding="utf-8")
        _index(Path(folder), site_dir / "pagefind")
    for pattern in _UNUSED:
        for file in (site_dir / "pagefind").glob(pattern):
            file.unlink()


def _plain(html: str) -> str:
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
