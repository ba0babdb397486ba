"""The protocols side by side: whole lines, each once; and our readings, wherever a line follows one."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest
from lxml import html

from decision_tree.protocol import LANGUAGES, Delay, Language, Line, Protocol, Rule, Scoped
from scripts.pages import six_points, views
from scripts.pages.content import Content

from .conftest import BuiltSite

HEADINGS = ("parents", "register", "follow-up", "sanctions")


def points(site: BuiltSite, language: Language, heading: str) -> dict[str, html.HtmlElement]:
    """What stands under this heading on each school's page in six points, by the school's folder."""
    root = "en/" if language == "en" else ""
    return {
        path.split("/")[-3]: page.tree.xpath(f"//*[@data-point='{heading}']")[0]
        for path, page in site.pages.items()
        if path.startswith(f"{root}scholen/") and path.endswith("/zes-punten/")
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("heading", HEADINGS)
def test_no_line_stands_twice_under_one_heading(
    site: BuiltSite, content: Content, language: Language, heading: str
) -> None:
    found = points(site, language, heading)
    assert set(found) == {p.school.id for p in content.protocols}
    for told in found.values():
        lines = [
            "".join(line.xpath("./text() | ./b/text()")).strip() for line in told.xpath(".//li")
        ]
        assert sorted(set(lines)) == sorted(lines)


@pytest.mark.parametrize("heading", HEADINGS)
def test_each_line_says_who_does_it(site: BuiltSite, heading: str) -> None:
    for told in points(site, "nl", heading).values():
        for case in told.xpath(".//*[@class='pw-step__facts']"):
            assert case.xpath(".//*[contains(@class, 'pw-who')]"), case.text_content()


@pytest.mark.parametrize(
    ("heading", "kind"), [("parents", "contact-parents"), ("sanctions", "sanction")]
)
def test_what_a_school_does_is_under_its_heading_whatever_kind_of_step_it_is(
    site: BuiltSite, content: Content, heading: str, kind: str
) -> None:
    found = points(site, "nl", heading)
    for protocol in content.protocols:
        told = {
            c
            for clauses in found[protocol.school.id].xpath(".//@data-clause")
            for c in str(clauses).split()
        }
        of_kind = {clause.id for clause in protocol.clauses if clause.kind == kind}
        done = {c for step in protocol.steps for c in step.sources} & of_kind
        assert done - told == set(), protocol.school.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_says_in_short_what_the_lines_say(
    site: BuiltSite, content: Content, language: Language
) -> None:
    page = site.pages[("en/" if language == "en" else "") + "vergelijken/"]
    rows = page.tree.xpath("//tbody/tr")
    assert len(rows) == len(content.protocols)
    for protocol, row in zip(content.protocols, rows, strict=True):
        cells = dict(zip(six_points.POINTS, row.xpath("./td"), strict=True))
        for point in HEADINGS:
            said = cells[point].text_content().strip()
            lines = six_points.whole(protocol, point)
            assert ("not stated" in said.lower() or "staat er niet" in said.lower()) == (not lines)
        named = {time for f in protocol.follow_up if (time := f.after or f.during)}
        digits = re.findall(r"[0-9]+", cells["follow-up"].text_content())
        assert digits == [
            str(n) for t in named_in_order(protocol) for n in (t.months, t.weeks, t.days) if n
        ]
        assert bool(digits) == bool(named)
        assert str(len(protocol.open)) in cells["open"].text_content()


def named_in_order(protocol: Protocol) -> list[Delay]:
    """The times that the document names, each once."""
    return list(dict.fromkeys(t for f in protocol.follow_up if (t := f.after or f.during)))


def test_the_page_for_all_schools_holds_no_line_of_any(site: BuiltSite) -> None:
    """So it grows by a row for each school, not by a protocol."""
    assert site.pages["vergelijken/"].clauses == []


def test_a_line_that_follows_a_reading_of_ours_leads_to_it(
    site: BuiltSite, content: Content
) -> None:
    for protocol in content.protocols:
        for slug, readings in followed(protocol):
            page = site.pages[f"scholen/{protocol.school.id}/{slug}/"]
            linked = {str(a).partition("#")[2] for a in page.tree.xpath("//a/@href")}
            assert readings - linked == set(), page.path


def followed(protocol: Protocol) -> Iterable[tuple[str, set[str]]]:
    """Page -> the readings that its lines follow."""
    card = [c.step for _, lines in views.card_groups(protocol) for same in lines for c in same]
    pages: dict[str, list[Line | Rule | Scoped]] = {
        "protocol": [*protocol.steps, *protocol.next, *protocol.rules],
        "ouders": [*protocol.parents],
        "zes-punten": [
            item
            for point in HEADINGS
            for same in six_points.whole(protocol, point)
            for item in same
        ],
        "rollen": [line for role in protocol.roles for line in role.does],
        "opvolging": [*protocol.follow_up],
        "kaart": [*card],
        "achtergrond": [line for item in protocol.background for line in item.lines],
    }
    for slug, lines in pages.items():
        yield slug, {line.reading for line in lines if line.reading}
