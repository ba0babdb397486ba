"""One tap, one answer: the second tap of a double tap never answers what the first one brought up."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import CDPSession

from tests.browser.conftest import Site, Visit, missing
from tests.browser.test_practice import address, begin, opened

Visiting = Callable[..., Visit]

# What a tap could reach in what is new: looked for all over the window.
WITHIN_REACH = """() => {
  const found = new Set();
  for (let x = 6; x < innerWidth; x += 12) {
    for (let y = 6; y < innerHeight; y += 12) {
      const there = document.elementFromPoint(x, y)?.closest("main :is(a, button, input, label, summary, [role=button])");
      if (there) found.add(there.textContent.trim().slice(0, 60));
    }
  }
  return [...found];
}"""

ANYWHERE = "document.elementFromPoint(innerWidth / 2, innerHeight / 2).closest('main') !== null"

SCREENS = [(360, 640), (412, 915), (1280, 800)]


@dataclass
class Moment:
    """The moment after a change of screens, as long as a test wants it: no clock decides."""

    visit: Visit
    session: CDPSession

    @classmethod
    def of(cls, visit: Visit) -> Moment:
        session = visit.context.new_cdp_session(visit.page)
        session.send("Animation.enable")
        return cls(visit, session)

    def holds(self) -> None:
        self.session.send("Animation.setPlaybackRate", {"playbackRate": 0})

    def passes(self) -> None:
        self.session.send("Animation.setPlaybackRate", {"playbackRate": 1})
        if self.visit.page.evaluate("Boolean(document.querySelector('.is-driven, .pw-practice'))"):
            self.visit.takes_taps()


# Each way from one screen to the next: from this address, by this press.
CHANGES = {
    "start to question": ("", '#start a[data-a="none"]'),
    "start to card": ("", '#start a[data-a="images"]'),
    "start to all cards": ("", '#start a[data-a="unknown"]'),
    "one card in short to the next": ("#red_flag=unknown", "#twijfel-danger [data-to-part]"),
    "card to question": ("#red_flag=images", "#vlag-images a[data-seen]"),
    "card to list": ("#red_flag=images", "#vlag-images a[data-start]"),
    "question to question": ("#red_flag=none", '.is-here a[data-a="online"]'),
    "question back": ("#red_flag=none&happened=online", ".is-here [data-back]"),
    "question to outcome": (
        "#red_flag=none&happened=online&how_often=first",
        '.is-here a[data-a="same"]',
    ),
    "the step that was done to the next": (
        "#red_flag=none&happened=online&how_often=first&classes=same",
        '.is-here [data-do="done"]',
    ),
    "outcome to another try": (
        "#red_flag=none&happened=online&how_often=first&classes=same",
        ".is-here [data-back]",
    ),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize(("width", "height"), SCREENS)
def test_for_a_moment_after_each_change_of_screens_no_tap_reaches_anything(
    site: Site, visiting: Visiting, change: str, width: int, height: int
) -> None:
    """Wherever the finger is; 112 and the way out above and below can always be tapped."""
    site.faults["manifest-"] = missing
    fragment, press = CHANGES[change]
    visit = visiting(viewport={"width": width, "height": height}, expect_complaints=True)
    visit.open(site.guide("cals", "nl", fragment))
    visit.wait("[data-guide][data-shown]")
    visit.takes_taps()
    moment = Moment.of(visit)
    moment.holds()
    visit.page.locator(press).click()
    visit.wait("body[data-settling]")
    assert visit.page.evaluate(WITHIN_REACH) == []
    visit.page.locator(".pw-safety a").click(trial=True)
    visit.page.locator("[data-exit]").click(trial=True)
    assert not visit.page.evaluate(ANYWHERE)
    moment.passes()
    assert visit.page.evaluate(ANYWHERE)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_second_tap_at_the_same_place_answers_nothing(
    site: Site, visiting: Visiting, scripts: bool
) -> None:
    """At d'Oultremont on a phone, two taps on *none of this* gave an outcome."""
    for width, height in SCREENS:
        visit = visiting(java_script_enabled=scripts, viewport={"width": width, "height": height})
        visit.open(site.guide("doultremont"))
        if scripts:
            visit.wait("[data-guide][data-shown]")
        none = visit.page.locator('#start a[data-a="none"]')
        none.click(trial=True)  # once it can be tapped
        place = none.bounding_box()
        assert place
        finger = (place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
        moment = Moment.of(visit)
        moment.holds()
        visit.page.mouse.click(*finger)
        visit.page.wait_for_url(re.compile("#."))
        question = visit.page.url
        visit.page.mouse.click(*finger)
        visit.page.mouse.click(*finger, click_count=2)
        visit.page.mouse.move(1, 1)
        assert visit.page.evaluate("location.href") == question


def test_a_key_answers_the_next_screen_at_once(site: Site, visiting: Visiting) -> None:
    visit = visiting()
    visit.open(site.guide("cals"))
    visit.wait("[data-guide][data-shown]")
    Moment.of(visit).holds()
    for fragment, chosen in {"#red_flag=none": "none", "happened=online": "online"}.items():
        visit.page.locator(f'.is-here a[data-a="{chosen}"]').focus()
        visit.page.keyboard.press("Enter")
        visit.page.wait_for_url(f"**{fragment}")
    assert visit.page.evaluate("'settling' in document.body.dataset")


def test_the_second_click_of_a_slow_double_click_is_none(site: Site, visiting: Visiting) -> None:
    """Some let their device wait a second for it; it tells the page which click it takes it for."""
    visit = visiting()
    visit.open(site.guide("cals"))
    visit.wait("[data-guide][data-shown]")
    visit.page.locator('#start a[data-a="none"]').click()
    visit.page.wait_for_url("**#red_flag=none")
    visit.takes_taps()
    answer = visit.page.locator('.is-here a[data-a="online"]')
    answer.dispatch_event("click", {"detail": 2, "button": 0})
    assert visit.page.url.endswith("#red_flag=none")
    answer.dispatch_event("click", {"detail": 1, "button": 0})
    visit.page.wait_for_url("**happened=online")


def test_whoever_wants_less_motion_is_kept_from_a_second_tap_as_well(
    site: Site, visiting: Visiting
) -> None:
    visit = visiting(java_script_enabled=False, reduced_motion="reduce")
    visit.open(site.guide("cals"))
    visit.page.locator('#start a[data-a="none"]').click(trial=True)
    Moment.of(visit).holds()
    visit.page.locator('#start a[data-a="none"]').click()
    visit.page.wait_for_url(re.compile("#."))
    assert visit.page.evaluate(WITHIN_REACH) == []


def test_in_a_story_no_tap_reaches_the_question_that_has_just_come_up(
    site: Site, visiting: Visiting
) -> None:
    """After the tapping, after each answer, and on the next story."""
    visit = visiting()
    begin(opened(visit, address(site)))
    ready = visit.page.locator(".pw-play > .pw-button--main")
    ready.click(trial=True)
    moment = Moment.of(visit)
    moment.holds()
    ready.click()
    visit.wait("body[data-settling] .pw-ask")
    assert visit.page.evaluate(WITHIN_REACH) == []
    moment.passes()
    first = visit.page.locator(".pw-ask .pw-answer").first
    first.click(trial=True)
    moment.holds()
    first.click()
    visit.wait("body[data-settling] .pw-feedback")
    assert visit.page.evaluate(WITHIN_REACH) == []
    moment.passes()
