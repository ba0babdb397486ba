"""Every fact of every document is told, in both languages, and can be traced."""

from __future__ import annotations

import pytest

from decision_tree.protocol import LANGUAGES, Language, Protocol
from scripts.pages.content import Content

from .conftest import BuiltPage, BuiltSite


def pages_of(site: BuiltSite, protocol: Protocol, language: Language) -> list[BuiltPage]:
    """The pages of one school in one language."""
    start = ("en/" if language == "en" else "") + f"scholen/{protocol.school.id}/"
    return [page for path, page in site.pages.items() if path.startswith(start)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_fact_of_each_document_is_told_on_a_page(
    site: BuiltSite, content: Content, language: Language
) -> None:
    for protocol in content.protocols:
        told = {c for page in pages_of(site, protocol, language) for c in page.clauses}
        facts = {clause.id for clause in protocol.clauses if clause.kind != "gap"}
        assert facts - told == set(), f"{protocol.school.id} in {language}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_document_leaves_open_is_on_its_sources_page(
    site: BuiltSite, content: Content, language: Language
) -> None:
    for protocol in content.protocols:
        folder = "en/" if language == "en" else ""
        page = site.pages[f"{folder}scholen/{protocol.school.id}/bronnen/"]
        listed = page.tree.xpath("//li[starts-with(@id, 'open-')]/@data-clause")
        told = {c for found in listed for c in str(found).split()}
        gaps = {clause.id for clause in protocol.clauses if clause.kind == "gap"}
        assert gaps - told == set(), f"{protocol.school.id} in {language}"


def test_each_statement_names_clauses_that_exist(site: BuiltSite, content: Content) -> None:
    unknown = {c for page in site.files for c in page.clauses} - content.where.keys()
    assert unknown == set()


def test_each_clause_can_be_looked_up_by_its_own_address(site: BuiltSite, content: Content) -> None:
    for protocol in content.protocols:
        for folder in ("", "en/"):
            page = site.pages[f"{folder}scholen/{protocol.school.id}/bronnen/"]
            assert {c.id for c in protocol.clauses} <= set(page.ids)


def test_each_clause_says_where_on_the_site_it_is_told(site: BuiltSite, content: Content) -> None:
    for protocol in content.protocols:
        page = site.pages[f"scholen/{protocol.school.id}/bronnen/"]
        for clause in protocol.clauses:
            if clause.kind != "gap":
                row = page.tree.get_element_by_id(clause.id)
                assert row.xpath(".//a/@href"), clause.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_step_without_a_source_says_that_it_is_ours_and_no_other_does(
    site: BuiltSite, content: Content, language: Language
) -> None:
    folder = "en/" if language == "en" else ""
    for protocol in content.protocols:
        page = site.pages[f"{folder}scholen/{protocol.school.id}/protocol/"]
        for step in protocol.steps:
            drawn = {f"{phase.id}-{step.id}" for phase in protocol.phases} & set(page.ids)
            assert drawn, f"{page.path} {step.id}"
            for row in map(page.tree.get_element_by_id, drawn):
                said = bool(row.xpath(".//*[contains(@class, 'pw-ours')]"))
                assert said is not bool(step.sources), f"{page.path} {row.get('id')}"
