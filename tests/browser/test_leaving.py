"""Leaving fast leaves: what was answered is not a press of the Back button away, and Esc by accident does nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Site, Visit
from tests.browser.test_faults import handle_the_case

Visiting = Callable[..., Visit]
ELSEWHERE = "https://www.knmi.nl/"

# No storage, as in some private windows: what the guide takes out of the history must do.
REFUSED = """Object.defineProperty(window, "sessionStorage", {
  get() { throw new DOMException("", "SecurityError"); },
});"""


def visitor(visiting: Visiting, *, storage: bool = True) -> Visit:
    visit = visiting()
    visit.context.route(f"{ELSEWHERE}**", lambda route: route.fulfill(body="weer"))
    if not storage:
        visit.context.add_init_script(REFUSED)
    return visit


def leave(page: Page) -> None:
    page.locator("[data-exit]").click()
    page.wait_for_url(f"{ELSEWHERE}**")


@pytest.mark.parametrize("storage", [True, False])
def test_after_leaving_neither_back_nor_forward_knows_an_answer(
    site: Site, visiting: Visiting, storage: bool
) -> None:
    """From the outcome, and from a question to which one had gone back."""
    for steps_back in (0, 2):
        visit = visitor(visiting, storage=storage)
        page = visit.page
        visit.open(f"{site.root}scholen/cals/")
        visit.open(site.guide("cals"))
        handle_the_case(visit)
        for _ in range(steps_back):
            shown = visit.shown()
            page.go_back()
            visit.shown_after(shown)
        leave(page)
        addresses = page.context.new_cdp_session(page).send("Page.getNavigationHistory")
        known = [entry["url"] for entry in addresses["entries"]]
        assert [address for address in known if "=" in address] == []
        page.go_back(wait_until="commit")
        assert "=" not in page.url


def test_whoever_left_from_another_page_is_not_led_back_to_the_guide(
    site: Site, visiting: Visiting
) -> None:
    """Its answers stand in the history then, where no page can reach them; so it does not stay."""
    visit = visitor(visiting)
    page = visit.page
    visit.open(site.guide("cals"))
    handle_the_case(visit)
    page.get_by_role("link", name="alle hulplijnen").click()
    page.wait_for_url("**/hulplijnen/")
    leave(page)
    page.go_back(wait_until="commit")
    page.wait_for_url(f"{ELSEWHERE}**")
    # Who comes on purpose, by the address, finds everything as ever.
    visit.open(site.guide("cals"))
    visit.wait("[data-guide][data-shown]")
    assert page.evaluate("sessionStorage.length") == 0
    assert page.locator("#start").is_visible()


def test_a_page_that_the_browser_had_kept_does_not_stay_either(
    site: Site, visiting: Visiting
) -> None:
    """Not even where it kept it as it was, and no script runs from the beginning."""
    visit = visitor(visiting)
    visit.open(site.guide("cals"))
    handle_the_case(visit)
    visit.page.evaluate("sessionStorage.setItem('pw-left', 'yes')")
    visit.page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    visit.page.wait_for_url(f"{ELSEWHERE}**")


def test_the_way_out_does_not_wait_for_the_guide(site: Site, visiting: Visiting) -> None:
    """If the history cannot be tidied, one leaves all the same."""
    visit = visitor(visiting)
    visit.context.add_init_script("History.prototype.go = () => {};")
    visit.open(site.guide("cals"))
    handle_the_case(visit)
    leave(visit.page)


def test_wiping_takes_the_answers_out_of_the_history_as_well(
    site: Site, visiting: Visiting
) -> None:
    visit = visitor(visiting)
    page = visit.page
    visit.open(site.guide("cals"))
    handle_the_case(visit)
    page.get_by_role("button", name="Wis alles").click()
    page.locator("[data-message]", has_text="Gewist").wait_for()
    assert page.locator("#start").is_visible()
    known = page.context.new_cdp_session(page).send("Page.getNavigationHistory")["entries"]
    assert [entry["url"] for entry in known if "=" in entry["url"]] == []


def test_escape_held_down_does_not_leave(site: Site, visiting: Visiting) -> None:
    visit = visitor(visiting)
    visit.open(site.guide("cals"))
    visit.wait("[data-guide][data-shown]")
    for _ in range(6):
        visit.page.keyboard.down("Escape")  # without coming up in between it repeats
    visit.page.keyboard.up("Escape")
    assert visit.page.evaluate("document.body.hidden") is False
    for _ in range(2):
        visit.page.keyboard.press("Escape")
    visit.page.wait_for_url(f"{ELSEWHERE}**")


def test_escape_that_clears_a_field_or_closes_the_menu_does_not_leave(
    site: Site, visiting: Visiting
) -> None:
    visit = visitor(visiting)
    page = visit.page
    visit.open(f"{site.root}zoeken/")
    field = page.locator("[data-search] input")
    for _ in range(4):
        field.fill("pesten")
        page.keyboard.press("Escape")
    assert page.evaluate("document.body.hidden") is False
    for _ in range(4):
        page.locator(".pw-menu summary").press("Enter")
        page.keyboard.press("Escape")
    assert page.evaluate("document.body.hidden") is False
    field.fill("")
    field.focus()
    for _ in range(3):
        page.keyboard.press("Escape")
    page.wait_for_url(f"{ELSEWHERE}**")


def test_where_the_button_is_stands_what_it_cannot_do_and_which_key_does_it_too(
    site: Site, visiting: Visiting
) -> None:
    """The key only where scripts are: without them it does nothing; on a phone there is none."""
    for width, scripts in ((360, True), (1280, True), (1280, False)):
        visit = visiting(java_script_enabled=scripts, viewport={"width": width, "height": 800})
        visit.open(site.guide("cals"))
        if scripts:
            visit.wait("[data-guide][data-shown]")
        words = visit.page.locator("[data-exit]").inner_text()
        assert "Je browser onthoudt wel dat je hier was" in words
        assert ("Esc" in words) is (scripts and width == 1280)
        assert "drie keer op Esc" in visit.page.locator("main").inner_text()
