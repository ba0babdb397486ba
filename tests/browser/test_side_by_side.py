"""Protocols side by side: chosen in the table, drawn from each school's own page."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Page

from .conftest import Site, Visit, missing

Visiting = Callable[..., Visit]
COLUMNS = "details[data-point='parents'] .pw-card"


def address(site: Site, language: str = "nl", fragment: str = "") -> str:
    return f"{site.root}{'en/' if language == 'en' else ''}vergelijken/{fragment}"


def choose(page: Page, *schools: str) -> None:
    for school in schools:
        page.check(f"[data-pick] input[value='{school}']")


def test_each_column_says_what_the_schools_own_page_says(
    site: Site, visiting: Visiting, language: str
) -> None:
    visit = visiting()
    visit.open(address(site, language))
    choose(visit.page, "wijhe", "cals")
    visit.wait(f"{COLUMNS} >> nth=1")
    headings = visit.page.eval_on_selector_all(
        f"{COLUMNS} h3", "all => all.map((h) => h.textContent)"
    )
    assert headings == ["Cals IJsselstein", "Mijnplein school Wijhe"]
    told = {
        point.get_attribute("data-point"): [
            card.text_content() for card in point.query_selector_all(".pw-card > [data-point]")
        ]
        for point in visit.page.query_selector_all("details[data-point]")
    }
    own = visiting()
    for column, school in enumerate(("cals", "wijhe")):
        own.open(f"{site.root}{'en/' if language == 'en' else ''}scholen/{school}/zes-punten/")
        for point, columns in told.items():
            assert columns[column] == own.page.text_content(f"[data-point='{point}']")


def test_every_link_in_a_column_leads_where_it_leads_on_the_schools_own_page(
    site: Site, visiting: Visiting
) -> None:
    visit = visiting()
    visit.open(address(site, fragment="#cals,amsfort"))
    visit.wait(f"{COLUMNS} >> nth=1")
    links = "all => all.map((a) => a.href)"
    found = set(
        visit.page.eval_on_selector_all("details[data-point] .pw-card > [data-point] a", links)
    )
    expected: set[str] = set()
    for school in ("cals", "amsfort"):
        visit.open(urljoin(site.root, f"scholen/{school}/zes-punten/"))
        expected |= set(visit.page.eval_on_selector_all("[data-point] a", links))
    assert found == expected


def test_the_choice_stands_in_the_address_and_in_the_other_language(
    site: Site, visiting: Visiting
) -> None:
    visit = visiting()
    visit.open(address(site))
    choose(visit.page, "alasca", "doultremont")
    visit.wait(f"{COLUMNS} >> nth=1")
    assert urlsplit(visit.page.url).fragment == "alasca,doultremont"
    visit.page.click("[data-keep-place]")
    visit.page.wait_for_url(address(site, "en", "#alasca,doultremont"))
    visit.wait(f"{COLUMNS} >> nth=1")
    assert visit.page.is_checked("input[value='doultremont']")


def test_no_school_is_fetched_before_it_is_chosen_and_each_only_once(
    site: Site, visiting: Visiting
) -> None:
    visit = visiting()
    visit.open(address(site))
    visit.wait("[data-pick]:not([hidden])")
    assert not [path for path in site.asked if path.endswith("/zes-punten/")]
    choose(visit.page, "cals", "wijhe", "alasca")
    visit.wait(f"{COLUMNS} >> nth=2")
    visit.page.uncheck("input[value='wijhe']")
    visit.page.wait_for_function(f'document.querySelectorAll("{COLUMNS}").length === 2')
    fetched = [path for path in site.asked if path.endswith("/zes-punten/")]
    assert sorted(fetched) == [f"/scholen/{s}/zes-punten/" for s in ("alasca", "cals", "wijhe")]


def test_one_school_alone_asks_for_another(site: Site, visiting: Visiting) -> None:
    visit = visiting()
    visit.open(address(site, "en", "#cals"))
    visit.page.wait_for_function(
        "document.querySelector('[data-beside] [data-status]').textContent.includes('Choose another')"
    )
    assert not visit.page.is_visible("details[data-point='phases']")


@pytest.mark.parametrize(
    "fragment", ["#nergens,nooit", "#cals%22%3E%3Cscript%3E", "#,,,", "#_kort"]
)
def test_an_address_without_a_school_of_ours_chooses_nothing(
    site: Site, visiting: Visiting, fragment: str
) -> None:
    visit = visiting()
    visit.open(address(site, fragment=fragment))
    visit.wait("[data-pick]:not([hidden])")
    assert visit.page.query_selector_all("[data-pick] input:checked") == []


def test_going_back_to_before_the_choice_takes_the_ticks_away(
    site: Site, visiting: Visiting
) -> None:
    visit = visiting()
    visit.open(address(site))
    visit.page.evaluate("() => { location.hash = '#cals,wijhe'; }")
    visit.wait(f"{COLUMNS} >> nth=1")
    visit.page.go_back()
    visit.wait("details[data-point='parents'][hidden]")
    assert visit.page.locator("[data-pick] input:checked").count() == 0


def test_a_school_that_does_not_come_costs_only_the_columns(site: Site, visiting: Visiting) -> None:
    site.faults["scholen/wijhe/zes-punten"] = missing
    visit = visiting(expect_complaints=True)
    visit.open(address(site, fragment="#cals,wijhe"))
    visit.page.wait_for_function(
        "document.querySelector('[data-beside] [data-status]').textContent.includes('lukt nu niet')"
    )
    assert visit.page.is_visible("th a >> nth=0")
    site.faults.clear()
    choose(visit.page, "alasca")
    visit.wait(f"{COLUMNS} >> nth=2")


def test_without_scripts_each_school_is_a_link_and_nothing_waits_for_a_choice(
    site: Site, visiting: Visiting
) -> None:
    visit = visiting(java_script_enabled=False)
    visit.open(address(site))
    assert not visit.page.is_visible("[data-pick]")
    assert not visit.page.is_visible("[data-beside]")
    visit.page.click("tbody th a >> nth=0")
    visit.page.wait_for_url("**/scholen/alasca/zes-punten/")
