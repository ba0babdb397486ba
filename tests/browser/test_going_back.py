"""Going back in the guide: by its own *Terug* or by the browser, one lands on the same screen, and the answer stands."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Site, Visit
from tests.browser.test_faults import CASE, FRAGMENT, answer, handle_the_case

Visiting = Callable[..., Visit]


def back_link(visit: Visit) -> None:
    shown = visit.shown()
    visit.page.locator(".is-here [data-back]").click()
    visit.shown_after(shown)


def chosen(page: Page) -> list[str]:
    """The answers that are shown as given."""
    return list(
        page.locator(".is-here a[aria-current]").evaluate_all(
            "all => all.map((a) => `${a.dataset.q}=${a.dataset.a}`)"
        )
    )


def asked(page: Page) -> str | None:
    return page.locator(".is-here[data-screen]").get_attribute("data-ask")


def test_going_back_shows_the_answer_that_was_given(site: Site, visiting: Visiting) -> None:
    """From an address that one opened, and after answering by hand; question after question."""
    visit = visiting()
    for by_hand in (False, True):
        visit.open("about:blank")
        visit.open(site.guide("cals", "nl", "" if by_hand else FRAGMENT.rpartition("&")[0]))
        visit.wait("[data-guide][data-shown]")
        if by_hand:
            for question, given in [("red_flag", "none"), *list(CASE.items())[:-1]]:
                answer(visit.page, question, given)
        visit.wait('.is-here[data-ask="classes"]')
        for question in ("how_often", "happened"):
            back_link(visit)
            assert asked(visit.page) == question
            assert chosen(visit.page) == [f"{question}={CASE[question]}"]
        answer(visit.page, "happened", CASE["happened"])
        visit.wait('.is-here[data-ask="how_often"]')
        assert chosen(visit.page) == [f"how_often={CASE['how_often']}"], "it is still known"


def test_the_browsers_own_back_button_shows_the_answer_as_well(
    site: Site, visiting: Visiting
) -> None:
    visit = visiting()
    visit.open(site.guide("cals"))
    handle_the_case(visit)
    for question in reversed(CASE):
        visit.page.go_back()
        visit.wait(f'.is-here[data-ask="{question}"] a[aria-current]')
        assert chosen(visit.page) == [f"{question}={CASE[question]}"]


def test_back_and_the_browsers_back_are_one_way_and_not_to_and_fro(
    site: Site, visiting: Visiting
) -> None:
    """Either of them, in any order, leads one question further back until the start."""
    ways: list[list[Callable[[Visit], None]]] = [
        [back_link, back_link, back_link],
        [back_link, browsers_back, browsers_back],
        [browsers_back, back_link, browsers_back],
        [back_link, browsers_back, back_link],
    ]
    for way in ways:
        visit = visiting()
        visit.open(site.guide("cals"))
        visit.wait("[data-guide][data-shown]")
        for question, given in [("red_flag", "none"), *list(CASE.items())[:-1]]:
            answer(visit.page, question, given)
        visit.wait('.is-here[data-ask="classes"]')
        seen = []
        for go in way:
            go(visit)
            seen.append(asked(visit.page))
        assert seen == ["how_often", "happened", "red_flag"]


def browsers_back(visit: Visit) -> None:
    shown = visit.shown()
    visit.page.go_back()
    visit.shown_after(shown)


def test_back_from_an_address_that_was_opened_makes_no_step_forth(
    site: Site, visiting: Visiting
) -> None:
    """Before it stands another page: there the browser's button leads, and not to the later question."""
    visit = visiting()
    visit.open(f"{site.root}scholen/cals/")
    visit.open(site.guide("cals", "nl", "#red_flag=none&happened=verbal&how_often=first"))
    visit.wait('.is-here[data-ask="classes"], .is-here[data-outcome], .is-here[data-ask]')
    visit.wait("[data-guide][data-shown]")
    back_link(visit)
    assert visit.page.url.endswith("#red_flag=none&happened=verbal")
    visit.page.go_back()
    visit.page.wait_for_url(f"{site.root}scholen/cals/")


def test_back_from_the_first_question_after_a_card_leads_to_that_card(
    site: Site, visiting: Visiting
) -> None:
    visit = visiting()
    visit.open(site.guide("cals", "nl", "#red_flag=none&seen=images"))
    visit.wait("[data-guide][data-shown]")
    back_link(visit)
    assert visit.page.locator("#vlag-images").is_visible()


def test_another_case_begins_without_the_answers_of_the_one_before(
    site: Site, visiting: Visiting
) -> None:
    visit = visiting()
    visit.open(site.guide("cals"))
    handle_the_case(visit)
    visit.page.locator(".is-here .pw-back a").click()
    visit.wait("#start.is-here")
    answer(visit.page, "red_flag", "none")
    visit.wait('.is-here[data-ask="happened"]')
    assert chosen(visit.page) == []


def test_whether_there_is_danger_is_asked_afresh(site: Site, visiting: Visiting) -> None:
    """No answer to it ever stands chosen."""
    visit = visiting()
    visit.open(site.guide("cals", "nl", FRAGMENT))
    visit.wait("[data-guide][data-shown]")
    visit.page.evaluate("location.hash = 'happened=online&how_often=first'")
    visit.wait("#start.is-here")
    assert chosen(visit.page) == []


@pytest.mark.parametrize("press", ["Control", "Shift"])
def test_a_back_link_for_a_new_tab_or_window_leaves_this_one_alone(
    site: Site, visiting: Visiting, press: str
) -> None:
    visit = visiting()
    visit.open(site.guide("cals", "nl", FRAGMENT.rpartition("&")[0]))
    visit.wait('.is-here[data-ask="classes"]')
    before = visit.page.url
    with visit.context.expect_page() as other:
        visit.page.locator(".is-here [data-back]").click(modifiers=[press])  # type: ignore[list-item]
    assert visit.page.url == before
    other.value.wait_for_selector('.is-here[data-ask="how_often"]')
