"""Dates and the calendar file: a day that cannot be counted from leaves nothing old, and claims nothing."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Download, Page, expect

from decision_tree.calendar import FIRST_DAY, LAST_DAY
from tests.browser.conftest import PATIENCE, Site, Visit

Visiting = Callable[..., Visit]
SCHOOL = "cals"
FRAGMENT = "#red_flag=none&happened=online&how_often=first&classes=same"
MADE = {"nl": "Zet in mijn agenda", "en": "Add to my calendar"}
REFUSED = {"nl": "Vanaf die dag kunnen wij niet tellen.", "en": "We cannot count from that day."}


def arrive(site: Site, visit: Visit, language: str = "nl", fragment: str = FRAGMENT) -> Page:
    visit.open(site.guide(SCHOOL, language, fragment))
    visit.python_ready()
    visit.page.locator(".is-here [data-date]:visible").first.wait_for()
    return visit.page


def start(page: Page, day: str) -> None:
    """Set the day as a browser does in which the field is plain text, so that any day can be typed."""
    field = page.locator(".is-here [data-start-day]")
    field.evaluate("field => (field.type = 'text')")
    field.fill(day)
    field.dispatch_event("change")


def make(page: Page) -> Download:
    with page.expect_download() as download:
        page.locator('.is-here [data-do="calendar"]').click()
    return download.value


def uids(download: Download) -> list[str]:
    text = download.path().read_text(encoding="utf-8")
    return re.findall(r"UID:(\w+)", text)


@pytest.mark.parametrize("spoken", ["nl", "en"])
@pytest.mark.parametrize("day", ["9999-12-31", "12026-01-05", "275760-09-13", "1926-11-23"])
def test_a_day_that_cannot_be_counted_from_leaves_no_old_date_and_no_claim(
    site: Site, visiting: Visiting, spoken: str, day: str
) -> None:
    """Also after a file was made: what stood beside the button is no longer so."""
    page = arrive(site, visiting(), spoken)
    make(page)
    told = page.locator('.is-here [data-extra="dates"] [data-told]')
    expect(told).not_to_be_empty(timeout=PATIENCE)
    start(page, day)
    expect(told).to_contain_text(REFUSED[spoken], timeout=PATIENCE)
    assert (
        page.locator(".is-here [data-date]:visible, .is-here [data-dates-note]:visible").count()
        == 0
    )
    downloads: list[Download] = []
    page.on("download", lambda made: downloads.append(made))
    page.get_by_role("button", name=MADE[spoken]).click()
    expect(told).to_contain_text(REFUSED[spoken], timeout=PATIENCE)
    assert downloads == []
    start(page, "2026-11-23")
    page.locator(".is-here [data-date]:visible").first.wait_for()
    expect(told).to_be_empty(timeout=PATIENCE)


def test_the_field_takes_just_the_days_that_python_takes(site: Site, visiting: Visiting) -> None:
    """Two places that must agree: the page's field and the engine's bounds."""
    page = arrive(site, visiting())
    field = page.locator(".is-here [data-start-day]")
    assert field.get_attribute("min") == FIRST_DAY.isoformat()
    assert field.get_attribute("max") == LAST_DAY.isoformat()


@pytest.mark.parametrize(
    ("spoken", "words"),
    [("nl", "Vakanties en feestdagen zijn niet meegeteld"), ("en", "Holidays are not taken into")],
)
def test_beside_every_date_stands_that_the_school_may_be_closed(
    site: Site, visiting: Visiting, spoken: str, words: str
) -> None:
    """On Christmas Day as on any other: the page knows no school's holidays. On paper it stands there too."""
    page = arrive(site, visiting(), spoken)
    start(page, "2026-11-27")
    date = page.locator(".is-here [data-date]", has_text="25 dec")
    date.wait_for()
    note = page.locator(".is-here [data-dates-note]")
    assert words in note.inner_text()
    page.emulate_media(media="print")
    assert note.is_visible()
    assert date.is_visible()


def test_another_day_for_the_same_pupil_moves_the_event_and_another_pupil_gets_one_of_their_own(
    site: Site, visiting: Visiting
) -> None:
    """The page remembers a secret for as long as one case is open, and no longer."""
    visit = visiting()
    page = arrive(site, visit)
    first = uids(make(page))
    start(page, "2026-11-24")
    page.locator(".is-here [data-date]", has_text="december 2026").first.wait_for()
    assert uids(make(page)) == first
    page.evaluate("location.hash = '#start'")
    visit.wait("#start.is-here")
    page.evaluate("fragment => (location.hash = fragment)", FRAGMENT)
    visit.wait(".is-here[data-outcome]")
    page.locator(".is-here [data-date]:visible").first.wait_for()
    other = uids(make(page))
    assert len(other) == len(first)
    assert not set(other) & set(first)


def test_where_python_falls_away_the_button_says_so(site: Site, visiting: Visiting) -> None:
    """A date that Python gave stays only as long as Python answers for it."""
    page = arrive(site, visiting())
    page.evaluate(
        """() => {
          const post = Worker.prototype.postMessage;
          Worker.prototype.postMessage = function (message) {
            if (message.call === "calendar") this.dispatchEvent(new MessageEvent("message", { data: { id: message.id, error: "no" } }));
            else post.call(this, message);
          };
        }"""
    )
    start(page, "2026-11-24")
    told = page.locator('.is-here [data-extra="dates"] [data-told]')
    expect(told).to_contain_text("De data lukken nu niet", timeout=PATIENCE)
    assert page.locator(".is-here [data-date]:visible").count() == 0
