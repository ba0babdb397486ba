"""Pages in a real Chromium: what they fetch, how much of it, by keyboard, and what search finds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, Response, expect

from decision_tree.protocol import LANGUAGES, Language
from scripts.pages.content import Content
from scripts.readability import kind_of
from tests.axe import complaints_of_axe
from tests.browser.conftest import PATIENCE
from tests.site.conftest import BuiltPage, BuiltSite
from tests.site.test_in_browser import KINDS

from .conftest import one_of_each

pytestmark = pytest.mark.browser

Kinds = dict[str, list[BuiltPage]]

MOST_BYTES = 150_000
"""That a page may weigh at first view, packed."""

LATER = re.compile(r"/assets/guide/python/|/pagefind/|/assets/guide/guide_worker")
"""Fetched after the page is there and can be used: Python, and the index once somebody searches."""

ELSEWHERE = {
    "scholen/*/wijzer": "tests/browser/test_access.py walks through its screens",
    "scholen/*/oefenen": "tests/browser/test_practice.py walks through its screens",
}
"""Kinds of pages that have states of their own, and where these are looked at."""

TAB_STOPS = 40
"""That are walked on each page: the frame, the menu, and well into what the page is about."""

DESCRIBE = """() => {
  const e = document.activeElement;
  if (e === document.body) return null;
  const box = e.getBoundingClientRect();
  const shown = e.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true });
  const drawn = [e, e.closest("label"), e.nextElementSibling].filter(Boolean).map((d) => getComputedStyle(d));
  const rect = e.querySelector("rect");  // a box of a flowchart gets a heavier line
  const marked = (s) => (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== "none";
  return {
    what: `${e.tagName} ${e.className} ${e.textContent.trim().slice(0, 40)}`,
    shown: shown && box.width > 0 && box.height > 0,
    inside: box.right > 0 && box.left < innerWidth,
    marked: e.matches(":focus-visible") &&
      (drawn.some(marked) || (rect && parseFloat(getComputedStyle(rect).strokeWidth) >= 3)),
    menu: Boolean(e.closest(".pw-menu:not([open]) .pw-menu__list")),
  };
}"""

LEAST_CONTRAST = 4.5
"""Of text, by WCAG 2.2 AA; that of large letters may be less, and ours need not."""

CONTRASTS = """() => {
  const numbers = (colour) => (colour.match(/[\\d.]+/g) ?? []).map(Number);
  const light = (colour) => {
    const [r, g, b] = numbers(colour).map((n) => n / 255).map((n) => (n <= 0.03928 ? n / 12.92 : ((n + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (e) => {
    const fill = getComputedStyle(e).backgroundColor;
    return numbers(fill)[3] === 0 && e.parentElement ? behind(e.parentElement) : fill;
  };
  const found = {};
  for (const stop of document.querySelectorAll("a[href], button, summary")) {
    if (!stop.checkVisibility()) continue;
    stop.focus();
    document.getAnimations().forEach((running) => running.finish());
    for (const e of [stop, ...stop.querySelectorAll(":not([aria-hidden])")]) {
      if (![...e.childNodes].some((n) => n.nodeType === Node.TEXT_NODE && n.data.trim())) continue;
      const [dark, bright] = [light(getComputedStyle(e).color), light(behind(e))].sort((a, b) => a - b);
      found[`${stop.className} ${e.tagName} ${e.textContent.trim().slice(0, 40)}`] = (bright + 0.05) / (dark + 0.05);
    }
  }
  return found;
}"""
"""What -> contrast of its letters with what is behind them, while it has the focus."""


@contextmanager
def visit(browser: Browser) -> Iterator[Page]:
    """A visitor with a phone; the offline worker, which fetches everything, stays out of it."""
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, service_workers="block",
        reduced_motion="reduce",
    )  # fmt: skip
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_that_a_page_asks_for_is_missing_or_heavy(
    browser: Browser, root: str, kinds: Kinds, language: Language
) -> None:
    """The heaviest page of each kind, with all that its scripts fetch until it is quiet."""
    trouble: list[str] = []
    weights: dict[str, int] = {}
    for built in one_of_each(kinds, language):
        with visit(browser) as page:  # one who was never here, so nothing comes from memory
            trouble += watched(page, built, root, weights)
    assert trouble == []
    assert {path: weight for path, weight in weights.items() if weight > MOST_BYTES} == {}


def watched(page: Page, built: BuiltPage, root: str, weights: dict[str, int]) -> list[str]:
    """What failed while the page came; its weight is put into ``weights``."""
    trouble: list[str] = []
    weight = 0

    def heard(response: Response) -> None:
        nonlocal weight
        if response.status >= 400:
            trouble.append(f"/{built.path} asked for {response.url}: {response.status}")
        if not LATER.search(urlsplit(response.url).path):
            weight += int(response.headers.get("content-length", 0))

    def failed(request: Request) -> None:
        if "ERR_ABORTED" not in str(request.failure):  # what a page still fetched as we left it
            trouble.append(f"/{built.path} asked for {request.url}: {request.failure}")

    page.on("response", heard)
    page.on("requestfailed", failed)
    python_follows = kind_of(built.path) in ELSEWHERE  # seconds of it, watched there
    page.goto(root + built.path, wait_until="load" if python_follows else "networkidle")
    page.remove_listener("response", heard)
    page.remove_listener("requestfailed", failed)
    weights[f"/{built.path}"] = weight
    return trouble


@pytest.mark.parametrize("language", LANGUAGES)
def test_by_keyboard_one_meets_only_what_one_sees(
    browser: Browser, root: str, kinds: Kinds, language: Language
) -> None:
    """Tab through a phone-sized page of each kind: no stop is hidden, each shows that it has the focus."""
    trouble: list[str] = []
    with visit(browser) as page:
        for built in one_of_each(kinds, language):
            page.goto(root + built.path)
            stops = 0
            for _ in range(TAB_STOPS):
                page.keyboard.press("Tab")
                stop = page.evaluate(DESCRIBE)
                if stop is None:
                    break
                stops += 1
                bad = [key for key in ("shown", "inside", "marked") if not stop[key]]
                bad += ["in the closed menu"] if stop["menu"] else []
                if bad:
                    trouble.append(f"/{built.path}: {stop['what']!r} {bad}")
            assert stops > 5, built.path
    assert trouble == []


@pytest.mark.parametrize("shade", ["light", "dark"])
def test_what_has_the_focus_can_still_be_read(
    browser: Browser, root: str, kinds: Kinds, shade: Literal["light", "dark"]
) -> None:
    """The theme gives focused links a colour of its own, which may be that of the button behind them."""
    faint: dict[str, float] = {}
    with visit(browser) as page:
        page.emulate_media(color_scheme=shade)
        for built in one_of_each(kinds, "nl"):
            page.goto(root + built.path)
            contrasts = page.evaluate(CONTRASTS)
            assert contrasts, built.path
            faint |= {
                f"/{built.path}: {what}": contrast
                for what, contrast in contrasts.items()
                if contrast < LEAST_CONTRAST
            }
    assert faint == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_menu_of_a_phone_opens_and_closes_by_keyboard(
    browser: Browser, root: str, site: BuiltSite, language: Language
) -> None:
    """Enter and space open it, its links are the next stops, Enter and Escape close it."""
    with visit(browser) as page:
        page.goto(root + ("en/" if language == "en" else "") + "scholen/cals/ouders/")
        menu = "document.querySelector('.pw-menu').open"
        page.focus(".pw-menu summary")
        for opening, closing in (("Enter", "Enter"), ("Space", "Escape")):
            page.keyboard.press(opening)
            assert page.evaluate(menu) is True
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement.closest('.pw-menu__list') !== null")
            page.keyboard.press("Shift+Tab")
            page.keyboard.press(closing)
            assert page.evaluate(menu) is False
            assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_every_kind_of_page_is_held_against_axe(kinds: Kinds) -> None:
    """By tests/site in light and dark, narrow and wide; or by tests of its own."""
    walked = {kind_of(path) for path in KINDS}
    assert set(kinds) - walked == set(ELSEWHERE)


@pytest.mark.parametrize("path", ["404.html", "en/404.html"])
def test_axe_finds_nothing_on_the_page_for_what_is_not_there(
    browser: Browser, root: str, path: str
) -> None:
    """Light and dark, narrow and wide."""
    with visit(browser) as page:
        page.goto(root + path)
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert complaints_of_axe(page) == [], width


def links_found(page: Page, words: str) -> list[str]:
    """Paths of what a search finds; waits until the page says how much that is."""
    status = page.locator("[data-status]")
    page.fill("#zoek", "")
    page.press("#zoek", "Enter")
    expect(status).to_be_empty(timeout=PATIENCE)
    page.fill("#zoek", words)
    page.press("#zoek", "Enter")
    expect(status).not_to_be_empty(timeout=PATIENCE)
    found: list[str] = page.eval_on_selector_all(
        ".pw-hits a", "links => links.map((a) => a.pathname)"
    )
    return found


def marks(page: Page) -> list[str]:
    """The words that are marked in the excerpts, without what stands against them."""
    return [re.sub(r"\W+", "", text) for text in page.locator(".pw-hits mark").all_text_contents()]


def test_dutch_word_forms_find_each_other(browser: Browser, root: str) -> None:
    """The many find the one, marked in the excerpt; the one finds as much as the many."""
    with visit(browser) as page:
        page.goto(f"{root}zoeken/")
        assert links_found(page, "leerlingen")
        assert "leerling" in {mark.lower() for mark in marks(page)}
        for many, one in (("leerlingen", "leerling"), ("mentoren", "mentor"), ("ouders", "ouder")):
            totals = []
            for words in (many, one):
                assert links_found(page, words)
                totals.append(page.locator("[data-status]").text_content())
            assert len(set(totals)) == 1, (many, one, totals)


@pytest.mark.parametrize(
    ("language", "words", "foreign"),
    [("nl", "leerlingen", "headteacher"), ("en", "pupils", "pestgedrag aanpakken thuis")],
)
def test_search_stays_in_its_language(
    browser: Browser, root: str, language: Language, words: str, foreign: str
) -> None:
    """Whatever is asked, all that is found is of the language of the page."""
    with visit(browser) as page:
        page.goto(root + ("en/" if language == "en" else "") + "zoeken/")
        found = links_found(page, words)
        assert found
        for path in [*found, *links_found(page, foreign)]:
            assert path.startswith("/en/") == (language == "en"), path


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nl", "mijn kind wordt gepest"),
        ("nl", "Mijn dochter wordt gepest!"),
        ("nl", "ouders"),
        ("en", "my child is being bullied"),
        ("en", "my son is bullied"),
        ("en", "parent"),
    ],
)
def test_a_parents_words_find_the_page_for_parents_of_every_school_first(
    browser: Browser, root: str, content: Content, language: Language, words: str
) -> None:
    """Also those of a school whose name begins as "mijn" does."""
    prefix = "/en" if language == "en" else ""
    with visit(browser) as page:
        page.goto(f"{root.rstrip('/')}{prefix}/zoeken/")
        found = links_found(page, words)
    schools = [protocol.school.id for protocol in content.protocols]
    assert sorted(found[: len(schools)]) == sorted(
        f"{prefix}/scholen/{school}/ouders/" for school in schools
    )


@pytest.mark.parametrize(
    ("language", "words"),
    [("nl", "mes"), ("nl", "zelfmoord"), ("en", "knife"), ("en", "suicide")],
)
def test_words_of_danger_find_the_page_on_danger_first(
    browser: Browser, root: str, language: Language, words: str
) -> None:
    """And no guide, whose cards are the same for every school."""
    prefix = "/en" if language == "en" else ""
    with visit(browser) as page:
        page.goto(f"{root.rstrip('/')}{prefix}/zoeken/")
        found = links_found(page, words)
    assert found[0] == f"{prefix}/nu-gevaar/"
    assert [path for path in found if path.endswith(("/wijzer/", "/oefenen/"))] == []


SOUGHT = {
    "nl": ("mijn kind wordt gepest", "gepest", "mentor", "ouders", "schorsing", "bellen"),
    "en": ("my child is being bullied", "bullied", "mentor", "parents", "suspension", "call"),
}
"""Words that find pages of all kinds."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_search_shows_has_titles_of_its_own_and_words_of_the_page(
    browser: Browser, root: str, site: BuiltSite, language: Language
) -> None:
    """No two pages have the same title, and no excerpt makes one word of two."""
    glued: set[tuple[str, str]] = set()
    kinds_found: set[str] = set()
    with visit(browser) as page:
        page.goto(root + ("en/" if language == "en" else "") + "zoeken/")
        for words in SOUGHT[language]:
            paths = [path.lstrip("/") for path in links_found(page, words)]
            titles = page.locator(".pw-hits a").all_text_contents()
            assert len(titles) == len(paths) == len(set(titles)), (words, titles)
            for path, excerpt in zip(
                paths, page.locator(".pw-hits p").all_text_contents(), strict=True
            ):
                own = words_of(site.pages[path].tree.itertext())
                glued |= {(path, word) for word in words_of([excerpt]) - own}
            kinds_found |= {kind_of(path) for path in paths}
    assert len(kinds_found) > 8, kinds_found
    assert glued == set()


def words_of(texts: Iterable[str]) -> set[str]:
    """Each text counts for itself: what two of them would make together is no word."""
    return {word for text in texts for word in re.findall(r"\w+", text)}
