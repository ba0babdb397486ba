"""The guide's page as it is drawn, for schools of any size."""

from __future__ import annotations

import pytest
from lxml import html

from decision_tree.protocol import Language, Protocol
from scripts.pages import school
from scripts.pages.content import Content
from scripts.pages.drawing import draw
from scripts.pages.guide import data

OUTCOMES = "//*[@data-outcome]"
SHARED = "//*[@data-guide]/*[@data-tail]"
PARENTS = "//li[@data-parent]"
WHEN = ".//*[contains(@class, 'pw-when')]"


def drawn(protocol: Protocol, content: Content, language: Language) -> html.HtmlElement:
    """The guide's page of this school."""
    page = next(page for page in school.pages(protocol) if page.path.endswith("/wijzer"))
    return html.fromstring(draw(page, language, content))


def rest_of(outcome: html.HtmlElement) -> str:
    """The words of the tail that belongs to this outcome: its own, or the one with its number."""
    [tail] = outcome.xpath(
        "./*[@data-tail] | ../*[@data-tail and @data-t = $number]", number=outcome.get("data-t")
    )
    return " ".join(tail.text_content().split())


@pytest.mark.parametrize("most", [0, 1, 3])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_with_more_kinds_of_outcomes_than_the_style_sheet_can_number_nothing_is_missing(
    content: Content, monkeypatch: pytest.MonkeyPatch, language: Language, most: int
) -> None:
    """Outcomes beyond the number hold what they would have shared; each reads as it did."""
    protocol = next(p for p in content.protocols if p.school.id == "wijhe")
    shared = drawn(protocol, content, language)
    kinds = len(shared.xpath(SHARED))
    assert kinds > most
    monkeypatch.setattr(data, "MOST_TAILS", most)
    own = drawn(protocol, content, language)
    assert len(own.xpath(SHARED)) == most
    assert len(own.xpath(OUTCOMES)) == len(shared.xpath(OUTCOMES))
    for outcome, before in zip(own.xpath(OUTCOMES), shared.xpath(OUTCOMES), strict=True):
        assert outcome.get("id") == before.get("id")
        assert rest_of(outcome) == rest_of(before)


def test_each_outcome_asks_staff_first_of_all_to_make_it_safe(content: Content) -> None:
    """Before the step that the school's document puts first; parents are told other things."""
    wanted = next(rule.nl for rule in content.safety.principles if rule.id == "safe-first")
    for protocol in content.protocols:
        for outcome in drawn(protocol, content, "nl").xpath(OUTCOMES):
            [before] = outcome.xpath("./*[.//@data-first]/preceding-sibling::*[1]")
            assert wanted in before.text_content()
            assert "pw-for-staff" in before.get("class")


def test_parents_read_no_day_of_ours_beside_what_the_school_does(content: Content) -> None:
    """*This week the mentor calls you* would be a promise that no document made."""
    for protocol in content.protocols:
        dated = [line for line in drawn(protocol, content, "nl").xpath(PARENTS) if line.xpath(WHEN)]
        assert dated
        for line in dated:
            assert protocol.parents[int(line.get("data-parent"))].about == "home"
