"""For everyone: screen readers, keyboards, narrow screens, large text, paper."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from decision_tree.protocol import Language
from decision_tree.tree import Compiled
from tests.axe import complaints_of_axe
from tests.browser.conftest import Hold, Site, Visit, missing
from tests.browser.test_faults import CASE, FRAGMENT, answer, handle_the_case

Visiting = Callable[..., Visit]

SCREENS = {
    "red flags": "#start",
    "a red-flag card": "#red_flag=images",
    "not sure": "#red_flag=unknown",
    "a question": "#red_flag=none",
    "a question that is changed": f"{FRAGMENT}&change=happened",
    "an outcome": FRAGMENT,
    "an outcome with assumptions": "#red_flag=none&happened=unknown&how_often=unknown&classes=unknown",
    "an outcome for parents": f"{FRAGMENT}&view=parent",
    "an outcome for the mentor": f"{FRAGMENT}&view=teacher",
    "a question after a red flag": "#red_flag=none&seen=images",
    "a clean start": "#happened=nonsense",
}


def open_screen(visit: Visit, address: str) -> None:
    """Go to a screen, with Python there, and unfold all of it."""
    before = visit.shown() if visit.page.url != "about:blank" else None
    visit.open(address)
    visit.python_ready()
    visit.shown_after(before)
    visit.page.locator(".is-here details").evaluate_all(
        "all => all.forEach((d) => (d.open = true))"
    )


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_on_any_kind_of_screen(
    site: Site, visiting: Visiting, language: Language, width: int
) -> None:
    """Everything that folds is open; in dark, which has no words, in one language per screen."""
    dark = (language == "nl") == (width == 360)
    visit = visiting(viewport={"width": width, "height": 800})
    found = {}
    for screen, fragment in SCREENS.items():
        open_screen(visit, site.guide("cals", language, fragment))
        found[screen] = complaints_of_axe(visit.page, dark=dark)
    assert found == {screen: [] for screen in SCREENS}


def test_axe_finds_nothing_without_scripts_of_ours(
    site: Site, visiting: Visiting, schools: dict[str, Compiled], school: str
) -> None:
    """The page as it comes, with all its screens; and an outcome, of which axe sees no more than we."""
    outcome = schools[school].tree.nodes[0].name
    site.faults[r"/guide--.*\.mjs"] = missing
    visit = visiting(expect_complaints=True)
    visit.open(site.guide(school))
    assert complaints_of_axe(visit.page, dark=False) == []
    visit.open(site.guide(school, "nl", f"#{outcome}"))
    visit.page.locator(f"#{outcome}").wait_for()
    visit.page.evaluate(
        """() => { for (const screen of document.querySelectorAll("[data-guide] > *"))
                     if (screen.checkVisibility() === false) screen.remove(); }"""
    )
    assert complaints_of_axe(visit.page, dark=False) == []


def test_at_320_pixels_nothing_scrolls_sideways(
    site: Site, visiting: Visiting, language: Language
) -> None:
    visit = visiting(viewport={"width": 320, "height": 640})
    for fragment in SCREENS.values():
        open_screen(visit, site.guide("cals", language, fragment))
        assert_fits(visit.page)


def test_at_320_pixels_no_question_of_any_school_scrolls_sideways(
    site: Site, visiting: Visiting, school: str
) -> None:
    """All screens of the page at once, as print or an old browser might show them."""
    visit = visiting(viewport={"width": 320, "height": 640}, java_script_enabled=False)
    visit.open(site.guide(school))
    visit.page.evaluate(
        "for (const s of document.querySelectorAll('[data-guide] > *')) s.style.display = 'block'"
    )
    assert_fits(visit.page)


def assert_fits(page: Page) -> None:
    wide = page.evaluate(
        """() => {
             const wide = document.documentElement.clientWidth;
             return [...document.querySelectorAll("article *")]
               .filter((e) => e.getBoundingClientRect().right > wide + 1 && e.getClientRects().length)
               .filter((e) => getComputedStyle(e).clipPath === "none" && !e.closest(".pw-guide__title, .pw-status"))
               .map((e) => e.outerHTML.slice(0, 120));
           }"""
    )
    assert wide == []
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")


def test_what_a_thumb_taps_is_at_least_44_pixels_high(site: Site, visiting: Visiting) -> None:
    visit = visiting()
    for fragment in ("#start", "#red_flag=none", FRAGMENT):
        open_screen(visit, site.guide("cals", "nl", fragment))
        small = visit.page.evaluate(
            """() => [...document.querySelectorAll(".is-here .pw-answer, .is-here button, .is-here .pw-views label, .is-here summary, .pw-exit a, .is-here .pw-trail a, .pw-back a")]
                 .filter((e) => e.getClientRects().length && e.getBoundingClientRect().height < 43.5)
                 .map((e) => `${e.outerHTML.slice(0, 80)} ${e.getBoundingClientRect().height}`)"""
        )
        assert small == []


def test_the_guide_can_be_walked_by_keyboard_alone(site: Site, visiting: Visiting) -> None:
    """Tab to an answer, Enter; the focus is on the next heading, and the answers are the next stops."""
    visit = visiting()
    visit.open(site.guide("cals"))
    visit.wait("[data-guide][data-shown]")
    page = visit.page
    for question, given in {"red_flag": "none", **CASE}.items():
        for _ in range(60):
            page.keyboard.press("Tab")
            here = page.evaluate(
                "[document.activeElement.dataset.q, document.activeElement.dataset.a]"
            )
            if here == [question, given]:
                break
        else:
            pytest.fail(f"no Tab leads to {question}={given}")
        visible = page.evaluate("document.activeElement.matches(':focus-visible')")
        assert visible
        page.keyboard.press("Enter")
        visit.wait(f'.is-here:not([data-ask="{question}"]) h2:focus')
    assert page.locator(".is-here h2").evaluate("h => h === document.activeElement")
    page.keyboard.press("Tab")
    assert page.evaluate("Boolean(document.activeElement.closest('.is-here'))")


def test_the_focus_stays_where_it_is_when_python_takes_over(site: Site, visiting: Visiting) -> None:
    site.faults["manifest-"] = hold = Hold()
    visit = visiting()
    visit.open(site.guide("cals", "nl", "#red_flag=none"))
    link = visit.page.locator('.is-here a[data-a="online"]')
    link.focus()
    hold.free.set()
    visit.wait('[data-guide][data-driven-by="python"]')
    assert link.evaluate("a => a === document.activeElement")


def test_a_red_flag_chosen_by_keyboard_takes_the_focus_to_its_card(
    site: Site, visiting: Visiting
) -> None:
    visit = visiting()
    visit.open(site.guide("cals"))
    visit.wait("[data-guide][data-shown]")
    visit.page.locator('.is-here a[data-a="danger"]').focus()
    visit.page.keyboard.press("Enter")
    visit.wait("#vlag-danger.is-here h2:focus")


def test_each_new_screen_is_announced(site: Site, visiting: Visiting) -> None:
    visit = visiting()
    visit.open(site.guide("cals"))
    visit.wait("[data-guide][data-shown]")
    said: list[str] = []
    status = visit.page.locator("[data-status]")
    for question, given in {"red_flag": "none", **CASE}.items():
        before = visit.shown()
        answer(visit.page, question, given)
        visit.shown_after(before)
        visit.wait(f'.is-here:not([data-ask="{question}"]) h2:focus')
        said.append(status.inner_text())
    assert said == [
        "Vraag 1 van hooguit 3",
        "Vraag 2 van hooguit 3",
        "Vraag 3 van hooguit 3",
        "Uitkomst",
    ]


def test_help_and_the_way_out_are_on_every_screen(site: Site, visiting: Visiting) -> None:
    visit = visiting()
    for fragment in SCREENS.values():
        visit.open("about:blank")
        visit.open(site.guide("cals", "nl", fragment))
        visit.wait("[data-guide][data-shown]")
        assert visit.page.locator("[data-exit]").is_visible()
        assert visit.page.locator(".pw-safety a").is_visible()
        assert visit.page.get_by_role("link", name="alle hulplijnen").is_visible()
        assert visit.page.get_by_role("link", name="toch gevaar?").is_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_on_a_phone_the_way_out_hides_nothing_that_can_be_tapped(
    site: Site, visiting: Visiting, scripts: bool
) -> None:
    """It is a strip as wide as the screen: nothing peeps out beside it, and at the end of the page
    everything stands above it."""
    visit = visiting(java_script_enabled=scripts)
    for place in ("scholen/cals/wijzer/", "scholen/cals/ouders/", "nu-gevaar/"):
        visit.open(site.root + place)
        if scripts and "wijzer" in place:
            visit.wait("[data-guide][data-shown]")
        way_out = visit.page.locator("[data-exit]")
        strip = way_out.bounding_box()
        assert strip
        assert (strip["x"], strip["width"], strip["y"] + strip["height"]) == (0, 360, 740)
        assert 43.5 <= strip["height"] <= 60
        visit.page.mouse.wheel(0, 1_000_000)
        last = visit.page.locator(".pw-foot a").last
        last.scroll_into_view_if_needed()
        end = visit.page.locator(".pw-foot li:visible").last.bounding_box()
        assert end
        assert end["y"] + end["height"] <= strip["y"]


def test_the_skip_link_keeps_the_answers(site: Site, visiting: Visiting) -> None:
    visit = visiting()
    visit.open(site.guide("cals", "nl", FRAGMENT))
    visit.wait(".is-here[data-outcome]")
    target = visit.page.locator(".pw-skip").get_attribute("href")
    visit.page.locator(".pw-skip").focus()
    visit.page.keyboard.press("Enter")
    assert visit.page.url.endswith(FRAGMENT)
    assert f"#{visit.page.evaluate('document.activeElement.id')}" == target


def test_on_paper_an_outcome_has_no_buttons_and_no_other_screens(
    site: Site, visiting: Visiting
) -> None:
    visit = visiting()
    open_screen(visit, site.guide("cals", "nl", FRAGMENT))
    visit.page.emulate_media(media="print")
    assert visit.page.locator(".is-here h2").is_visible()
    assert visit.page.locator("[data-screen]:visible").count() == 1
    assert visit.page.locator("[data-guide] button:visible").count() == 0


LONG = "#red_flag=none&happened=bullying&how_often=repeats-and-persists&classes=same"


def test_of_a_long_list_only_the_first_steps_stand_open_and_on_paper_all(
    site: Site, visiting: Visiting
) -> None:
    visit = visiting()
    visit.open(site.guide("alasca", "nl", f"{LONG}&coordinator=not-involved"))
    visit.wait(".is-here[data-outcome]")
    groups = visit.page.locator(".is-here [data-steps]")
    assert groups.count() > 2
    shown = "all => all.map((g) => g.querySelector('li label').checkVisibility({contentVisibilityAuto: true}))"
    assert groups.evaluate_all(shown) == [True] + [False] * (groups.count() - 1)
    groups.nth(1).locator("summary").press("Enter")
    assert groups.evaluate_all(shown)[1] is True
    visit.page.emulate_media(media="print")
    assert all(groups.evaluate_all(shown))


def test_the_mentors_own_list_stands_open(site: Site, visiting: Visiting) -> None:
    """It is short, whatever the length of the whole."""
    visit = visiting()
    visit.open(site.guide("alasca", "nl", f"{LONG}&coordinator=not-involved"))
    visit.wait(".is-here[data-outcome]")
    assert visit.page.locator(".is-here .pw-fold[open]").count() == 0
    visit.page.locator('.is-here .pw-views input[value="teacher"]').check()
    assert visit.page.locator(".is-here .pw-fold:not([open])").count() == 0


def test_a_short_list_is_never_folded(site: Site, visiting: Visiting) -> None:
    visit = visiting()
    visit.open(site.guide("cals", "nl", FRAGMENT))
    visit.wait(".is-here[data-outcome]")
    assert visit.page.locator(".is-here .pw-fold").count() == 0


def test_forced_colours_and_large_text_keep_every_answer_readable(
    site: Site, visiting: Visiting
) -> None:
    visit = visiting(
        forced_colors="active", reduced_motion="reduce", viewport={"width": 640, "height": 800}
    )
    visit.open(site.guide("cals"))
    visit.wait("[data-guide][data-shown]")
    handle_the_case(visit)
    assert visit.page.locator(".is-here .pw-first:visible").count() == 1
