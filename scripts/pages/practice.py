"""The page for practising: every written case with its answer folded behind it.

What stands in an answer is asked of the engine here, once, so that the page works without
scripts. With scripts the same engine marks in the browser: ``overrides/assets/practice``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from decision_tree.guide import RED_FLAG
from decision_tree.outcome import Outcome
from decision_tree.practice import Case, Count, Expected, Form, NearMiss, Where
from decision_tree.practice_calls import dump_cases
from decision_tree.practice_marking import mark
from decision_tree.practice_parts import CaseFile
from decision_tree.protocol import Protocol, Question, Rule, Text
from decision_tree.safety import Safety
from decision_tree.tree import compile_tree
from scripts.pages.content import Content

CASE_FILES = "assets/practice/cases"
"""Where on the site the cases lie that the engine in the browser reads, one file per school."""

FACETS: Mapping[str, tuple[str, ...]] = {
    "form": get_args(Form),
    "count": get_args(Count),
    "classes": get_args(Where),
    "near_miss": get_args(NearMiss),
}
"""The facets whose words are ours; those of the others are the school's or the safety layer's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A case with its answer. ``address``: the fragment of the guide that shows the outcome, for
    visitors with scripts; ``anchor`` the one that needs none."""

    case: Case
    expected: Expected
    rules: tuple[Rule, ...]
    change: Text | None
    missing: tuple[Question, ...]
    address: str
    anchor: str

    @property
    def outcome(self) -> Outcome | None:
        """What the protocol says; None where a red flag comes first."""
        return self.expected.outcome


def maker(content: Content, protocol: Protocol) -> Callable[[Protocol], dict[str, Any]] | None:
    """Makes this school's page; None for a school that has no case file yet."""
    file = content.cases.get(protocol.school.id)
    if file is None:
        return None
    return lambda p: {
        "template": "practice/practice.html",
        "data": {**practice_data(p, content.safety, file), "cases_file": _path(p.school.id)},
        "scripts": ("assets/practice/practice.mjs",),
    }


def practice_data(protocol: Protocol, safety: Safety, file: CaseFile) -> dict[str, Any]:
    """Everything that ``practice/practice.html`` needs, for one school."""
    compiled = compile_tree(protocol)
    letters = []
    for case in file.cases:
        marked = mark(compiled, safety, case, {})
        letters.append(
            Letter(
                case=case, expected=marked.expected, rules=marked.rules,
                change=marked.change_words,
                missing=tuple(map(protocol.question, marked.expected.need_first)),
                address=_address(case), anchor=_anchor(marked.expected),
            )
        )  # fmt: skip
    questions = protocol.questions + protocol.refinements
    return {"compiled": compiled, "letters": letters, "all_questions": questions, "facets": FACETS}


def _address(case: Case) -> str:
    """The fragment as the guide writes it. With a red flag nothing else counts."""
    if case.flag:
        return f"{RED_FLAG}={case.flag}"
    facts = {RED_FLAG: "none", **case.facts}
    return "&".join(f"{question}={answer}" for question, answer in facts.items())


def _anchor(expected: Expected) -> str:
    """The name of the guide's screen."""
    if expected.outcome is not None:
        return expected.outcome.screen
    return f"vlag-{expected.leave.flag.id}" if expected.leave else "start"


def _path(school: str) -> str:
    return f"{CASE_FILES}/{school}.json"


def case_files(content: Content) -> dict[str, str]:
    """Path on the site -> the cases of a school as the engine in the browser reads them."""
    if content.parts is None:
        return {}
    return {
        _path(school): dump_cases(file, content.parts) for school, file in content.cases.items()
    }
