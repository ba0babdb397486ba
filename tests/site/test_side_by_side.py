"""The protocols side by side: whole lines, each once; and our readings, wherever a line follows one."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from lxml import html

from decision_tree.protocol import LANGUAGES, Language, Line, Protocol, Rule, Scoped
from scripts.pages import views
from scripts.pages.content import Content

from .conftest import BuiltSite

HEADINGS = ("parents", "register", "follow-up", "sanctions")


def columns(site: BuiltSite, language: Language, heading: str) -> list[html.HtmlElement]:
    """What stands under this heading, per school in the order of the page."""
    page = site.pages[("en/" if language == "en" else "") + "vergelijken/"]
    return list(page.tree.xpath(f"//section[@aria-labelledby='{heading}']//*[@class='pw-card']"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("heading", HEADINGS)
def test_no_line_stands_twice_under_one_heading(
    site: BuiltSite, language: Language, heading: str
) -> None:
    for column in columns(site, language, heading):
        lines = [
            "".join(line.xpath("./text() | ./b/text()")).strip() for line in column.xpath(".//li")
        ]
        assert sorted(set(lines)) == sorted(lines)


@pytest.mark.parametrize("heading", HEADINGS)
def test_each_line_says_who_does_it(site: BuiltSite, heading: str) -> None:
    for column in columns(site, "nl", heading):
        for case in column.xpath(".//*[@class='pw-step__facts']"):
            assert case.xpath(".//*[contains(@class, 'pw-who')]"), case.text_content()


@pytest.mark.parametrize(
    ("heading", "kind"), [("parents", "contact-parents"), ("sanctions", "sanction")]
)
def test_what_a_school_does_is_under_its_heading_whatever_kind_of_step_it_is(
    site: BuiltSite, content: Content, heading: str, kind: str
) -> None:
    for protocol, column in zip(content.protocols, columns(site, "nl", heading), strict=True):
        told = {c for found in column.xpath(".//@data-clause") for c in str(found).split()}
        of_kind = {clause.id for clause in protocol.clauses if clause.kind == kind}
        done = {c for step in protocol.steps for c in step.sources} & of_kind
        assert done - told == set(), protocol.school.id


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
    card = [item.step for _, items in views.card_groups(protocol) for item in items]
    pages: dict[str, list[Line | Rule | Scoped]] = {
        "protocol": [*protocol.steps, *protocol.next, *protocol.rules],
        "ouders": [*protocol.parents],
        "rollen": [line for role in protocol.roles for line in role.does],
        "opvolging": [*protocol.follow_up],
        "kaart": [*card],
        "achtergrond": [line for item in protocol.background for line in item.lines],
    }
    for slug, lines in pages.items():
        yield slug, {line.reading for line in lines if line.reading}
