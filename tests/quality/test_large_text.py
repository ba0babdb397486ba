"""Text made larger, wider apart, or zoomed (WCAG 1.4.4, 1.4.10, 1.4.12): nothing is cut or out of reach.

One visit to a page of each kind; then its text changes in place, everything that folds lies open.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, CDPSession, Page

from decision_tree.protocol import LANGUAGES, Language
from scripts.pages.content import Content
from tests.site.test_in_browser import KINDS

pytestmark = pytest.mark.browser

LOOK = Path(__file__).with_name("large_text.js").read_text(encoding="utf-8")

PAGES = (*KINDS, "scholen/cals/wijzer/", "scholen/cals/oefenen/", "scholen/amsfort/kaart/")
"""Each kind, and the longest card."""

SPACING = (
    "* { letter-spacing: .12em !important; word-spacing: .16em !important;"
    " line-height: 1.5 !important } p { margin-bottom: 2em !important }"
)
"""What WCAG 1.4.12 asks a page to bear."""

USUAL = 16
"""Pixels of a browser's letters when nobody changed it."""


@dataclass(frozen=True)
class Way:
    """How somebody reads: width of the screen, size of letters in the browser's settings, spacing."""

    width: int
    letters: int = USUAL
    spaced: bool = False


WAYS = {
    "spacing, narrow phone": Way(360, spaced=True),
    "spacing, phone": Way(390, spaced=True),
    "spacing, desk": Way(1280, spaced=True),
    "text 200 %, smallest phone": Way(320, 2 * USUAL),
    "text 200 %, narrow phone": Way(360, 2 * USUAL),
    "text 200 %, phone": Way(390, 2 * USUAL),
    "text 200 %, desk": Way(1280, 2 * USUAL),
    "text 400 %, desk": Way(1280, 4 * USUAL),
    "zoom 150 %, narrow phone": Way(360 * 2 // 3),
    "zoom 200 %, phone": Way(390 // 2),
    "zoom 400 %, desk": Way(1280 // 4),
}

OPEN_ALL = """(spacing) => {
  window.spaced = new CSSStyleSheet();
  window.spaced.replaceSync(spacing);
  for (const fold of document.querySelectorAll("details")) {
    fold.removeAttribute("name");
    fold.open = true;
  }
  for (const screen of document.querySelectorAll("[data-guide] > *")) screen.style.display = "block";
}"""


@pytest.fixture(scope="module")
def reader(browser: Browser) -> Iterator[tuple[Page, CDPSession]]:
    """A window and the settings of its browser. Scripts stay away: all screens of a guide stand together."""
    context = browser.new_context(java_script_enabled=False, service_workers="block")
    page = context.new_page()
    yield page, context.new_cdp_session(page)
    context.close()


def read_as(page: Page, settings: CDPSession, way: Way) -> None:
    """Read on in this way."""
    settings.send("Page.setFontSizes", {"fontSizes": {"standard": way.letters}})
    page.set_viewport_size({"width": way.width, "height": 740})
    page.evaluate("on => { document.adoptedStyleSheets = on ? [window.spaced] : []; }", way.spaced)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
def test_however_large_the_text_nothing_is_cut_or_out_of_reach(
    reader: tuple[Page, CDPSession], root: str, path: str, language: Language
) -> None:
    page, settings = reader
    page.goto("about:blank")
    page.goto(root + ("en/" if language == "en" else "") + path)
    page.evaluate(OPEN_ALL, SPACING)
    lost = {}
    for name, way in WAYS.items():
        read_as(page, settings, way)
        found: list[str] = page.evaluate(LOOK)
        if found:
            lost[name] = found[:5]
    assert lost == {}


BROKEN_WORDS = """() => {
  const broken = [];
  for (const table of document.querySelectorAll("table")) {
    const texts = document.createTreeWalker(table, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      const head = text.parentElement.closest("thead");
      const isHeardOnly = head && getComputedStyle(head).clipPath !== "none";
      if (isHeardOnly || !text.parentElement.checkVisibility()) continue;
      for (const word of text.data.matchAll(/[\\p{L}\\p{N}]+/gu)) {
        const range = document.createRange();
        range.setStart(text, word.index);
        range.setEnd(text, word.index + word[0].length);
        const tops = new Set([...range.getClientRects()].map((box) => Math.round(box.top)));
        const isHyphenated = getComputedStyle(text.parentElement).hyphens === "auto";
        if (tops.size > 1 && !isHyphenated) broken.push(word[0]);
      }
    }
  }
  return broken;
}"""
"""Words of tables that go on below without a hyphen."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_of_a_table_is_broken_without_a_hyphen(
    reader: tuple[Page, CDPSession], root: str, content: Content, language: Language
) -> None:
    page, settings = reader
    settings.send("Page.setFontSizes", {"fontSizes": {"standard": USUAL}})
    broken = {}
    schools = [protocol.school.id for protocol in content.protocols]
    for path in [f"scholen/{s}/{kind}/" for s in schools for kind in ("wie-doet-wat", "tabel")]:
        page.goto(root + ("en/" if language == "en" else "") + path)
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 740})
            if found := page.evaluate(BROKEN_WORDS):
                broken[path, width] = found
    assert broken == {}


def test_numbers_to_call_have_no_slashed_zeros(reader: tuple[Page, CDPSession], root: str) -> None:
    """Our typeface knows no other zero; large, 0800 looks as if it were crossed out."""
    page, _ = reader
    page.goto(f"{root}hulplijnen/")
    families = page.eval_on_selector_all(
        ".pw-call b", "all => all.map((number) => getComputedStyle(number).fontFamily)"
    )
    assert len(families) > 5
    assert not [family for family in families if "Atkinson" in family]
