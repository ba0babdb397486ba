"""Each screen can be told from the others: by its title, and by the answer that stands chosen."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.conftest import Site, Visit
from tests.browser.test_faults import CASE, FRAGMENT, answer
from tests.browser.test_practice import address, begin, opened

Visiting = Callable[..., Visit]


def test_each_screen_of_the_guide_has_its_own_title(
    site: Site, visiting: Visiting, language: str
) -> None:
    """It begins with what the screen shows, and ends as every title of this page does."""
    visit = visiting()
    page = visit.page
    visit.open(site.guide("cals", language))
    visit.wait("[data-guide][data-shown]")
    plain = page.title()
    titles = [plain]
    for question, given in {"red_flag": "none", **CASE}.items():
        answer(page, question, given)
        visit.wait(f'[data-guide][data-shown] .is-here:not([data-ask="{question}"])')
        titles.append(page.title())
    for fragment in ("#red_flag=images", "#red_flag=unknown", FRAGMENT.replace("first", "unknown"),
                     FRAGMENT.replace("first", "persistent")):  # fmt: skip
        shown = visit.shown()
        page.evaluate("(there) => { location.hash = there; }", fragment)
        visit.shown_after(shown)
        titles.append(page.title())
    assert len(set(titles)) == len(titles)
    assert all(title.endswith(plain) for title in titles)
    outcome = {"nl": "Uitkomst: Fase 1, Mentor · ", "en": "Outcome: Phase 1, Class mentor · "}[
        language
    ]
    assert titles[4].startswith(outcome.split(",")[0])
    assert not [title for title in titles if "§" in title]


def test_a_story_and_the_start_of_practising_have_their_own_titles(
    site: Site, visiting: Visiting
) -> None:
    visit = visiting()
    page = opened(visit, address(site))
    start = page.title()
    begin(page)
    assert page.title() == f"Verhaal 1 van 5 · {start}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_in_forced_colours_the_answer_that_was_given_looks_unlike_the_others(
    site: Site, visiting: Visiting, scheme: str
) -> None:
    """While one changes it, and where one goes back to it."""
    visit = visiting(forced_colors="active", color_scheme=scheme)
    visit.open(site.guide("cals", "nl", f"{FRAGMENT}&change=happened"))
    visit.wait("[data-guide][data-shown]")
    looks = visit.page.locator(
        '.is-here[data-ask="happened"] .pw-answer:not(.pw-answer--unsure)'
    ).evaluate_all(
        """all => all.map((answer) => {
             const { backgroundColor, borderTopWidth } = getComputedStyle(answer);
             return [answer.ariaCurrent ?? "", `${backgroundColor} ${borderTopWidth}`];
           })"""
    )
    chosen = {look for current, look in looks if current == "true"}
    others = {look for current, look in looks if current != "true"}
    assert len(chosen) == len(others) == 1
    assert chosen.isdisjoint(others)


def test_an_answer_that_is_no_longer_asked_for_is_shown_where_it_counts(
    site: Site, visiting: Visiting
) -> None:
    """At d'Oultremont: new and out of hand, and the team takes over or not; then it is called a relapse."""
    visit = visiting()
    page = visit.page
    fragment = "#red_flag=none&happened=unclear&classes=different&how_often=relapse"
    visit.open(site.guide("doultremont", "nl", f"{fragment}&takes_over=unknown"))
    visit.wait("[data-guide][data-shown] .is-here")
    if page.locator(".is-here[data-outcome]").count() == 0:
        pytest.fail("not an outcome: choose other answers")
    assert page.locator('[data-answered="takes_over"]').count() == 0, (
        "nobody knew; it counts for nothing"
    )
    shown = visit.shown()
    page.evaluate("() => { location.hash = location.hash.replace('over=unknown', 'over=agreed'); }")
    visit.shown_after(shown)
    row = page.locator('.is-here [data-answered="takes_over"]')
    assert "laat weg" in str(row.text_content())
    row.locator("a").evaluate("link => link.click()")
    page.wait_for_url(lambda address: "takes_over" not in address)
