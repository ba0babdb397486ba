"""The checks: each fails on its failing example, passes on the sound one, and on every school."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from decision_tree.checks import CHECKS, Case, certify, run_checks
from decision_tree.checks.examples import example, whole
from decision_tree.reading import Read
from decision_tree.table import Table
from decision_tree.tree import Node, compile_tree
from tests.decision_tree.conftest import read_example

CODES = [check.code for check in CHECKS]


@pytest.mark.parametrize("code", [code for code in CODES if code != "P06"])
def test_a_check_names_the_counterexample_of_its_failing_example(code: str, tmp_path: Path) -> None:
    """The words of the example are the words that a person gets, with the line."""
    problems = run_checks(read_example(tmp_path, whole(code)))
    said = [p for p in problems if p.code == code]
    assert any(example(code).says in p.what for p in said), problems
    assert all(p.line > 0 for p in said)


def test_a_needless_question_in_a_tree_is_found(tmp_path: Path) -> None:
    """The builder makes none, so one is put in by hand between the root and its branches."""
    read = read_example(tmp_path, whole("P06"))
    compiled = compile_tree(read.protocol)
    nodes = list(compiled.tree.nodes)
    root = nodes[compiled.tree.root]
    assert root.branches is not None
    needless = Node(
        question="classes", branches=dict.fromkeys(("same", "different"), root.branches["first"])
    )
    nodes[compiled.tree.root] = replace(root, branches={**root.branches, "first": len(nodes)})
    tree = replace(compiled.tree, nodes=(*nodes, needless))
    case = Case(read, Table.of(read.protocol), replace(compiled, tree=tree), "en")
    (p06,) = [check for check in CHECKS if check.code == "P06"]
    assert [f.what for f in p06.find(case)] == [f"After first time, {example('P06').says}"]


def test_the_sound_example_passes_every_check(sound: Read) -> None:
    """So each failing example fails for its own reason only."""
    assert run_checks(sound) == []


def test_every_school_passes_every_check(school: Read) -> None:
    """The proof of a protocol: no gap, no overlap, nothing needless, nothing lost."""
    assert [str(problem) for problem in run_checks(school)] == []


def test_the_certificate_states_the_domain_it_holds_for(sound: Read) -> None:
    """A proof is only as good as its domain, so the domain is said."""
    assert str(certify(sound)) == (
        "example: complete for 2 × 2 = 4 combinations, 3 rules, 3 pairs compared; "
        "3 paths, at most 2 questions; 2 clauses placed, 1 gaps shown"
    )


def test_codes_are_unique_and_definitions_are_sentences() -> None:
    """They are quoted in messages and documentation."""
    assert len(set(CODES)) == len(CODES)
    assert all(check.definition.endswith(".") for check in CHECKS)


def test_the_counterexample_can_be_told_in_dutch(tmp_path: Path) -> None:
    """A coordinator reads it."""
    problems = run_checks(read_example(tmp_path, whole("P01")), "nl")
    assert any("eerste keer · andere klas" in problem.what for problem in problems)
