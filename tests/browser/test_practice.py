"""Practising: a round by hand and by keyboard, without scripts, for a team, and what is kept of it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from decision_tree import browser as engine
from decision_tree.practice_calls import dump_cases
from decision_tree.protocol import Language
from decision_tree.reading import read_safety
from decision_tree.reading_cases import case_files, compiled_school, read_cases, read_parts
from tests.axe import complaints_of_axe
from tests.browser.conftest import Site, Visit, missing
from tests.browser.test_access import assert_fits
from tests.browser.versions import take_down

Visiting = Callable[..., Visit]
SCHOOL = "cals"
SET = ("handball", "sleepover")
HOSTILE = (
    "#set=", "#set=nonsense", "#set=<img src=x onerror=alert(1)>", "#set=%", "#set=g1.no.such.case",
    "#set=" + "a," * 30, "#set=" + "x" * 9000, "#javascript:alert(1)", "#red_flag=none", "#%E0%A4%A",
)  # fmt: skip
KEPT = f"localStorage.getItem('pw-practice-{SCHOOL}')"


def address(site: Site, school: str = SCHOOL, language: str = "nl", fragment: str = "") -> str:
    folder = "en/" if language == "en" else ""
    return f"{site.root}{folder}scholen/{school}/oefenen/{fragment}"


def opened(visit: Visit, where: str) -> Page:
    visit.open(where)
    visit.wait('[data-practice][data-python="ready"]')
    return visit.page


def begin(page: Page, place: int = 0) -> None:
    page.locator(".pw-start .pw-answer").nth(place).click()
    page.locator(".pw-play").wait_for()


def read_letter(page: Page, taps: tuple[int, ...] = ()) -> None:
    """Tap pieces and say that these are the ones."""
    for place in taps:
        page.locator(".pw-piece").nth(place).click()
    page.locator(".pw-play > .pw-button--main").click()
    page.locator(".pw-ask").first.wait_for()


def choose(page: Page, option: int = 0) -> None:
    """Answer the open question, and wait for what comes after."""
    asked = page.locator(".pw-ask").count()
    page.locator(".pw-ask .pw-answers button").nth(option).click()
    page.locator(f".pw-ask:nth-of-type({asked + 1}), .pw-play[data-over]").first.wait_for()


def play(page: Page, option: int = 0) -> None:
    """One case from letter to outcome."""
    read_letter(page)
    while page.locator(".pw-ask .pw-answers").count():
        choose(page, option)
    page.locator(".pw-play[data-over]").wait_for()


def go_on(page: Page) -> None:
    page.locator(".pw-play .pw-actions .pw-button--main").click()
    page.locator(".pw-play:not([data-over]), .pw-start").first.wait_for()


@pytest.fixture(scope="module")
def ask() -> Callable[..., Any]:
    """The engine in CPython, through the same door."""
    for school, path in case_files().items():
        compiled, safety = compiled_school(school), read_safety()
        engine.load(engine.dump(compiled, safety))
        engine.load_cases(dump_cases(read_cases(path, compiled, safety), read_parts()))

    def call(name: str, school: str, **payload: Any) -> Any:
        answer = engine.call(f"practice_{name}", json.dumps({"school": school, **payload}))
        return json.loads(answer)

    return call


# --- a round ---------------------------------------------------------------------------------------


def press_until(page: Page, selector: str) -> None:
    """Tab until the focus is there."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            assert page.evaluate("document.activeElement.matches(':focus-visible')")
            return
    pytest.fail(f"no Tab leads to {selector}")


def test_a_full_round_can_be_done_by_keyboard_alone(site: Site, visiting: Visiting) -> None:
    visit = visiting()
    page = opened(visit, address(site))
    press_until(page, ".pw-start .pw-answer")
    page.keyboard.press("Enter")
    for number in range(1, 6):
        page.locator(".pw-play h2:focus", has_text=f"Verhaal {number} van 5").wait_for()
        press_until(page, ".pw-piece")
        page.keyboard.press("Space")
        assert page.locator('.pw-piece[aria-pressed="true"]').count() == 1
        press_until(page, ".pw-play > .pw-button--main")
        page.keyboard.press("Enter")
        page.locator(".pw-judged:focus").wait_for()
        while page.locator(".pw-ask .pw-answers").count():
            asked = page.locator(".pw-ask").count()
            press_until(page, ".pw-ask .pw-answer")
            page.keyboard.press("Enter")
            page.locator(f".pw-ask:nth-of-type({asked + 1}), .pw-play[data-over]").first.wait_for()
            page.locator(".pw-feedback:focus").wait_for()
        assert page.locator(".pw-reveal .pw-first").is_visible()
        press_until(page, ".pw-actions .pw-button--main")
        page.keyboard.press("Enter")
    page.locator(".pw-start h2:focus", has_text="Dat was het voor nu").wait_for()
    assert page.locator("[data-picture] [data-facet]").count() > 4


def test_when_a_round_is_over_there_is_always_one_more(site: Site, visiting: Visiting) -> None:
    page = opened(visiting(), address(site, fragment=f"#set={SET[0]}"))
    begin(page)
    for _ in range(3):
        play(page)
        go_on(page)
        page.get_by_role("button", name="Nog één verhaal").click()
        page.locator(".pw-play:not([data-over])").wait_for()
    assert page.locator(".pw-play").get_attribute("data-case") != SET[0]


@pytest.mark.parametrize("practised", sorted(case_files()))
def test_the_marks_of_the_page_are_those_of_the_engine(
    site: Site, visiting: Visiting, ask: Callable[..., Any], practised: str, language: Language
) -> None:
    """Three drawn cases and a composed one; a different wrong or right choice for each."""
    composed = ask("generate", practised, seed=7)["id"]
    cases = [*ask("draw", practised, count=3, seed=5)["cases"], composed]
    page = opened(visiting(), address(site, practised, language, f"#set={','.join(cases)}"))
    begin(page)
    for place, case in enumerate(cases):
        play_like_the_engine(page, ask, practised, language, case, place)
        go_on(page)


def play_like_the_engine(
    page: Page, ask: Callable[..., Any], school: str, language: str, case: str, option: int
) -> None:
    section = page.locator(".pw-play")
    assert section.get_attribute("data-case") == case
    seed = int(section.get_attribute("data-seed") or "")
    told = ask("case", school, case=case)
    assert words(page, ".pw-play .pw-letter__text") == " ".join(told["text"][language].split())
    pieces = told["pieces"][language]
    pieces = [piece for piece in pieces if without_end(piece["text"].strip())]
    tapped = next(i for i, piece in enumerate(pieces) if piece["mark"] is not None)
    read_letter(page, (tapped,))
    given: dict[str, Any] = {"marks": [pieces[tapped]["mark"]]}
    marked = ask("mark", school, case=case, given=given, seed=seed)["marks"]
    shown = page.locator(".pw-found").all_inner_texts()
    assert shown == [without_end(told["marks"][i][language]) for i in marked["found"]]
    for question in ask("options", school, case=case, seed=seed)["questions"]:
        block = page.locator(f'.pw-ask[data-part="{question["part"]}"]')
        assert block.locator("h3").inner_text() == question["ask"][language]
        buttons = block.locator(".pw-answers button")
        offered = [b.get_attribute("data-choice") for b in buttons.all()]
        assert offered == [o["id"] for o in question["options"]]
        choice = min(option, len(offered) - 1)
        given[question["part"]] = offered[choice]
        choose(page, choice)
        result = ask("mark", school, case=case, given=given, seed=seed)
        graded = next(p for p in result["parts"] if p["part"] == question["part"])
        assert block.locator(".pw-given").get_attribute("data-good") == str(graded["good"]).lower()
        line = block.locator(".pw-feedback").inner_text().removesuffix("§").strip()
        assert " ".join(line.split()) == " ".join(graded["words"][language].split())
        marks = block.locator(".pw-feedback .pw-src")
        assert marks.count() == bool(graded["sources"])
    page.locator(".pw-play[data-over]").wait_for()
    reveal = words(page, ".pw-reveal")
    decision = result["decision"]
    if result["status"] == "leave":
        assert decision["flag"][language] in reveal
    else:
        name = decision["phase"][language]
        assert name[:1].upper() + name[1:] in reveal
        step = next(s for s in decision["steps"] if s["id"] == decision["first_step"])
        assert " ".join(step["do"][language].split()) in reveal
    if result["change"]:
        assert " ".join(result["change"]["words"][language].split()) in reveal


def without_end(mark: str) -> str:
    """A fragment as it can be tapped: where a piece ends must not tell that it matters."""
    return re.sub(r"[.,;:!?…]+['’”\"]?$", "", mark)


def words(page: Page, selector: str) -> str:
    return " ".join(page.locator(selector).inner_text().split())


def test_the_outcome_is_one_tap_away_in_the_guide(site: Site, visiting: Visiting) -> None:
    page = opened(visiting(), address(site, fragment=f"#set={SET[0]}"))
    begin(page)
    play(page)
    page.get_by_role("link", name="De hele uitkomst in de wijzer").click()
    page.locator(".is-here[data-outcome='fase-1']").wait_for()
    assert page.locator("[data-message]").is_hidden()


# --- without scripts, without Python -----------------------------------------------------------------


@pytest.mark.parametrize("practised", sorted(case_files()))
def test_without_scripts_all_stories_are_there_with_their_answers(
    site: Site, browser: Browser, practised: str, language: Language
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(address(site, practised, language))
    file = read_cases(case_files()[practised])
    assert page.locator("[data-case]").count() == len(file.cases)
    for case in file.cases[:3]:
        letter = page.locator(f'[data-case="{case.id}"]')
        assert letter.locator("[data-answer]").is_hidden()
        letter.locator("summary").click()
        assert letter.locator("[data-answer]").is_visible()
        assert case.note.in_language(language) in letter.inner_text()
    letter.locator("[data-outcome-link]").click()
    page.locator("[data-guide] > section:target").wait_for()
    context.close()


def test_when_python_does_not_come_the_stories_do(site: Site, visiting: Visiting) -> None:
    site.faults[r"library-.*\.zip"] = missing
    visit = visiting(expect_complaints=True)
    visit.open(address(site))
    visit.wait('[data-practice][data-python="failed"]')
    page = visit.page
    assert "De verhalen hieronder werken gewoon" in page.locator("[data-extras]").inner_text()
    page.locator("[data-case] summary").first.click()
    assert page.locator("[data-answer]").first.is_visible()
    site.faults.clear()
    page.get_by_role("button", name="Probeer opnieuw").click()
    visit.wait('[data-practice][data-python="ready"]')
    begin(page)
    play(page)


# --- for a team ---------------------------------------------------------------------------------------


def test_a_shared_set_is_practised_in_its_order(site: Site, visiting: Visiting) -> None:
    visit = visiting()
    visit.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = opened(visit, address(site))
    page.locator("[data-team] summary").click()
    page.get_by_role("button", name="Verhalen kiezen").click()
    for picked in SET:
        page.locator(f'.pw-pick input[value="{picked}"]').check()
    page.get_by_role("button", name="Kopieer de link").click()
    page.locator("[data-message]", has_text="gekopieerd").wait_for()
    link = page.evaluate("navigator.clipboard.readText()")
    assert link == address(site, fragment=f"#set={','.join(SET)}")
    other = opened(visiting(), link)
    assert "Een collega koos deze verhalen" in other.locator(".pw-start").inner_text()
    begin(other)
    for number, case in enumerate(SET, start=1):
        assert words(other, ".pw-play h2") == f"Verhaal {number} van 2"
        assert other.locator(".pw-play").get_attribute("data-case") == case
        play(other)
        go_on(other)
    assert other.url == address(site)


@pytest.mark.parametrize("fragment", HOSTILE)
def test_an_address_of_someone_elses_making_ends_in_a_clean_start(
    site: Site, visiting: Visiting, fragment: str
) -> None:
    page = opened(visiting(), address(site, fragment=fragment))
    if (
        page.locator(".pw-start").get_by_text("Begin met de gekozen verhalen").count()
    ):  # well written, but of no case
        page.locator(".pw-start .pw-answer").first.click()
    page.locator("[data-message]", has_text="De link paste niet bij deze pagina").wait_for()
    assert page.url == address(site)
    begin(page)


def test_on_paper_a_set_has_its_answers_on_a_later_page(site: Site, visiting: Visiting) -> None:
    visit = visiting()
    visit.context.add_init_script("window.print = () => {}")
    page = opened(visit, address(site))
    page.locator("[data-team] summary").click()
    page.get_by_role("button", name="Verhalen kiezen").click()
    for picked in SET:
        page.locator(f'.pw-pick input[value="{picked}"]').check()
    page.get_by_role("button", name="Print met antwoordblad").click()
    page.emulate_media(media="print")
    sheet = page.locator("[data-sheet]")
    stories, answers = sheet.locator("section").all()
    for case in read_cases(case_files()[SCHOOL]).cases:
        if case.id in SET:
            assert case.text.nl in " ".join(stories.inner_text().split())
            assert case.note.nl in answers.inner_text()
            assert case.note.nl not in stories.inner_text()
    assert answers.evaluate("e => getComputedStyle(e).breakBefore") == "page"
    assert page.locator("[data-shelf]").is_hidden()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert sheet.count() == 0


# --- what is kept ---------------------------------------------------------------------------------------


def test_nothing_is_sent_and_nothing_is_stored_unless_asked(site: Site, visiting: Visiting) -> None:
    visit = visiting()
    page = opened(visit, address(site))
    visit.requests.clear()
    begin(page)
    play(page, 1)
    go_on(page)
    page.get_by_role("button", name="Stoppen", exact=True).click()
    assert visit.requests == []
    assert (
        page.evaluate("localStorage.length + sessionStorage.length + document.cookie.length") == 0
    )
    page.locator("[data-own] summary").click()
    page.locator("[data-keep]").check()
    assert json.loads(page.evaluate(KEPT))["round"]["at"] == 1
    page.reload()
    visit.wait('[data-practice][data-python="ready"]')
    page.get_by_role("button", name="Verder waar je was").click()
    page.locator(".pw-play h2", has_text="Verhaal 2 van 5").wait_for()
    page.get_by_role("button", name="Stoppen", exact=True).click()
    page.locator("[data-own] summary").click()
    page.locator("[data-keep]").uncheck()
    assert page.evaluate("localStorage.length") == 0


def test_progress_goes_along_as_a_file_and_can_be_deleted(
    site: Site, visiting: Visiting, tmp_path: Path
) -> None:
    page = opened(visiting(accept_downloads=True), address(site))
    begin(page)
    play(page)
    go_on(page)
    page.get_by_role("button", name="Stoppen", exact=True).click()
    page.locator("[data-own] summary").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Als bestand meenemen").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    told = json.loads(file.read_text(encoding="utf-8"))
    assert set(told) == {"kind", "version", "school", "progress", "round"}
    assert told["progress"]["facets"]

    other = opened(visiting(), address(site, language="en"))
    (tmp_path / "not-ours.json").write_text('{"kind": "something"}', encoding="utf-8")
    other.locator("[data-own] summary").click()
    other.locator("[data-own] input[type=file]").set_input_files(tmp_path / "not-ours.json")
    other.locator("[data-message]", has_text="Nothing has changed").wait_for()
    other.locator("[data-own] input[type=file]").set_input_files(file)
    other.get_by_role("button", name="Go on where you were").wait_for()
    other.locator("[data-picture] summary").click()
    assert other.locator("[data-facet]").count() == len(told["progress"]["facets"])
    other.locator("[data-own] summary").click()
    other.locator("[data-keep]").check()
    other.get_by_role("button", name="Delete all").click()
    other.locator("[data-message]", has_text="Deleted").wait_for()
    assert other.evaluate("localStorage.length") == 0
    assert other.get_by_role("button", name="Go on where you were").count() == 0


@pytest.mark.parametrize("kept", ["", "{", "[]", '{"kind": "protocolwijzer-practice", "version": 1,'
                          ' "school": "cals", "progress": 7, "round": {"cases": "x"}}'])  # fmt: skip
def test_what_was_spoilt_on_the_device_starts_afresh(
    site: Site, visiting: Visiting, kept: str
) -> None:
    visit = visiting()
    visit.context.add_init_script(
        f"localStorage.setItem('pw-practice-{SCHOOL}', {json.dumps(kept)})"
    )
    page = opened(visit, address(site))
    begin(page)
    play(page)


# --- for everyone ------------------------------------------------------------------------------------------


def screens(page: Page) -> Iterator[str]:
    """Every kind of screen, one after the other."""
    page.evaluate(
        "for (const e of document.querySelectorAll('.pw-practice details')) e.open = true"
    )
    page.locator('[data-do="pick"]').click()
    yield "start"
    begin(page)
    yield "letter"
    page.locator(".pw-piece").first.click()
    read_letter(page)
    yield "first question"
    while page.locator(".pw-ask .pw-answers").count():
        choose(page, 1)
    page.locator(".pw-play[data-over]").wait_for()
    page.locator(".pw-reveal summary").click()
    yield "outcome"
    go_on(page)
    page.locator("[data-own] summary").click()
    yield "end"


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_on_any_screen(
    site: Site, visiting: Visiting, language: Language, width: int
) -> None:
    """In dark, which has no words, in one language per screen."""
    dark = (language == "nl") == (width == 360)
    visit = visiting(viewport={"width": width, "height": 800})
    page = opened(visit, address(site, language=language, fragment=f"#set={SET[0]}"))
    found = {
        screen: complaints
        for screen in screens(page)
        if (complaints := complaints_of_axe(page, dark=dark))
    }
    assert found == {}


def test_at_320_pixels_no_screen_scrolls_sideways(
    site: Site, visiting: Visiting, language: Language
) -> None:
    visit = visiting(viewport={"width": 320, "height": 640})
    page = opened(visit, address(site, language=language, fragment=f"#set={SET[0]}"))
    for _ in screens(page):
        assert_fits(page)


def test_what_a_thumb_taps_is_at_least_44_pixels_high(site: Site, visiting: Visiting) -> None:
    """Words inside the letter are text, and as tall as their line."""
    page = opened(visiting(), address(site, fragment=f"#set={SET[0]}"))
    for screen in screens(page):
        small = page.evaluate(
            """() => [...document.querySelectorAll("[data-practice] :is(button, summary, label)")]
                 .filter((e) => e.getClientRects().length && e.getBoundingClientRect().height < 43.5)
                 .map((e) => `${e.outerHTML.slice(0, 80)} ${e.getBoundingClientRect().height}`)"""
        )
        assert small == [], screen


def test_after_one_visit_practising_works_with_the_server_gone(
    own_site: Site, visiting: Visiting
) -> None:
    visit = visiting(expect_complaints=True, service_workers="allow")
    page = opened(visit, address(own_site))
    visit.wait(f'[data-practice][data-offline~="school/{SCHOOL}"][data-offline~="python"]')
    take_down(own_site)
    opened(visit, address(own_site, language="en"))
    begin(page)
    play(page)
    assert page.locator(".pw-reveal").is_visible()
