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
