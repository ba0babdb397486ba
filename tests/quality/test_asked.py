"""What parents ask: every answer has a next step and public sources; the sheet and the letter fit their paper."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from decision_tree.protocol import Language
from scripts.pages.asked import ASKED as FILE
from scripts.pages.asked import asked
from scripts.pages.content import Content
from tests.quality.test_in_chromium import links_found, visit
from tests.site.conftest import BuiltPage, BuiltSite
from tests.site.test_build import pages_in

FOLDERS: dict[Language, str] = {"nl": "", "en": "en/"}
ASKED, RECORD, LETTER = "vragen-van-ouders/", "bijhouden/", "brief-aan-school/"
LANGUAGES: tuple[Language, ...] = ("nl", "en")


def fold(page: BuiltPage, question: str) -> object:
    """The part of the page that answers this question."""
    (found,) = page.tree.xpath(f"//summary/h2[@id='{question}']/ancestor::details[1]")
    return found


def links(part: object, mark: str) -> list[str]:
    """The addresses under this mark."""
    return [str(href) for href in part.xpath(f".//*[@{mark}]//a/@href")]  # type: ignore[attr-defined]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_has_a_place_a_next_step_and_its_public_sources(
    site: BuiltSite, language: Language
) -> None:
    page = site.pages[FOLDERS[language] + ASKED]
    for question in asked().questions:
        part = fold(page, question.id)
        assert len(links(part, "data-next")) == len(question.next) > 0, question.id
        shown = links(part, "data-basis")
        assert shown == [source.url for source in asked().basis(question)], question.id
        assert shown, question.id
        assert len(links(part, "data-danger")) == len(question.danger), question.id


@pytest.mark.parametrize("path", [ASKED, RECORD])
def test_the_answers_and_the_sheet_stand_on_a_band_of_ours(site: BuiltSite, path: str) -> None:
    """No school says this, and no line of it may be taken for a school's."""
    for language in LANGUAGES:
        tree = site.pages[FOLDERS[language] + path].tree
        assert tree.xpath("//*[@class='pw-ours']//*[@class='pw-ours__name']")
        assert tree.xpath("//@data-clause") == []
        answers = "//details[contains(@class, 'pw-asked')] | //*[@id='zo']"
        assert all(part.xpath("ancestor::*[@class='pw-ours']") for part in tree.xpath(answers))


def test_each_source_is_used_once_known_and_public() -> None:
    ids = [source.id for source in asked().sources]
    used = {source for question in asked().questions for source in question.basis}
    assert len(ids) == len(set(ids))
    assert set(ids) == used
    assert all(re.match(r"https?://[\w.-]+\.[a-z]+/", source.url) for source in asked().sources)


def test_whatever_an_answer_calls_or_repeats_exists_and_may_be_shown(content: Content) -> None:
    """A number is drawn from contacts.yaml; one that is not confirmed would vanish without a word."""
    known = {principle.id for principle in content.safety.principles}
    for question in asked().questions:
        assert len(content.reachable(question.call)) == len(question.call), question.id
        assert set(question.principles) <= known, question.id
    for rule in asked().sheet.mind:
        assert len(content.reachable(rule.call)) == len(rule.call)


def test_no_number_to_call_is_typed_in_an_answer() -> None:
    texts = re.findall(r'\b(?:nl|en): "([^"]*)"', FILE.read_text(encoding="utf-8"))
    assert len(texts) > 200
    assert [text for text in texts if re.search(r"0[89]00|\b0\d\d-|\b11[236]\b", text)] == []


def test_the_sheet_warns_before_anything_is_filled_in(site: BuiltSite) -> None:
    """Call after one time, no hunt for proof, no nude images: above the first blank, in both languages."""
    said = {
        "nl": ("na één keer", "niet op zoek naar bewijs", "naaktbeeld"),
        "en": ("after one time", "not hunt for proof", "nude image"),
    }
    for language in LANGUAGES:
        (body,) = site.pages[FOLDERS[language] + RECORD].tree.xpath("//*[@class='pw-sheet']")
        before = body.text_content().partition(body.xpath("string(.//dl[1]//dt[1])"))[0]
        for words in said[language]:
            assert words in before, (language, words)


def test_the_letter_leads_first_to_what_no_letter_may_wait_for(site: BuiltSite) -> None:
    """Danger, an adult at the school, a nude image: above the letter and its buttons."""
    for language in LANGUAGES:
        tree = site.pages[FOLDERS[language] + LETTER].tree
        places = [
            str(href).partition("nu-gevaar/")[2]
            for href in tree.xpath("//*[@data-danger]//a/@href")
        ]
        assert places == ["", "#staff", "#images"]
        assert tree.xpath("//*[@data-danger]/following::*[@id='brief']")


def test_the_sheet_and_the_letter_hold_nothing_that_could_be_sent(site: BuiltSite) -> None:
    """Paper only: no form, no field, nothing kept."""
    for language in LANGUAGES:
        for path in (RECORD, LETTER):
            tree = site.pages[FOLDERS[language] + path].tree
            assert tree.xpath("//article//form | //article//input | //article//textarea") == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("path", "most"), [(RECORD, 2), (LETTER, 1)])
def test_the_sheet_prints_on_two_pages_and_the_letter_on_one(
    browser: Browser, root: str, language: Language, path: str, most: int
) -> None:
    with visit(browser) as page:
        page.goto(root + FOLDERS[language] + path)
        assert pages_in(page.pdf(format="A4", prefer_css_page_size=True)) == most


@pytest.mark.parametrize("path", [RECORD, LETTER])
def test_on_paper_there_is_room_to_write(browser: Browser, root: str, path: str) -> None:
    """Every line to write on is shown, and high enough for a hand: 6 mm."""
    with visit(browser) as page:
        page.set_viewport_size({"width": 688, "height": 1017})  # A4 within its margins
        page.emulate_media(media="print")
        page.goto(root + path)
        heights = page.locator("article .pw-blank").evaluate_all(
            "all => all.map((blank) => blank.getBoundingClientRect().height)"
        )
        assert len(heights) > 10
        assert min(heights) >= 6 * 96 / 25.4


def test_the_letter_is_copied_with_its_blanks_or_says_that_it_is_not(
    browser: Browser, root: str
) -> None:
    with visit(browser) as page:
        page.add_init_script(
            """Object.defineProperty(navigator, "clipboard", { value: {
                 writeText: async (text) => { if (window.refused) throw new Error(); window.copied = text; } } })"""
        )
        page.goto(root + LETTER)
        button, status = page.locator("[data-copy]"), page.locator("[data-copy-status]")
        button.click()
        expect(status).to_have_text(str(button.get_attribute("data-done")))
        copied = str(page.evaluate("window.copied"))
        for line in asked().letter:
            assert line.nl in copied
        page.evaluate("window.refused = true")
        button.click()
        expect(status).to_have_text(str(button.get_attribute("data-failed")))


def test_a_link_to_a_question_opens_its_answer(browser: Browser, root: str) -> None:
    """From elsewhere, and from one answer to another."""
    with visit(browser) as page:
        page.goto(f"{root}{ASKED}#buitengesloten")
        open_ones = "details.pw-asked[open] > summary > h2"
        expect(page.locator(open_ones)).to_have_attribute("id", "buitengesloten")
        page.locator("details[open] a[href='#andere-ouders']").click()
        expect(page.locator("details[open] > summary > #andere-ouders")).to_be_visible()


@pytest.mark.parametrize(
    ("language", "words", "there"),
    [
        ("nl", "logboek bijhouden", "vragen-van-ouders/#logboek"),
        ("nl", "brief aan school", "brief-aan-school/"),
        ("nl", "dossier inzien", "vragen-van-ouders/#dossier"),
        ("nl", "buitensluiten", "vragen-van-ouders/#buitengesloten"),
        ("nl", "durft niet naar school", "vragen-van-ouders/#durft-niet"),
        ("nl", "andere ouders bellen", "vragen-van-ouders/#andere-ouders"),
        ("en", "keep a record", "bijhouden/"),
        ("en", "letter to the school", "brief-aan-school/"),
        ("en", "see the file", "vragen-van-ouders/#dossier"),
        ("en", "left out", "vragen-van-ouders/#buitengesloten"),
        ("en", "my child bullies", "vragen-van-ouders/#mijn-kind-pest"),
        ("en", "afraid to go to school", "vragen-van-ouders/#durft-niet"),
        ("en", "contact the other parents", "vragen-van-ouders/#andere-ouders"),
    ],
)
def test_the_words_that_people_use_find_the_answer(
    browser: Browser, root: str, language: Language, words: str, there: str
) -> None:
    """Among the pages that are shown, and by its section where it is one."""
    with visit(browser) as page:
        page.goto(f"{root}{FOLDERS[language]}zoeken/")
        links_found(page, words)
        found = page.eval_on_selector_all(
            ".pw-hits a", "all => all.map((a) => a.pathname + a.hash)"
        )
    where, _, place = there.partition("#")
    hits = [hit for hit in found if hit.startswith(f"/{FOLDERS[language]}{where}")]
    assert hits, found
    assert not place or hits[0].endswith(f"#{place}"), hits


@pytest.mark.parametrize(
    "path", ["", "hulplijnen/", "mijn-school-staat-er-niet-bij/", "scholen/cals/ouders/"]
)
def test_the_questions_are_linked_where_parents_look(site: BuiltSite, path: str) -> None:
    for language in LANGUAGES:
        hrefs = site.pages[FOLDERS[language] + path].tree.xpath("//article//a/@href")
        assert any("vragen-van-ouders/" in str(href) for href in hrefs), (language, path)
