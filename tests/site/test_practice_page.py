"""The page for practising as it comes without scripts: what the engine says, in both languages."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from lxml import html

from decision_tree.practice import expected
from decision_tree.protocol import LANGUAGES, Language, Protocol
from decision_tree.tree import compile_tree
from scripts.pages import practice, school
from scripts.pages.content import Content
from scripts.pages.drawing import draw
from scripts.pages.page import Page


def page_of(content: Content, protocol: Protocol) -> Page:
    maker = practice.maker(content, protocol)
    made = school.pages(protocol, maker)
    return next(page for page in made if page.data["here"] == "practice")


def cals(content: Content) -> Protocol:
    return next(p for p in content.protocols if p.school.id == "cals")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_written_case_stands_there_with_the_answer_of_the_engine(
    content: Content, language: Language
) -> None:
    for protocol in (p for p in content.protocols if p.school.id in content.cases):
        compiled = compile_tree(protocol)
        tree = html.fromstring(draw(page_of(content, protocol), language, content))
        for case in content.cases[protocol.school.id].cases:
            letter: Any = tree.find(f".//li[@data-case='{case.id}']")
            told = " ".join(letter.text_content().split())
            found = expected(compiled, content.safety, case)
            assert case.text.in_language(language) in told
            assert case.note.in_language(language) in told
            if found.leave:
                assert found.leave.flag.label.in_language(language) in told
            else:
                assert found.outcome is not None
                step = found.outcome.first_step.item
                assert " ".join(step.do.in_language(language).split()) in told
                assert set(step.sources) <= clauses(letter)


def clauses(letter: html.HtmlElement) -> set[str]:
    return {c for found in letter.xpath(".//@data-clause") for c in str(found).split()}


def test_a_school_without_a_case_file_has_no_page_for_practising(content: Content) -> None:
    without = replace(content, cases={})
    assert practice.maker(without, cals(content)) is None
    assert "practice" not in [p.data["here"] for p in school.pages(cals(content))]


def test_a_school_without_written_cases_practises_with_composed_ones(content: Content) -> None:
    file = replace(content.cases["cals"], cases=())
    without = replace(content, cases={**content.cases, "cals": file})
    drawn = draw(page_of(without, cals(content)), "nl", without)
    assert "data-shelf" not in drawn
    assert "data-without-scripts" in drawn, "it stands there until scripts have begun"
