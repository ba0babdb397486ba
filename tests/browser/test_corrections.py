"""Online everyone reads the newest version, whatever is kept; old and new never mix."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Handler, Hold, Site, Visit, missing
from tests.browser.test_faults import FRAGMENT, SCHOOL
from tests.browser.versions import (
    KEEPS,
    kept,
    page_of,
    publish_again,
    restyle,
    rewrite,
    take_down,
    taken,
    visited,
)

Visiting = Callable[..., Visit]

PAGES = (
    "", "nu-gevaar/", "hulplijnen/", "mijn-school-staat-er-niet-bij/", f"scholen/{SCHOOL}/",
    *(f"scholen/{SCHOOL}/{page}/" for page in ("wijzer", "protocol", "ouders", "bronnen", "oefenen")),
)  # fmt: skip
"""All that is kept of what one reads, in Dutch; the English is beside it."""

HEADING = "</h1>"
CORRECTED = ", verbeterd</h1>"
REFRESH = "Vernieuwen"


@pytest.fixture
def visit(own_site: Site, visiting: Visiting) -> Visit:
    """Someone who has opened the guide once, until all of it was kept."""
    return visited(own_site, visiting(expect_complaints=True, **KEEPS), SCHOOL)


def correct(site: Site, *paths: str) -> str:
    """Publish a version in which these pages say something else; its name."""
    for path in paths:
        rewrite(page_of(site, path), HEADING, CORRECTED)
    return publish_again(site)


def refuse_new_worker(site: Site) -> None:
    """The old one goes on answering."""
    site.faults[r"/sw\.js"] = missing


def test_a_correction_is_read_at_the_next_visit_online_on_every_page(
    own_site: Site, visit: Visit
) -> None:
    """In the same tab, in another, and in both languages, while the old version is still kept."""
    pages = [folder + page for page in PAGES for folder in ("", "en/")]
    correct(own_site, *pages)
    refuse_new_worker(own_site)
    other = visit.context.new_page()
    for page in (visit.page, other):
        for path in pages:
            page.goto(own_site.root + path)
            expect(page.locator("h1").first).to_contain_text("verbeterd")


def test_a_corrected_number_is_the_one_that_is_kept_from_then_on(
    own_site: Site, visit: Visit
) -> None:
    """Nobody has to press anything for that."""
    number = "0800-2000"
    rewrite(page_of(own_site, "hulplijnen"), number, "0800-2001")
    version = publish_again(own_site)
    visit.open(own_site.root + "hulplijnen/")
    expect(visit.page.locator("#veilig-thuis b")).to_have_text("0800-2001")
    taken(visit.page, version)
    take_down(own_site)
    visit.open(own_site.root + "hulplijnen/")
    expect(visit.page.locator("#veilig-thuis b")).to_have_text("0800-2001")
    visit.open(own_site.guide(SCHOOL, "nl", FRAGMENT))
    visit.python_ready()  # what was kept before is kept again


def test_offline_the_kept_version_stays_whole(own_site: Site, visit: Visit) -> None:
    """Also after the new one was seen, as long as that could not be kept."""
    restyle(own_site)
    correct(own_site, "nu-gevaar")
    refuse_new_worker(own_site)
    visit.open(own_site.root + "nu-gevaar/")
    expect(visit.page.locator("h1")).to_contain_text("verbeterd")
    assert "of-tomorrow" in all_rules(visit.page)
    take_down(own_site)
    visit.open(own_site.root + "nu-gevaar/")
    expect(visit.page.locator("h1")).not_to_contain_text("verbeterd")
    assert "of-tomorrow" not in all_rules(visit.page)


def all_rules(page: Page) -> str:
    """The text of every style sheet that this page got."""
    return str(page.evaluate(
        "[...document.styleSheets].flatMap((s) => [...s.cssRules].map((r) => r.cssText)).join(' ')"
    ))  # fmt: skip


def test_a_page_that_was_open_keeps_the_files_of_its_version(own_site: Site, visit: Visit) -> None:
    """While another tab has the new version, and has already put it in the place of the old."""
    visit.open(own_site.root + "nu-gevaar/")  # from what is kept, so it is noted
    asks = f'fetch("/assets/{restyle(own_site)}").then((response) => response.text())'
    version = correct(own_site, "nu-gevaar")
    other = visit.context.new_page()
    other.goto(own_site.root + "nu-gevaar/")
    taken(other, version)
    assert "of-tomorrow" not in visit.page.evaluate(asks)
    assert "of-tomorrow" in all_rules(other)
    own_site.asked.clear()
    visit.page.goto(own_site.root + "nu-gevaar/")
    expect(visit.page.locator("h1")).to_contain_text("verbeterd")
    assert "of-tomorrow" in all_rules(visit.page)
    assert own_site.asked.count("/nu-gevaar/") == 0  # kept, and the same as the host has


def test_only_a_page_that_is_old_offers_to_be_loaded_anew(own_site: Site, visit: Visit) -> None:
    """The guide that was open does; the one that comes new does not, nor a page that is the same."""
    visit.open("about:blank")  # the very first visit came before there was a worker
    visit.open(own_site.guide(SCHOOL, "nl", FRAGMENT))
    visit.python_ready()
    danger = visit.context.new_page()
    danger.goto(own_site.root + "nu-gevaar/")
    version = correct(own_site, f"scholen/{SCHOOL}/wijzer")
    other = visit.context.new_page()
    other.goto(own_site.guide(SCHOOL, "nl", FRAGMENT))
    taken(other, version)
    other.wait_for_selector(f'[data-guide][data-offline~="school/{SCHOOL}"]', state="attached")
    notice = visit.page.get_by_role("button", name=REFRESH)
    notice.wait_for()
    expect(visit.page.locator("h1")).not_to_contain_text("verbeterd")
    expect(other.get_by_role("button", name=REFRESH)).to_have_count(0)
    expect(danger.locator("[data-newer]")).to_be_hidden()
    notice.click()
    expect(visit.page.locator("h1")).to_contain_text("verbeterd")
    visit.wait(".is-here[data-outcome]")


def test_a_page_that_was_kept_says_so_when_a_slow_host_turns_out_to_have_another(
    own_site: Site, visit: Visit
) -> None:
    """The host's answer came too late, so the kept page was shown: it must not stay unnoticed."""
    version = correct(own_site, "nu-gevaar")
    hold = own_site.faults[r"/version\.txt"] = Hold()
    visit.open(own_site.root + "nu-gevaar/")
    expect(visit.page.locator("h1")).not_to_contain_text("verbeterd")
    taken(visit.page, version)
    hold.free.set()
    notice = visit.page.locator("[data-newer]")
    expect(notice).to_be_visible()
    notice.get_by_role("button", name=REFRESH).click()
    expect(visit.page.locator("h1")).to_contain_text("verbeterd")
    expect(notice).to_be_hidden()


def test_a_host_that_says_nothing_holds_up_no_kept_page(own_site: Site, visit: Visit) -> None:
    """A dead Wi-Fi accepts what is asked and never answers; the number must come all the same."""
    hold = own_site.faults["."] = Hold()
    for path in ("nu-gevaar/", "hulplijnen/", f"scholen/{SCHOOL}/wijzer/"):
        visit.open(own_site.root + path)
        expect(visit.page.locator("h1").first).to_be_visible()
    hold.free.set()


def out_of_order(handler: Handler) -> bool:
    """The host is there, and cannot answer."""
    handler.send_error(503)
    return True


@pytest.mark.parametrize("pattern", [r"/nu-gevaar/", r"."], ids=["the page", "everything"])
def test_a_host_that_is_out_of_order_takes_no_kept_page_away(
    own_site: Site, visit: Visit, pattern: str
) -> None:
    correct(own_site, "nu-gevaar")
    own_site.faults[pattern] = out_of_order
    refuse_new_worker(own_site)
    visit.open(own_site.root + "nu-gevaar/")
    expect(visit.page.locator("h1")).to_be_visible()
    expect(visit.page.locator("h1")).not_to_contain_text("verbeterd")
    expect(visit.page.get_by_role("link", name="112").first).to_be_visible()


def test_a_page_that_was_taken_away_is_gone_for_who_kept_it_too(
    own_site: Site, visit: Visit
) -> None:
    """Else a page that should no longer be read would be."""
    for file in page_of(own_site, f"scholen/{SCHOOL}/bronnen").parent.iterdir():
        file.unlink()
    publish_again(own_site)
    refuse_new_worker(own_site)
    response = visit.page.goto(f"{own_site.root}scholen/{SCHOOL}/bronnen/")
    assert response
    assert response.status == 404


def test_a_kept_page_that_is_the_newest_asks_the_host_for_its_version_only(
    own_site: Site, visit: Visit
) -> None:
    """One short answer, and the page with all its files is there."""
    kept(visit.page, "safety")
    visit.open("about:blank")
    own_site.asked.clear()
    visit.open(own_site.root + "nu-gevaar/")
    expect(visit.page.locator("h1")).to_be_visible()
    assert set(own_site.asked) <= {"/version.txt", "/sw.js"}
