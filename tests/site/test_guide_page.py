"""The guide's page as it is drawn, for schools of any size."""

from __future__ import annotations

import pytest
from lxml import html

from decision_tree.protocol import Language, Protocol
from decision_tree.reading import read_safety
from scripts.pages import school, shared
from scripts.pages.content import Content
from scripts.pages.drawing import draw
from scripts.pages.guide import data

FLAGS = [flag.id for flag in read_safety().flags]
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


@pytest.fixture(scope="module", params=["nl", "en"])
def guides(
    content: Content, request: pytest.FixtureRequest
) -> tuple[Language, list[html.HtmlElement]]:
    """The guide of each school, and the one for whoever's school is not listed, in one language."""
    language: Language = request.param
    page = next(page for page in shared.pages(content) if page.template.endswith("any-school.html"))
    listed = [drawn(protocol, content, language) for protocol in content.protocols]
    return language, [*listed, html.fromstring(draw(page, language, content))]


def test_whoever_is_not_sure_sees_every_card_before_a_way_to_a_question(
    guides: tuple[Language, list[html.HtmlElement]],
) -> None:
    """From card to card, or to the whole card that fits; on only after the last, and 112 above all."""
    for page in guides[1]:
        screens = {str(found) for found in page.xpath("//*[@data-guide]/*/@id")}
        [first] = page.xpath("//*[@id='niet-zeker']//a[1]/@href")
        assert first == "tel:112"
        assert page.xpath("//*[@id='niet-zeker']//a[@data-q]") == []
        cards = page.xpath("//*[@id='niet-zeker']/following-sibling::*[@data-part-of='niet-zeker']")
        assert [card.get("id") for card in cards] == [f"twijfel-{flag}" for flag in FLAGS]
        for card, following in zip(cards, [*cards[1:], None], strict=True):
            flag = card.get("id").removeprefix("twijfel-")
            answers = {(a.get("data-a"), a.get("href")) for a in card.xpath(".//a[@data-q]")}
            own = (flag, f"#vlag-{flag}")
            if following is None:
                [(none, on)] = answers - {own}
                assert none == "none"
                assert on.removeprefix("#") in screens
            else:
                assert answers == {own}
                [onward] = card.xpath(".//a[@data-to-part]/@href")
                assert onward == f"#{following.get('id')}"


def test_a_card_in_short_shows_what_it_is_about_and_folds_the_rest(
    guides: tuple[Language, list[html.HtmlElement]],
) -> None:
    """What to do is one tap away there, and stands open on the card itself."""
    language, pages = guides
    for page in pages:
        for flag in read_safety().flags:
            [card] = page.xpath("//*[@id=$id]", id=f"twijfel-{flag.id}")
            [whole] = page.xpath("//*[@id=$id]", id=f"vlag-{flag.id}")
            lines = [line.in_language(language) for line in (*flag.do, *flag.never, *flag.tell)]
            folded = words_of(card.xpath(".//details[not(@open)]"))
            shown = words_of(card.xpath(".//*[self::h3 or self::p][not(ancestor::details)]"))
            open_here = words_of(whole.xpath(".//li[not(ancestor::details)]"))
            assert shown == f"{flag.label.in_language(language)} {flag.help.in_language(language)}"
            assert [line for line in lines if line not in folded] == []
            assert [line for line in lines if line not in open_here] == []


def test_after_what_to_do_now_each_card_speaks_to_a_parent_and_then_to_a_pupil(
    guides: tuple[Language, list[html.HtmlElement]], content: Content
) -> None:
    """In full and in short, in the guide and on the page of danger; what scripts copy has none of it."""
    language, pages = guides
    danger = next(page for page in shared.pages(content) if page.path == "nu-gevaar")
    for page in [*pages, html.fromstring(draw(danger, language, content))]:
        found = page.xpath("//*[@class='pw-family']")
        places = 2 if page.xpath("//*[@id='niet-zeker']") else 1
        assert len(found) == places * len(FLAGS)
        for block in found:
            assert block.getprevious().get("class") == "pw-do"
            assert block.getnext().get("data-never") is not None
            assert block.xpath("ancestor::*[@data-never or @data-tell or @data-cautions]") == []
        for flag in read_safety().flags:
            family = [line.in_language(language) for line in (*flag.for_parents, flag.for_pupil)]
            [own] = page.xpath("//section[@id=$id]//*[@class='pw-family']", id=flag.id)
            assert [line for line in family if line not in words_of([own])] == []
            assert words_of([own]).endswith(flag.for_pupil.in_language(language))


def test_where_a_school_is_not_listed_staff_and_parents_each_read_their_own_lines(
    guides: tuple[Language, list[html.HtmlElement]],
) -> None:
    """Folded, so that nobody passes the other's; the complaint route stands with the parents."""
    language, pages = guides
    safety = read_safety()
    [page] = [page for page in pages if page.xpath("//*[@id='advies']")]
    lists = {fold.get("data-advice"): fold for fold in page.xpath("//*[@data-advice]")}
    assert list(lists) == ["staff", "parent"]
    for reader, advice in (("staff", safety.advice("staff")), ("parent", safety.advice("parent"))):
        fold = lists[reader]
        assert (fold.tag, fold.get("open")) == ("details", None)
        shown = [words_of([line]) for line in fold.xpath(".//*[@class='pw-step__do']")]
        assert shown == [line.in_language(language) for line in advice]
        [ask] = fold.xpath("./p/b/text()")
        assert ask == {"staff": {"nl": "Vraag op school:", "en": "Ask at school:"},
                       "parent": {"nl": "Vraag de school:", "en": "Ask the school:"}}[reader][language]  # fmt: skip
    assert page.xpath("//*[@class='pw-step__do'][not(ancestor::*[@data-advice])]") == []
    route = [" ".join(line.text.split()) for line in lists["parent"].xpath("./details/ol/li")]
    assert route == [step.in_language(language) for step in safety.complaints]
    assert safety.complaints[0].in_language(language) not in words_of([lists["staff"]])


def words_of(elements: list[html.HtmlElement]) -> str:
    return " ".join(" ".join(element.text_content().split()) for element in elements)
