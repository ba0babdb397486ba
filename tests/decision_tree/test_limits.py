"""Any table is compiled in seconds or refused with a sentence: nothing walks a domain, nothing grows without end."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from decision_tree import limits
from decision_tree.checks import MOST_FINDINGS, certify, run_checks
from decision_tree.checks.examples import whole
from decision_tree.errors import BadTable, TooLarge
from decision_tree.guide import paths, screens
from decision_tree.protocol import Clause, Protocol
from decision_tree.reading import Read
from decision_tree.table import Table
from decision_tree.tree import compile_tree
from tests.decision_tree import made_up
from tests.decision_tree.conftest import read_example


def codes(protocol: Protocol) -> set[str]:
    return {problem.code for problem in run_checks(made_up.read(protocol))}


def test_two_thousand_rules_are_proved_and_compiled_without_walking_their_domain(
    sound: Read,
) -> None:
    """Forty questions of two answers are 2^40 combinations: walking them would never end."""
    protocol = made_up.large(sound.protocol, questions=40, answers=2, rules=2_000)
    assert Table.of(protocol).size == 2**40
    assert Table.of(protocol).gap() is None
    compiled = compile_tree(protocol)
    ways = sum(1 for _ in paths(compiled))
    assert 1_000 < ways <= 2_000
    assert len(screens(compiled)) == len(compiled.tree.nodes)
    assert not {"P01", "P02", "P03", "P06", "P16", "P17"} & codes(protocol)
    assert certify(made_up.read(protocol)).paths == ways


@pytest.mark.parametrize("rules", [500, 2_000])
def test_rules_that_no_order_of_asking_fits_are_refused(sound: Read, rules: int) -> None:
    """Their tree would have tens of thousands of nodes, and more ways than anyone could count."""
    protocol = made_up.large(sound.protocol, 20, 6, rules, scattered=True)
    with pytest.raises(TooLarge, match="situations to tell apart → put the question that decides"):
        compile_tree(protocol)
    assert "P17" in codes(protocol)


def test_a_small_tree_with_too_many_ways_through_it_is_refused(sound: Read) -> None:
    """A hundred rules; all that the site draws and tests goes every way."""
    protocol = made_up.large(sound.protocol, 20, 6, 100, scattered=True)
    with pytest.raises(TooLarge, match=r"more than 10000 ways through the questions → put"):
        compile_tree(protocol)
    assert "P17" in codes(protocol)


def test_the_question_that_decides_most_is_refused_when_asked_last_and_compiled_when_asked_first(
    sound: Read,
) -> None:
    """So the advice that goes with the refusal is true."""
    with pytest.raises(TooLarge, match="put the question that decides most first"):
        compile_tree(made_up.multiplexer(sound.protocol, 18))
    compiled = compile_tree(made_up.multiplexer(sound.protocol, 18, chooser_first=True))
    assert len(compiled.tree.nodes) == 1 + 18 + 2
    assert sum(1 for _ in paths(compiled)) == 36


@pytest.mark.parametrize("length", [500, limits.MOST_QUESTIONS + 1])
def test_more_questions_than_anyone_would_answer_are_refused(sound: Read, length: int) -> None:
    """Python itself would stop at some hundreds, with a traceback."""
    protocol = made_up.chain(sound.protocol, length)
    with pytest.raises(TooLarge, match=f"There are {length} `questions`; at most 40 are possible"):
        compile_tree(protocol)
    assert codes(protocol) == {"P17"}


def test_as_many_questions_as_are_possible_are_compiled(sound: Read) -> None:
    """Each asked only where the one before it did not decide."""
    compiled = compile_tree(made_up.chain(sound.protocol, limits.MOST_QUESTIONS))
    assert max(len(way) for way in paths(compiled)) == limits.MOST_QUESTIONS


def test_more_of_anything_than_is_possible_is_refused_with_what_to_do(sound: Read) -> None:
    """Questions, refinements, answers, phases and rules."""
    p = sound.protocol
    many = tuple(made_up.question(f"q{i}", 2) for i in range(41))
    wide = (made_up.question("wide", limits.MOST_ANSWERS + 1),)
    for large in (
        replace(p, questions=many),
        replace(p, refinements=many),
        replace(p, questions=wide),
        replace(p, refinements=wide),
        replace(p, phases=p.phases * 51),
        replace(p, rules=p.rules * 667),
    ):
        with pytest.raises(TooLarge, match=r"at most \d+ are possible → "):
            compile_tree(large)
    assert issubclass(TooLarge, BadTable)  # whoever expects a bad table meets no traceback


def test_the_refusal_names_the_line(tmp_path: Path) -> None:
    """Where there is one too many, or else where the order of asking begins."""
    text = whole("P17")
    (problem,) = run_checks(read_example(tmp_path, text))
    place = text.splitlines()[problem.line - 1]
    assert (problem.code, place.strip()) == ("P17", "- id: time-21")
    assert problem.hint


def test_every_school_is_far_below_every_bound(school: Read) -> None:
    """A bound that a school comes near would be a fault of ours."""
    protocol = school.protocol
    assert len(protocol.questions + protocol.refinements) * 4 <= limits.MOST_QUESTIONS
    assert max(len(q.answers) for q in protocol.questions) * 2 <= limits.MOST_ANSWERS
    assert len(protocol.phases) * 4 <= limits.MOST_PHASES
    assert len(protocol.rules) * 20 <= limits.MOST_RULES
    compiled = compile_tree(protocol)
    assert len(compiled.tree.nodes) * 20 <= limits.MOST_SITUATIONS
    assert sum(1 for _ in paths(compiled)) * 20 <= limits.MOST_WAYS


def test_of_one_check_the_first_hundred_are_told_and_that_there_are_more(sound: Read) -> None:
    """Two thousand rules that all fit one combination are two million pairs."""
    rules = tuple(replace(sound.protocol.rules[0], id=f"r{i}") for i in range(2_000))
    said = [
        p for p in run_checks(made_up.read(replace(sound.protocol, rules=rules))) if p.code == "P02"
    ]
    assert len(said) == MOST_FINDINGS + 1
    assert said[-1].what == "There is more of P02 than these 100"
    clause = sound.protocol.clauses[0]
    clauses = tuple(Clause(id=f"c{i}", kind="rule", where=clause.where) for i in range(300))
    told = run_checks(made_up.read(replace(sound.protocol, clauses=clauses)))
    assert sum(p.code == "P15" for p in told) == MOST_FINDINGS + 1


def test_rules_that_overlap_beyond_all_measure_are_never_said_to_be_complete(sound: Read) -> None:
    """Whether a dense mesh of rules leaves a gap can take for ever to see; then that is what is said."""
    chance = Random(17)
    asked = tuple(made_up.question(f"q{i:02}", 2) for i in range(40))
    mesh = tuple(
        made_up.rule(
            i,
            {q.id: (chance.choice(("a0", "a1")),) for q in chance.sample(asked, 4)},
            "p0",
            "mentor",
        )
        for i in range(400)
    )
    protocol = made_up.protocol(sound.protocol, asked, mesh)
    with pytest.raises(BadTable, match="both fit"):
        compile_tree(protocol)
    (gap,) = [p for p in run_checks(made_up.read(protocol)) if p.code == "P01"]
    assert gap.what.startswith("Whether every combination fits a rule cannot be seen while")
    assert gap.hint == "mend the overlaps first"
