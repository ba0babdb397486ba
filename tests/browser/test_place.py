"""What one reads, and what one presses, stays where it is, whatever comes or goes around it."""

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

# A little below the line that the page keeps in its place.
READ = "(step) => scrollBy(0, step.getBoundingClientRect().top - innerHeight * 0.36)"

TOP = "(part) => part.getBoundingClientRect().top"

# What was pressed: where it was, and whether it had the focus, in each frame from then on.
FOLLOW = """(button) => {
  const seen = (globalThis.frames = []);
  const look = () => {
    const { top, height } = button.getBoundingClientRect();
    seen.push([top, height > 0, document.activeElement === button]);
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


def scrolled(visit: Visit) -> float:
    return float(visit.page.evaluate("scrollY"))


def reader(visit: Visit, value: str) -> Locator:
    """What one presses to read as staff, as a teacher or as a parent."""
    return visit.page.locator(f'.is-here .pw-views label:has([value="{value}"])')


def choose(visit: Visit, value: str) -> None:
    shown = visit.shown()
    reader(visit, value).click()
    visit.shown_after(shown)


def before_python(site: Site, visit: Visit, school: str, outcome: Outcome) -> Hold:
    """This outcome as the page's own links show it; Python waits to be let go."""
    site.faults["manifest-"] = hold = Hold()
    visit.open(site.guide(school, "nl", fragment(outcome)))
    visit.wait("[data-guide][data-shown] .is-here[data-outcome]")
    return hold


def let_go(visit: Visit, hold: Hold) -> None:
    hold.free.set()
    visit.python_ready()
    assert visit.page.get_attribute("[data-guide]", "data-driven-by") == "python"


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("unfolded", [False, True])
def test_when_python_comes_the_step_that_one_reads_stays_where_it_is(
    site: Site, visiting: Visiting, schools: dict[str, Compiled], width: int, unfolded: bool
) -> None:
    """A tick must not land on another step because lines came in above it."""
    outcome = longest(schools["amsfort"])
    visit = visiting(viewport={"width": width, "height": 740})
    hold = before_python(site, visit, "amsfort", outcome)
    if unfolded:
        visit.page.locator(".is-here .pw-fold").evaluate_all(
            "all => all.forEach((f) => (f.open = true))"
        )
    steps = visit.page.locator(".is-here .pw-check > [data-step]:visible")
    step = steps.nth(steps.count() - 1)
    step.evaluate(READ)
    top, before = step.evaluate(TOP), scrolled(visit)
    let_go(visit, hold)
    assert abs(step.evaluate(TOP) - top) <= 1
    assert abs(scrolled(visit) - before) > 50, "nothing came in above it: look at another step"


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
        let_go(visit, hold)
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
    let_go(visit, hold)
    assert visit.page.locator(".is-here [data-trail] details[open]").count() == 1
    assert answers.evaluate("summary => summary === document.activeElement")


@pytest.mark.parametrize("at_the_top", [False, True])
def test_an_answer_that_makes_the_list_precise_stays_under_the_finger_with_the_focus(
    site: Site, visiting: Visiting, schools: dict[str, Compiled], at_the_top: bool
) -> None:
    """In no frame it is gone; the trail above it, unfolded, gets a line more."""
    visit = visiting(viewport={"width": 360, "height": 2400 if at_the_top else 740})
    visit.open(site.guide("amsfort", "nl", fragment(longest(schools["amsfort"]))))
    visit.python_ready()
    visit.page.locator(".is-here [data-trail] summary").click()
    chips = visit.page.locator(".is-here .pw-chip:visible").all()
    assert len(chips) > 3
    for chip in chips:
        chip.scroll_into_view_if_needed()
        chip.evaluate(FOLLOW)
        shown = visit.shown()
        chip.click()
        visit.shown_after(shown)
        assert chip.get_attribute("aria-pressed") == "true"
        frames = visit.page.evaluate("frames")
        tops = [top for top, _, _ in frames]
        assert max(tops) - min(tops) <= 1
        assert all(there and focused for _, there, focused in frames)


def test_what_one_ticks_stays_under_the_finger(
    site: Site, visiting: Visiting, schools: dict[str, Compiled], school: str
) -> None:
    """The headline above the list names the next step, which has more words or fewer."""
    visit = visiting()
    visit.open(site.guide(school, "nl", fragment(longest(schools[school]))))
    visit.python_ready()
    headline = visit.page.locator(".is-here .pw-first.pw-for-staff")
    heights = set()
    for box in visit.page.locator(".is-here .pw-check > [data-step]:visible input").all():
        box.scroll_into_view_if_needed()
        before = box.evaluate(TOP)
        box.check()
        assert abs(box.evaluate(TOP) - before) <= 1
        heights.add(headline.evaluate("line => line.offsetHeight"))
    assert len(heights) > 1, "the headline never changed its height: pick another outcome"


@pytest.mark.parametrize("view", ["teacher", "parent"])
def test_whoever_chooses_as_whom_they_read_keeps_the_choice_under_the_finger(
    site: Site, visiting: Visiting, schools: dict[str, Compiled], view: str
) -> None:
    """What stands above it is another reader's at once, the headline too."""
    visit = visiting(viewport={"width": 360, "height": 500})
    visit.open(site.guide("amsfort", "nl", fragment(longest(schools["amsfort"]))))
    visit.python_ready()
    for chosen in (view, "staff"):
        label = reader(visit, chosen)
        label.evaluate(READ)
        before = label.evaluate(TOP)
        choose(visit, chosen)
        assert abs(label.evaluate(TOP) - before) <= 1


def test_as_whom_one_reads_goes_along_in_every_link_also_on_the_way_back(
    site: Site, visiting: Visiting, schools: dict[str, Compiled]
) -> None:
    """Back at an address that says nothing of a reader, then reading as staff again."""
    visit = visiting()
    first = longest(schools["amsfort"])
    visit.open(site.guide("amsfort", "nl", fragment(first)))
    visit.python_ready()
    shown = visit.shown()
    visit.page.evaluate("(there) => { location.hash = there; }", fragment(first) + "&case=running")
    visit.shown_after(shown)
    choose(visit, "teacher")
    shown = visit.shown()
    visit.page.go_back()
    visit.shown_after(shown)
    assert reader(visit, "teacher").locator("input").is_checked()
    choose(visit, "staff")
    links = visit.page.locator(".is-here [data-trail] a").evaluate_all(
        "all => all.map((a) => a.hash)"
    )
    assert links
    assert not any("view=" in link for link in links)


def test_when_python_fails_later_the_list_stays_and_the_focus_is_on_the_page(
    site: Site, visiting: Visiting, schools: dict[str, Compiled]
) -> None:
    """The questions that only Python can use go away, with the one that was pressed."""
    visit = visiting()
    outcome = longest(schools["amsfort"])
    visit.open(site.guide("amsfort", "nl", fragment(outcome)))
    visit.python_ready()
    visit.page.locator(".is-here .pw-chip:visible").first.focus()
    shown = visit.shown()
    for worker in visit.page.workers:
        worker.evaluate("self.postMessage({ failed: 'made to fail' })")
    visit.wait('[data-guide][data-python="failed"]')
    visit.shown_after(shown)
    assert visit.page.evaluate("document.activeElement.closest('.is-here') !== null")
    assert visit.page.locator(".is-here .pw-chip:visible").count() == 0
    assert step_of(visit, outcome, 0).is_visible()


def test_when_python_comes_the_menu_at_the_foot_stays_under_the_finger(
    site: Site, visiting: Visiting, schools: dict[str, Compiled]
) -> None:
    """On a phone the school's pages stand below the guide."""
    visit = visiting()
    hold = before_python(site, visit, "amsfort", longest(schools["amsfort"]))
    link = visit.page.locator(".pw-school a").nth(2)
    link.evaluate(READ)
    top, before = link.evaluate(TOP), scrolled(visit)
    let_go(visit, hold)
    assert abs(link.evaluate(TOP) - top) <= 1
    assert abs(scrolled(visit) - before) > 50
