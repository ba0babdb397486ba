"""A round of practice is not lost: not by a reload, not by the other language, not by being early."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from decision_tree.reading_cases import case_files, compiled_school
from tests.browser.conftest import Handler, Hold, Site, Visit, missing
from tests.browser.test_access import assert_fits
from tests.browser.test_practice import SCHOOL, address, begin, go_on, opened, play

Visiting = Callable[..., Visit]
Fault = Callable[[Handler], bool]

PYTHON = r"library-.*\.zip"
LOADS = "wordt geladen"


def story(page: Page) -> tuple[str | None, str | None]:
    """Which case this is, and with which seed its answers are ordered."""
    section = page.locator(".pw-play")
    return section.get_attribute("data-case"), section.get_attribute("data-seed")


def resume(page: Page, words: str = "Verder waar je was") -> None:
    page.get_by_role("button", name=words).click()
    page.locator(".pw-play").wait_for()


# --- reload, Back, the other language ---------------------------------------------------------------


def test_after_a_reload_the_round_goes_on_with_the_same_story(
    site: Site, visiting: Visiting
) -> None:
    """Nothing is stored for it: it stands in the address and in the history of the tab."""
    visit = visiting()
    page = opened(visit, address(site))
    begin(page)
    first = story(page)
    for number in (1, 2):
        page.reload()
        visit.wait('[data-practice][data-python="ready"]')
        offered = page.locator(".pw-start .pw-answer--main")
        expect(offered).to_contain_text(f"verhaal {number} van 5")
        resume(page)
        expect(page.locator(".pw-play h2")).to_have_text(f"Verhaal {number} van 5")
        if number == 1:
            assert story(page) == first
            play(page)
    assert story(page)[0] != first[0]
    assert (
        page.evaluate("localStorage.length + sessionStorage.length + document.cookie.length") == 0
    )


def test_what_was_learned_is_still_there_after_a_reload(site: Site, visiting: Visiting) -> None:
    """Also when the round is over and the address clean again."""
    visit = visiting()
    page = opened(visit, address(site, fragment="#set=handball"))
    begin(page)
    play(page)
    assert page.url == address(site)
    go_on(page)
    known = page.locator("[data-picture] [data-facet]").count()
    assert known > 0
    page.reload()
    visit.wait('[data-practice][data-python="ready"]')
    expect(page.locator("[data-picture] [data-facet]")).to_have_count(known)
    assert page.get_by_role("button", name="Verder waar je was").count() == 0


def test_whoever_looks_at_the_guide_comes_back_to_the_round(site: Site, visiting: Visiting) -> None:
    visit = visiting()
    page = opened(visit, address(site))
    begin(page)
    play(page)
    page.goto(site.guide(SCHOOL))
    page.go_back()
    visit.wait('[data-practice][data-python="ready"]')
    if page.locator(".pw-play").count():  # the browser kept the page as it was
        go_on(page)
    else:
        resume(page)
    expect(page.locator(".pw-play h2")).to_have_text("Verhaal 2 van 5")


def test_the_other_language_goes_on_with_the_same_story(site: Site, visiting: Visiting) -> None:
    visit = visiting()
    page = opened(visit, address(site))
    begin(page)
    first = story(page)
    page.locator("[data-keep-place]").first.click()
    page.wait_for_url("**/en/scholen/**")
    visit.wait('[data-practice][data-python="ready"]')
    resume(page, "Go on where you were")
    expect(page.locator(".pw-play h2")).to_have_text("Story 1 of 5")
    assert story(page) == first


def test_a_place_on_the_page_does_not_take_the_round_out_of_the_address(
    site: Site, visiting: Visiting
) -> None:
    """Neither the skip link nor Back."""
    visit = visiting()
    page = opened(visit, address(site))
    begin(page)
    first = story(page)
    page.evaluate("location.hash = '#_inhoud'")
    page.wait_for_url("**#round=*")
    page.go_back()
    assert story(page) == first
    page.reload()
    visit.wait('[data-practice][data-python="ready"]')
    resume(page)
    assert story(page) == first


def test_a_shared_set_is_still_there_after_a_place_on_the_page(
    site: Site, visiting: Visiting
) -> None:
    page = opened(visiting(), address(site, fragment="#set=handball,sleepover"))
    page.evaluate("location.hash = '#verhalen'")
    begin(page)
    expect(page.locator(".pw-play h2")).to_have_text("Verhaal 1 van 2")


def test_what_is_deleted_is_gone_from_the_tab_too(site: Site, visiting: Visiting) -> None:
    visit = visiting()
    page = opened(visit, address(site))
    begin(page)
    play(page)
    go_on(page)
    page.get_by_role("button", name="Stoppen", exact=True).click()
    page.locator("[data-own] summary").click()
    page.get_by_role("button", name="Wis alles").click()
    assert page.url == address(site)
    assert page.evaluate("JSON.stringify(history.state)") in ("null", '{"progress":null}')
    page.reload()
    visit.wait('[data-practice][data-python="ready"]')
    assert page.get_by_role("button", name="Verder waar je was").count() == 0
    assert page.locator("[data-picture] [data-facet]").count() == 0


@pytest.mark.parametrize(
    "fragment",
    [
        "#round=", "#round=5.5.1.handball", "#round=9.5.1.handball", "#round=0.99.1.handball",
        "#round=0.5.1.", "#round=0.5.1.handball,handball", "#round=0.5.1.<img src=x onerror=alert(1)>",
        "#round=2.5.1.handball", "#round=-1.5.1.handball", "#round=0.5.12345678901.handball",
        "#round=0.1.1.no-such-case", "#round=0.5.1." + "a" * 9000,
    ],
)  # fmt: skip
def test_a_round_that_this_page_did_not_write_ends_in_a_clean_start(
    site: Site, visiting: Visiting, fragment: str
) -> None:
    page = opened(visiting(), address(site, fragment=fragment))
    if page.get_by_role(
        "button", name="Verder waar je was"
    ).count():  # well written, but of no case
        page.locator(".pw-start .pw-answer--main").click()
    page.locator("[data-message]", has_text="De link paste niet bij deze pagina").wait_for()
    assert page.url == address(site)
    begin(page)


# --- before Python is there -------------------------------------------------------------------------


def early(site: Site, visit: Visit, then: Fault = lambda _: False) -> tuple[Page, Hold]:
    """A page whose Python does not come yet; ``then``: what comes of it once it may."""
    hold = Hold()
    site.faults[PYTHON] = lambda handler: hold(handler) or then(handler)
    visit.open(address(site))
    visit.wait("[data-practice][data-ready]")
    return visit.page, hold


def come(visit: Visit, hold: Hold) -> None:
    hold.free.set()
    visit.wait('[data-practice][data-python="ready"]')


def assert_all_stays(page: Page) -> None:
    """The stories, the start, one line that says what goes on."""
    assert page.locator("[data-shelf]").is_visible()
    assert page.locator(".pw-start .pw-answer").first.is_visible()
    assert page.locator("[data-practice]").inner_text().count(LOADS) == 1


def test_a_start_that_was_pressed_early_begins_by_itself(site: Site, visiting: Visiting) -> None:
    visit = visiting()
    page, hold = early(site, visit)
    start = page.get_by_role("button", name="Vijf verhalen")
    start.press("Enter")
    expect(page.locator("[data-extras]")).to_contain_text("en begint daarna")
    assert_all_stays(page)
    expect(start).to_be_focused()
    come(visit, hold)
    expect(page.locator(".pw-play h2")).to_have_text("Verhaal 1 van 5")
    expect(page.locator(".pw-play h2")).to_be_focused()
    assert page.locator("[data-extras]").is_hidden()


def test_the_last_of_several_early_starts_counts(site: Site, visiting: Visiting) -> None:
    visit = visiting()
    page, hold = early(site, visit)
    page.get_by_role("button", name="Vijf verhalen").click()
    page.get_by_role("button", name="Tien verhalen").click()
    assert_all_stays(page)
    come(visit, hold)
    expect(page.locator(".pw-play h2")).to_have_text("Verhaal 1 van 10")


def test_whoever_reads_a_story_meanwhile_is_asked_and_not_taken_away(
    site: Site, visiting: Visiting
) -> None:
    visit = visiting()
    page, hold = early(site, visit)
    page.get_by_role("button", name="Vijf verhalen").click()
    read = page.locator("[data-case] summary").first
    read.click()
    come(visit, hold)
    ready = page.locator("[data-extras]")
    expect(ready).to_contain_text("De oefening staat klaar")
    assert page.locator(".pw-play").count() == 0
    expect(read).to_be_focused()
    ready.get_by_role("button", name="Begin").click()
    expect(page.locator(".pw-play h2")).to_have_text("Verhaal 1 van 5")
    assert ready.is_hidden()


def test_an_early_start_for_which_python_never_comes_leaves_all_as_it_was(
    site: Site, visiting: Visiting
) -> None:
    visit = visiting(expect_complaints=True)
    page, hold = early(site, visit, then=missing)
    start = page.get_by_role("button", name="Vijf verhalen")
    start.press("Enter")
    assert_all_stays(page)
    hold.free.set()
    visit.wait('[data-practice][data-python="failed"]')
    expect(page.locator("[data-extras]")).to_contain_text("De verhalen hieronder werken gewoon")
    assert page.locator("[data-shelf]").is_visible()
    expect(start).to_be_focused()
    site.faults.clear()
    page.get_by_role("button", name="Probeer opnieuw").click()
    visit.wait('[data-practice][data-python="ready"]')
    begin(page)


# --- on a small screen ------------------------------------------------------------------------------


@pytest.mark.parametrize("practised", sorted(case_files()))
def test_how_it_is_going_fits_a_phone_whatever_the_roles_are_called(
    site: Site, visiting: Visiting, practised: str
) -> None:
    """With everyone whom the protocol lets act, as after many rounds."""
    roles = [role.id for role in compiled_school(practised).protocol.roles]
    card = {"box": 1, "due": 0, "moved": 0, "right": 0, "seen": 1}
    facets: dict[str, Any] = {f"who:{role}": card for role in roles}
    progress = {"version": 1, "school": practised, "round": 1, "seen": [], "facets": facets}
    kept = {"kind": "protocolwijzer-practice", "version": 1, "school": practised,
            "progress": progress, "round": None}  # fmt: skip
    visit = visiting(viewport={"width": 360, "height": 740})
    visit.context.add_init_script(
        f"localStorage.setItem('pw-practice-{practised}', {json.dumps(json.dumps(kept))})"
    )
    page = opened(visit, address(site, practised))
    page.locator("[data-picture] summary").click()
    expect(page.locator("[data-facet]")).to_have_count(len(roles))
    assert_fits(page)
    page.set_viewport_size({"width": 320, "height": 640})
    assert_fits(page)
    assert re.search(r"nog nieuw", page.locator("[data-picture]").inner_text())
