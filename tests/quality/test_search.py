"""Search as people use it: words that no page has, words with a letter wrong, more than fits, and when it cannot run."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from decision_tree.protocol import LANGUAGES, Language
from scripts.progress import ROOT
from scripts.site_steps.search_words import read_search_words
from tests.browser.conftest import PATIENCE

from .test_in_chromium import links_found

pytestmark = pytest.mark.browser

Opening = Callable[..., Page]

IMPORT_WORDS = """const { Words, queries, distance } = await import(new URL("../assets/search/words.mjs", bundle));
  const told = await (await fetch(new URL(`words-${language}.json`, bundle))).json();
  const words = new Words(language, told);"""


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 360, "height": 740}, service_workers="block")
    context.set_default_timeout(PATIENCE)
    # The page has its modules in one file; what one of them does by itself is asked of its source.
    source = ROOT / "overrides" / "assets" / "search" / "words.mjs"
    context.route("**/assets/search/words.mjs", lambda route: route.fulfill(path=source))
    yield context
    context.close()


@pytest.fixture
def opening(context: BrowserContext, root: str) -> Opening:
    """Open the search page in a language."""

    def open_page(language: str = "nl", in_page: Page | None = None) -> Page:
        page = in_page or context.new_page()
        page.goto(f"{root}{'en/' if language == 'en' else ''}zoeken/")
        return page

    return open_page


def said(page: Page) -> str:
    return page.locator("[data-status]").inner_text()


def in_the_page(page: Page, body: str, **given: Any) -> Any:
    """Run this with the page's own modules; ``bundle`` and ``language`` are as the page has them."""
    return page.evaluate(
        "async (given) => { const form = document.querySelector('[data-search]');"
        "const { language } = form.dataset; const bundle = new URL(form.dataset.bundle, location.href);"
        f"{body} }}",
        given,
    )


# --- words ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_site_is_found(opening: Opening, language: Language) -> None:
    """So that what is called a word of the site is one for Pagefind as well."""
    lost = in_the_page(
        opening(language),
        """const pagefind = await import(new URL("pagefind.js", bundle)); await pagefind.init();
           const { words } = await (await fetch(new URL(`words-${language}.json`, bundle))).json();
           const lost = [];
           for (const word of words.split(" ")) {
             if ((await pagefind.search(word)).results.length === 0) lost.push(word);
           }
           return words.split(" ").length > 1000 ? lost : ["too few words"];""",
    )
    assert lost == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_our_list_leads_to_pages_that_have_what_it_stands_for(
    opening: Opening, language: Language
) -> None:
    """Whole words of the pages, in one form or another; several of them on one page."""
    same = read_search_words().in_language(language).same
    ways = sorted({way for instead in same.values() for way in instead})
    lost = in_the_page(
        opening(language),
        """const pagefind = await import(new URL("pagefind.js", bundle)); await pagefind.init();
           const lost = [];
           for (const way of given.ways) {
             const all = await Promise.all([way, ...way.split(" ").map((word) => `"${word}"`)].map((w) => pagefind.search(w)));
             if (all.some(({ results }) => results.length === 0)) lost.push(way);
           }
           return lost;""",
        ways=ways,
    )
    assert lost == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_with_one_letter_wrong_is_taken_for_one_that_pages_have(
    opening: Opening, language: Language
) -> None:
    """The 150 most common words of five letters or more, each letter left out, put in, changed, or swapped."""
    wrong = in_the_page(
        opening(language),
        IMPORT_WORDS
        + """const telling = words.all.filter((word) => word.length >= 5 && !words.empty.has(word)).slice(0, 150);
           const spoilt = (word) => [...word].flatMap((letter, at) => [
             word.slice(0, at) + word.slice(at + 1), `${word.slice(0, at)}q${word.slice(at)}`,
             `${word.slice(0, at)}q${word.slice(at + 1)}`,
             word.slice(0, at) + (word[at + 1] ?? "") + letter + word.slice(at + 2)]);
           const found = [];
           for (const word of telling) {
             for (const typed of spoilt(word)) {
               const [{ ways, instead }] = await words.understood(typed, async () => false);
               const near = [...ways, ...words.same.keys()].some((way) => distance(way, typed) <= 2);
               if (ways.length === 0 || (instead && !near)) found.push([typed, ways]);
             }
           }
           return telling.length === 150 ? found : ["too few words"];""",
    )
    assert wrong == []


SPOILT = {"pesen": "pesten", "shorsing": "schorsing", "metnor": "mentor", "opvoling": "opvolging"}
SPOILT_ENGLISH = {"suspention": "suspension", "bulllying": "bullying", "paernts": "parents"}


@pytest.mark.parametrize(
    ("language", "typed", "meant"),
    [("nl", *pair) for pair in SPOILT.items()] + [("en", *pair) for pair in SPOILT_ENGLISH.items()],
)
def test_what_was_meant_is_said_and_found(
    opening: Opening, language: Language, typed: str, meant: str
) -> None:
    page = opening(language)
    found = links_found(page, typed)
    assert found
    assert f"‘{typed}’" in said(page)
    assert f"‘{meant}’" in said(page)
    assert found == links_found(page, meant)
    assert "‘" not in said(page)


@pytest.mark.parametrize(
    ("language", "typed", "first"),
    [
        ("nl", "suicide", "/nu-gevaar/"),
        ("nl", "suïcide", "/nu-gevaar/"),
        ("nl", "pistool", "/nu-gevaar/"),
        ("nl", "appgroep", "/scholen/cals/"),
        ("nl", "hoe lang duurt het?", "/opvolging/"),
        ("en", "how long does it take", "/en/scholen/cals/opvolging/"),
        ("en", "kill myself", "/en/nu-gevaar/"),
    ],
)
def test_what_people_say_finds_the_page_that_says_it_otherwise(
    opening: Opening, language: Language, typed: str, first: str
) -> None:
    page = opening(language)
    assert first in links_found(page, typed)[0]
    assert "‘" in said(page)  # it says what it looked for


@pytest.mark.parametrize(
    ("language", "typed", "among_the_first"),
    [
        ("nl", "cyberpesten", "/cyberpesten/"),
        ("nl", "privacy", "/over/"),
        ("nl", "zelfdoding", "/nu-gevaar/"),
        ("nl", "schorsen", "/scholen/wijhe/achtergrond/"),
        ("en", "cyberbullying", "/en/cyberpesten/"),
        ("en", "suspended", "/en/woordenlijst/"),
    ],
)
def test_a_word_that_a_page_has_finds_what_pages_call_otherwise_too(
    opening: Opening, language: Language, typed: str, among_the_first: str
) -> None:
    page = opening(language)
    assert among_the_first in links_found(page, typed)[:3]
    assert "‘" not in said(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_shown_for_a_word_that_stands_nowhere_without_saying_so(
    opening: Opening, language: Language
) -> None:
    """Words of daily life, compounds, and mere letters."""
    words = {
        "nl": ("thuisblijven", "racisme", "privacy", "pestbrief", "tandarts", "xyzzy", "schoolplein", "zus"),
        "en": ("racism", "privacy", "dentist", "xyzzy", "playgrounds", "homestay", "sister"),
    }[language]  # fmt: skip
    page = opening(language)
    texts = in_the_page(
        page,
        """return (await (await fetch(new URL(`words-${language}.json`, bundle))).json()).words""",
    )
    for word in words:
        links_found(page, word)
        stands = any(known.startswith(word) for known in texts.split())
        assert stands != (f"‘{word}’" in said(page)), (word, said(page))


def test_where_no_page_has_all_words_that_is_said(opening: Opening) -> None:
    page = opening()
    assert links_found(page, "sociogram vuurwapen parnassys")
    assert said(page).startswith("Geen pagina heeft al deze woorden")
    assert links_found(page, "sociogram vuurwapen xyzzy")
    assert said(page).startswith("‘xyzzy’ is niet gevonden. Geen pagina heeft al deze woorden")


def test_a_phrase_of_our_list_is_taken_as_one(opening: Opening) -> None:
    """Also with capitals and signs."""
    page = opening()
    found = links_found(page, "termijn opvolging")
    assert set(found[:5]) <= set(links_found(page, "Hoe lang, duurt het?"))


# --- results -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "typed"), [("nl", "pesten"), ("en", "bullying")])
def test_all_that_was_found_can_be_shown(opening: Opening, language: Language, typed: str) -> None:
    """By the twenty; the line says how many stand there, and the focus goes to the first new one."""
    page = opening(language)
    first = links_found(page, typed)
    total, shown = map(int, re.findall(r"\d+", said(page)))
    more = page.locator("[data-more-hits]")
    while more.is_visible():
        before = page.locator(".pw-hits li").count()
        assert before == shown
        assert str(before) in said(page)
        more.click()
        page.locator(f".pw-hits li:nth-child({before + 1}) a:focus").wait_for()
        shown = page.locator(".pw-hits li").count()
    links = page.eval_on_selector_all(".pw-hits a", "all => all.map((a) => a.pathname)")
    assert len(set(links)) == len(links) == total > len(first)
    assert re.findall(r"\d+", said(page)) == [str(total)]


SOUGHT = {
    "nl": ("groepsapp", "gepest", "mentor", "schorsing", "mes", "advies", "schoolgids", "bellen"),
    "en": ("group chat", "bullied", "mentor", "suspension", "knife", "advice", "call"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_result_leads_to_a_place_that_is_there_to_see(
    opening: Opening, root: str, language: Language
) -> None:
    """In a guide to no screen that the way there would pass by, and never to one that is hidden."""
    page = opening(language)
    places = set[str]()
    for words in SOUGHT[language]:
        links_found(page, words)
        places |= set(
            page.eval_on_selector_all(".pw-hits a", "all => all.map((a) => a.pathname + a.hash)")
        )
    assert len(places) > 40
    other = page.context.new_page()
    for place in sorted(place for place in places if "#" in place):
        other.goto(root.rstrip("/") + place)
        anchor = place.split("#")[1]
        expect(other.locator(f"[id='{anchor}']")).to_be_visible(timeout=PATIENCE)
        assert "/wijzer/" not in place


# --- a page that a browser translates -------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("lang", ["tr", "en", "nl", "zh-CN", ""])
def test_on_a_translated_page_search_keeps_the_language_of_the_site(
    opening: Opening, context: BrowserContext, language: Language, lang: str
) -> None:
    """Whether the page's language changed before its scripts ran, or after."""
    word = {"nl": "Leerlingen", "en": "Pupils"}[language]
    start = {"nl": "/", "en": "/en/"}[language]
    page = opening(language)
    right = links_found(page, word)
    page = opening(language)
    page.evaluate("lang => { document.documentElement.lang = lang; }", lang)
    assert links_found(page, word) == right
    assert page.evaluate("document.documentElement.lang") == lang

    def served_so(route: Route) -> None:
        answer = route.fetch()
        html = re.sub(r'<html lang="\w+"', f'<html lang="{lang}"', answer.text())
        route.fulfill(response=answer, body=html)

    context.route(re.compile(r"/zoeken/$"), served_so)
    page = opening(language)
    assert page.evaluate("document.documentElement.lang") == lang
    assert links_found(page, word) == right
    assert all(path.startswith(start) for path in right)


# --- when it cannot run -----------------------------------------------------------------------------

CANNOT = {"nl": "Dan lukt het hier niet", "en": "does not work here"}
LEADS_ON = ("nu-gevaar/", "hulplijnen/", "mijn-school-staat-er-niet-bij/", "cyberpesten/")


def assert_leads_on(page: Page) -> None:
    """There are links to go on by, and they can be seen."""
    shown = page.eval_on_selector_all(
        "article a", "all => all.filter((a) => a.checkVisibility()).map((a) => a.pathname)"
    )
    assert [path for path in LEADS_ON if not any(link.endswith(path) for link in shown)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_scripts_the_page_says_so_and_leads_on(
    browser: Browser, root: str, language: Language
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{root}{'en/' if language == 'en' else ''}zoeken/")
    assert CANNOT[language] in page.locator("[data-no-search]").inner_text()
    assert page.locator("[data-elsewhere] a").count() == 5
    assert page.locator("[data-elsewhere]").is_visible()
    context.close()


@pytest.mark.parametrize("how", ["cannot be read", "is not there"])
def test_where_a_script_does_not_run_the_page_says_so_and_leads_on(
    opening: Opening, context: BrowserContext, how: str
) -> None:
    """As in a browser that cannot read it."""

    def spoilt(route: Route) -> None:
        if how == "is not there":
            route.abort()
        else:
            route.fulfill(response=route.fetch(), body="let is = not a script")

    context.route(re.compile("/assets/search/search"), spoilt)
    page = opening()
    page.wait_for_load_state("networkidle")
    assert CANNOT["nl"] in page.locator("[data-no-search]").inner_text()
    assert_leads_on(page)


@pytest.mark.parametrize(
    "piece",
    [r"/pagefind\.js", r"/words-nl\.json", r"/pagefind-entry\.json", r"\.pf_meta", r"/wasm\.nl",
     r"\.pf_index", r"\.pf_fragment"],
)  # fmt: skip
def test_when_a_piece_of_the_index_does_not_come_the_page_says_so_and_a_next_try_works(
    opening: Opening, context: BrowserContext, piece: str
) -> None:
    """Never "nothing found" of a word that pages have."""
    pattern = re.compile(piece)
    context.route(pattern, lambda route: route.fulfill(status=503, body="not now"))
    page = opening()
    assert page.locator("[data-no-search]").is_hidden()
    assert links_found(page, "mentor") == []
    assert "Zoeken lukt nu niet" in said(page)
    assert_leads_on(page)
    context.unroute(pattern)
    assert links_found(page, "mentor")
    assert "gevonden" in said(page)


def test_while_it_works_nothing_says_that_it_does_not(opening: Opening) -> None:
    page = opening()
    links_found(page, "mentor")
    assert page.locator("[data-no-search]").is_hidden()
    assert page.locator("[data-elsewhere]").is_hidden()
    assert links_found(page, "xyzzy") == []
    assert page.locator("[data-elsewhere]").is_visible()


def test_what_was_typed_before_the_script_came_is_looked_for(
    context: BrowserContext, root: str
) -> None:
    held: list[Route] = []
    context.route(re.compile("/assets/search/search"), lambda route: held.append(route))
    page = context.new_page()
    page.goto(f"{root}zoeken/", wait_until="commit")
    page.fill("#zoek", "mentor")
    assert CANNOT["nl"] in page.locator("[data-no-search]").inner_text()
    held[0].continue_()
    page.locator(".pw-hits li").first.wait_for()
    assert page.locator("[data-no-search]").is_hidden()
