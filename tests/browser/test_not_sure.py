"""Whoever is not sure whether there is danger: past every card, with scripts and without."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from playwright.sync_api import expect

from decision_tree.reading import read_safety
from tests.browser.conftest import Site, Visit
from tests.browser.test_faults import SCHOOL, answer

Visiting = Callable[..., Visit]

IN_SHORT = "[data-guide] > [data-part-of]"
"""The cards on the screen of whoever is not sure."""


def test_whoever_is_not_sure_goes_from_card_to_card_and_only_then_on(
    site: Site, visiting: Visiting, language: str
) -> None:
    """The address keeps *not sure* all the while, so nothing is answered by going past a card."""
    visit = visiting()
    visit.open(site.guide(SCHOOL, language, "#red_flag=unknown"))
    visit.wait("#niet-zeker.is-here")
    ids = [f"twijfel-{flag.id}" for flag in read_safety().flags]
    for here, following in pairwise(ids):
        visit.page.locator(f"#{here} > .pw-answers a").click()
        visit.wait(f"#{following}:focus")
        assert visit.page.locator(f"#{following} > .pw-flag h3").is_visible()
        assert visit.page.url.endswith("#red_flag=unknown")
    answer(visit.page, "red_flag", "none")
    visit.wait('.is-here[data-ask="happened"]')
    assert visit.page.url.endswith("#red_flag=none")
    assert visit.page.locator("[data-seen-first]").is_hidden()
    visit.page.go_back()
    visit.wait("#niet-zeker.is-here")


def test_without_scripts_too_whoever_is_not_sure_goes_from_card_to_card(
    site: Site, visiting: Visiting, school: str
) -> None:
    """By links and :target; what was passed stays, so that one can go back up."""
    visit = visiting(java_script_enabled=False)
    visit.open(site.guide(school))
    visit.page.locator('#start a[data-a="unknown"]').click()
    ids = [f"twijfel-{flag.id}" for flag in read_safety().flags]
    for here, following in pairwise(ids):
        visit.page.locator(f"#{here} > .pw-answers a").click()
        assert visit.page.url.endswith(f"#{following}")
        expect(visit.page.locator(f"#{following} > .pw-flag h3")).to_be_in_viewport()
        assert visit.page.locator("#niet-zeker").is_visible()
        assert visit.page.locator(f"{IN_SHORT}:visible").count() == len(ids)
        assert visit.page.locator("#start").is_hidden()
    visit.page.locator('[data-part-of] a[data-a="none"]').click()
    visit.page.locator('[data-ask]:not([data-ask="red_flag"]):visible').wait_for()
    assert visit.page.locator(f"{IN_SHORT}:visible").count() == 0


def test_scripts_that_come_late_leave_whoever_is_not_sure_at_the_same_card(
    site: Site, visiting: Visiting
) -> None:
    """Its link was followed before they were there."""
    visit = visiting()
    visit.open(site.guide(SCHOOL, "nl", "#twijfel-home"))
    visit.wait("#niet-zeker.is-here")
    expect(visit.page.locator("#twijfel-home > .pw-flag h3")).to_be_in_viewport()
    assert visit.page.locator("#start").count() == 0
    visit.page.locator("#twijfel-home > .pw-answers a").click()
    visit.wait("#twijfel-threats:focus")
    answer(visit.page, "red_flag", "none")
    visit.wait('.is-here[data-ask="happened"]')
