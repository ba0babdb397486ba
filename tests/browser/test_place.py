"""What one reads stays where it is, whatever Python adds above or below it."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Locator

from decision_tree import guide
from decision_tree.outcome import Outcome
from decision_tree.tree import Compiled
from tests.browser.conftest import Hold, Site, Visit

Visiting = Callable[..., Visit]

# A step that Python keeps, read a little below the line that the page keeps in its place.
READ = "(step) => scrollBy(0, step.getBoundingClientRect().top - innerHeight * 0.36)"

TOP = "(part) => part.getBoundingClientRect().top"

# Where a button was, and whether it had the focus, in each frame from the press on.
FOLLOW = """(button) => {
  const seen = (globalThis.frames = []);
  const look = () => {
    const { top, height } = button.getBoundingClientRect();
    seen.push([Math.round(top), height > 0, document.activeElement === button]);
    requestAnimationFrame(look);
  };
  button.addEventListener("click", look, { once: true });
}"""


def longest(compiled: Compiled) -> Outcome:
    """The outcome of most steps."""
    decided = [guide.decide(compiled, way) for way in guide.paths(compiled)]
    return max((o for o in decided if isinstance(o, Outcome)), key=lambda o: len(o.steps))


def fragment(outcome: Outcome) -> str:
    return "#" + urlencode({"red_flag": "none", **outcome.answers})


def step_of(visit: Visit, outcome: Outcome, place: int) -> Locator:
    return visit.page.locator(f'.is-here .pw-check [data-step="{outcome.steps[place].item.id}"]')


def before_python(site: Site, visit: Visit, school: str, outcome: Outcome) -> Hold:
    """This outcome as the page's own links show it; Python waits to be let go."""
    site.faults["manifest.json"] = hold = Hold()
    visit.open(site.guide(school, "nl", fragment(outcome)))
    visit.wait("[data-guide][data-shown] .is-here[data-outcome]")
    visit.page.locator(".is-here .pw-fold").evaluate_all(
        "all => all.forEach((f) => (f.open = true))"
    )
    return hold


@pytest.mark.parametrize("width", [360, 1280])
def test_when_python_comes_the_step_that_one_reads_stays_where_it_is(
    site: Site, visiting: Visiting, schools: dict[str, Compiled], school: str, width: int
) -> None:
    """A tick must not land on another step because lines came in above it."""
    outcome = longest(schools[school])
    visit = visiting(viewport={"width": width, "height": 740})
    hold = before_python(site, visit, school, outcome)
    step = step_of(visit, outcome, len(outcome.steps) // 2)
    step.evaluate(READ)
    before = step.evaluate(TOP)
    hold.free.set()
    visit.python_ready()
    assert visit.page.get_attribute("[data-guide]", "data-driven-by") == "python"
    assert abs(step.evaluate(TOP) - before) <= 1


def test_questions_that_come_amid_what_one_reads_come_folded(
    site: Site, visiting: Visiting, schools: dict[str, Compiled]
) -> None:
    """At the top of the page they stand open; between two lines that one reads they are one tap away."""
    outcome = longest(schools["amsfort"])
    visit = visiting()
    box = visit.page.locator('.is-here [data-extra="refine"]')
    for reading in (False, True):
        hold = before_python(site, visit, "amsfort", outcome)
        if reading:
            step_of(visit, outcome, 0).evaluate(READ)
        hold.free.set()
        visit.python_ready()
        assert box.is_visible()
        assert (box.get_attribute("open") is None) == reading
        visit.open("about:blank")


def test_when_python_comes_what_was_unfolded_and_has_the_focus_stays_so(
    site: Site, visiting: Visiting, schools: dict[str, Compiled]
) -> None:
    visit = visiting()
    hold = before_python(site, visit, "amsfort", longest(schools["amsfort"]))
    answers = visit.page.locator(".is-here [data-trail] summary")
    answers.click()
    hold.free.set()
    visit.python_ready()
    assert visit.page.locator(".is-here [data-trail] details[open]").count() == 1
    assert answers.evaluate("summary => summary === document.activeElement")


def test_an_answer_that_makes_the_list_precise_stays_under_the_finger_with_the_focus(
    site: Site, visiting: Visiting, schools: dict[str, Compiled]
) -> None:
    """In no frame it is gone: what Python showed before stays until it has looked again."""
    visit = visiting()
    visit.open(site.guide("amsfort", "nl", fragment(longest(schools["amsfort"]))))
    visit.python_ready()
    for chip in visit.page.locator(".is-here .pw-chip:visible").all():
        chip.scroll_into_view_if_needed()
        chip.evaluate(FOLLOW)
        shown = visit.page.get_attribute("[data-guide]", "data-shown")
        chip.click()
        visit.wait(f'[data-guide][data-shown]:not([data-shown="{shown}"])')
        frames = visit.page.evaluate("frames")
        assert len({top for top, _, _ in frames}) == 1
        assert all(there and focused for _, there, focused in frames)
