"""On paper: all that the screen folds, a printed outcome that says of which school, case and day it is."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from decision_tree.protocol import Language
from tests.browser.conftest import Site, Visit
from tests.browser.test_access import open_screen
from tests.browser.test_faults import FRAGMENT

Visiting = Callable[..., Visit]

WITH_FOLDS = (
    "nu-gevaar/", "hulplijnen/", "pesten-plagen-ruzie/", "scholen/cals/protocol/",
    "scholen/cals/rollen/", "scholen/cals/oefenen/", "mijn-school-staat-er-niet-bij/#advies",
)  # fmt: skip

LOST_ON_PAPER = """() => {
  const lost = [];
  for (const fold of document.querySelectorAll(".md-main details")) {
    if (fold.closest(".pw-noprint, [hidden], .pw-refine") || !fold.parentElement.checkVisibility()) continue;
    for (const part of fold.querySelectorAll("summary ~ *, summary ~ * li, summary ~ * p")) {
      if (!part.closest("[hidden], .pw-noprint") && part.textContent.trim() && !part.checkVisibility()) lost.push(part.textContent.trim().slice(0, 60));
    }
  }
  return lost;
}"""

A4_WIDE = 688
"""Pixels between the margins of a sheet."""


def on_paper(page: Page) -> None:
    """As a print dialogue begins."""
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")


def sheets(pdf: bytes) -> int:
    """How many pages Chromium's PDF has."""
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


@pytest.mark.parametrize("path", WITH_FOLDS)
def test_what_is_folded_on_the_screen_stands_on_paper(
    site: Site, visiting: Visiting, language: Language, path: str
) -> None:
    visit = visiting(viewport={"width": A4_WIDE, "height": 1000})
    visit.open(site.root + ("en/" if language == "en" else "") + path)
    folds = visit.page.locator(".md-main details")
    assert folds.count() > 0
    before: list[str] = visit.page.evaluate(LOST_ON_PAPER)
    assert before, "nothing is folded here"
    on_paper(visit.page)
    assert visit.page.evaluate(LOST_ON_PAPER) == []


def test_a_browser_without_the_style_for_folds_opens_them_and_closes_them_again(
    site: Site, visiting: Visiting
) -> None:
    visit = visiting()
    visit.context.add_init_script(
        "const plain = CSS.supports; CSS.supports = (...a) => !String(a).includes('details-content') && plain.apply(CSS, a);"
    )
    visit.open(f"{site.root}nu-gevaar/")
    closed = visit.page.locator(".md-main details:not([open])")
    many = closed.count()
    assert many > 10
    visit.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert closed.count() == 0
    assert visit.page.locator(".pw-menu[open]").count() == 0
    visit.page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert closed.count() == many


def test_a_printed_outcome_names_the_school_the_answers_and_the_day(
    site: Site, visiting: Visiting, language: Language
) -> None:
    visit = visiting(timezone_id="Europe/Amsterdam")
    visit.page.clock.install(time="2026-11-30T21:00:00Z")
    open_screen(visit, site.guide("cals", language, FRAGMENT))
    visit.page.locator(".is-here details").evaluate_all(
        "all => all.forEach((d) => (d.open = false))"
    )
    given = visit.page.locator(".is-here .pw-trail__list li b").all_text_contents()
    assert len(given) == 3
    on_paper(visit.page)
    page = visit.page
    assert page.get_by_text("Cals IJsselstein", exact=True).first.is_visible()
    day = "maandag 30 november 2026" if language == "nl" else "Monday 30 November 2026"
    assert page.locator("[data-printed]").inner_text().replace(",", "").endswith(day)
    for answer in page.locator(".is-here .pw-trail__list li b").all():
        assert answer.evaluate("e => e.checkVisibility()")
    assert page.locator("[data-guide] button:visible").count() == 0
    assert page.evaluate(LOST_ON_PAPER) == []


def test_the_day_is_on_no_screen(site: Site, visiting: Visiting) -> None:
    visit = visiting()
    visit.open(f"{site.root}scholen/cals/ouders/")
    visit.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert not visit.page.locator("[data-printed]").is_visible()


def test_the_card_prints_on_one_sheet(
    site: Site, visiting: Visiting, school: str, language: Language
) -> None:
    """By the browser's own print command, too."""
    visit = visiting()
    folder = "en/" if language == "en" else ""
    visit.open(f"{site.root}{folder}scholen/{school}/kaart/")
    assert sheets(visit.page.pdf(prefer_css_page_size=True)) == 1


def test_no_column_of_a_table_is_cut_off_by_the_edge_of_the_sheet(
    site: Site, visiting: Visiting, school: str
) -> None:
    visit = visiting(viewport={"width": A4_WIDE, "height": 1000})
    for kind in ("wie-doet-wat", "tabel"):
        visit.open(f"{site.root}scholen/{school}/{kind}/")
        steps = visit.page.locator("table a").count()
        on_paper(visit.page)
        outside = visit.page.eval_on_selector_all(
            "table a, table .pw-who",
            f"all => all.filter((e) => e.checkVisibility() && e.getBoundingClientRect().right > {A4_WIDE} + 1).map((e) => e.textContent)",
        )
        assert outside == [], kind
        shown = visit.page.locator("table tbody a:visible").count()
        heads = visit.page.locator("table thead a").count()
        assert shown >= steps - heads, kind
        visit.page.emulate_media(media="null")
