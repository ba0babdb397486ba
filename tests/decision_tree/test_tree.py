"""The tree says what the table says, in the declared order, and asks nothing needless."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decision_tree.codec import from_plain, to_plain
from decision_tree.errors import BadTable
from decision_tree.guide import decide, paths, screens
from decision_tree.outcome import Ask, Outcome
from decision_tree.protocol import ALL, CORE_QUESTIONS, Protocol
from decision_tree.reading import Read
from decision_tree.table import Table
from decision_tree.tree import Compiled, compile_tree
from tests.decision_tree import made_up

BASE: dict[str, Protocol] = {}


@pytest.fixture(autouse=True, scope="module")
def _base(tmp_path_factory: pytest.TempPathFactory) -> None:
    BASE["sound"] = made_up.base(tmp_path_factory.mktemp("sound"))


@st.composite
def protocols(draw: st.DrawFn) -> Protocol:
    """A made-up protocol whose table is sound."""
    asked = draw(made_up.questions())
    return made_up.protocol(
        BASE["sound"], asked, draw(made_up.sound_rules(asked)), draw(made_up.any_steps(asked))
    )


def agrees_with_table(compiled: Compiled) -> None:
    table = Table.of(compiled.protocol)
    order = [q.id for q in table.questions]
    for cell in table.cells():
        (rule,) = [r for r in table.rules if all(cell[q] in a for q, a in r.when.items())]
        outcome = decide(compiled, cell)
        assert isinstance(outcome, Outcome)
        assert (outcome.phase.id, outcome.lead) == (rule.phase, rule.lead)
        assert rule in outcome.rules
        assert list(outcome.trail) == [q for q in order if q in outcome.trail]
        held = {h.item.id for h in outcome.steps}
        for step in compiled.protocol.steps:
            here = ALL in step.phases or rule.phase in step.phases
            known = all(cell[q] in allowed for q, allowed in step.only_when.items() if q in cell)
            assert (step.id in held) == (here and known)


def is_minimal(compiled: Compiled) -> None:
    """Every question on every path can still change something; nothing left out could."""
    protocol = compiled.protocol
    ids = {q.id: [a.id for a in q.answers] for q in protocol.questions}

    def results(
        start: dict[str, str], with_steps: bool
    ) -> set[tuple[str, tuple[str, ...], tuple[str, ...]]]:
        free = [q for q in ids if q not in start]
        found = set()
        for rest in product(*(ids[q] for q in free)):
            outcome = decide(compiled, {**start, **dict(zip(free, rest, strict=True))})
            assert isinstance(outcome, Outcome)
            core = tuple(h.item.id for h in outcome.steps if with_steps)
            found.add((outcome.phase.id, outcome.lead, core))
        return found

    for way in paths(compiled):
        asked = list(way)
        for i, name in enumerate(asked):
            start = {q: way[q] for q in asked[:i]}
            later = [q for q in ids if q not in start and q != name]
            seen = False
            for rest in product(*(ids[q] for q in later)):
                fixed = {**start, **dict(zip(later, rest, strict=True))}
                per_answer = [
                    results({**fixed, name: a}, name in CORE_QUESTIONS) for a in ids[name]
                ]
                seen = seen or any(r != per_answer[0] for r in per_answer)
            assert seen, f"{name} after {start} changes nothing"
        assert len(results(way, False)) == 1, (
            "the path ends although an answer could still change the phase"
        )


@given(st.data())
def test_a_made_up_tree_says_what_its_table_says(data: st.DataObject) -> None:
    """Phase, lead, rule and steps, for every combination of answers."""
    agrees_with_table(compile_tree(data.draw(protocols())))


@given(st.data())
def test_a_made_up_tree_asks_nothing_needless_and_nothing_too_little(data: st.DataObject) -> None:
    """Looked at from outside, by trying every completion."""
    is_minimal(compile_tree(data.draw(protocols())))


@given(st.data())
def test_a_core_question_is_asked_where_it_changes_a_step(data: st.DataObject) -> None:
    """Two cases that differ in one core answer and in their steps never share their screen."""
    compiled = compile_tree(data.draw(protocols()))
    table = Table.of(compiled.protocol)
    for cell in table.cells():
        for name in (q.id for q in table.questions if q.id in CORE_QUESTIONS):
            first = decide(compiled, cell)
            for answer in compiled.protocol.question(name).answers:
                other = decide(compiled, {**cell, name: answer.id})
                assert isinstance(first, Outcome)
                assert isinstance(other, Outcome)
                if [h.item.id for h in first.steps] != [h.item.id for h in other.steps]:
                    assert name in first.trail


def test_a_core_question_is_asked_for_a_step_of_any_phase_that_is_still_possible() -> None:
    """Of the two phases that *how often* parts, only the first has a step that turns on *happened*."""
    happened, how_often = made_up.question("happened", 2), made_up.question("how_often", 2)
    rules = [made_up.rule(i, {"how_often": (f"a{i}",)}, f"p{i}", "mentor") for i in range(2)]
    (talk,) = BASE["sound"].steps
    step = replace(talk, phases=("p0",), only_when={"happened": ("a0",)})
    compiled = compile_tree(
        made_up.protocol(BASE["sound"], (happened, how_often), tuple(rules), (talk, step))
    )
    trails = {tuple(way) for way in paths(compiled)}
    assert trails == {("happened", "how_often")}


def test_no_core_question_is_asked_for_a_step_that_another_answer_rules_out() -> None:
    """*Extra* parts the phases; in the only phase that has the step, its answer excludes the step."""
    happened, extra = made_up.question("happened", 2), made_up.question("extra", 2)
    rules = [made_up.rule(i, {"extra": (f"a{i}",)}, f"p{i}", "mentor") for i in range(2)]
    (talk,) = BASE["sound"].steps
    step = replace(talk, phases=("p0",), only_when={"happened": ("a0",), "extra": ("a1",)})
    for asked in ((happened, extra), (extra, happened)):
        compiled = compile_tree(made_up.protocol(BASE["sound"], asked, tuple(rules), (talk, step)))
        assert {tuple(way) for way in paths(compiled)} == {("extra",)}


@given(st.data())
def test_a_compiled_protocol_survives_json(data: st.DataObject) -> None:
    """What the browser rebuilds is the same object, value for value."""
    compiled = compile_tree(data.draw(protocols()))
    assert from_plain(Compiled, json.loads(json.dumps(to_plain(compiled)))) == compiled


@given(st.data())
def test_equal_branches_are_one_node_and_branches_come_before_their_parent(
    data: st.DataObject,
) -> None:
    """The tree is reduced: no two nodes are alike, and it has no loops."""
    compiled = compile_tree(data.draw(protocols()))
    asks = [n for n in compiled.tree.nodes if n.branches is not None]
    assert len({(n.question, tuple((n.branches or {}).items())) for n in asks}) == len(asks)
    for number, node in enumerate(compiled.tree.nodes):
        assert all(child < number for child in (node.branches or {}).values())
        assert node.branches is None or len(set(node.branches.values())) > 1


@given(st.data())
def test_a_table_with_a_gap_or_an_overlap_is_never_compiled(data: st.DataObject) -> None:
    """It stops with the counterexample."""
    asked = data.draw(made_up.questions())
    protocol = made_up.protocol(BASE["sound"], asked, data.draw(made_up.any_rules(asked)))
    table = Table.of(protocol)
    if table.gap() is None and next(table.overlaps(), None) is None:
        compile_tree(protocol)
    else:
        with pytest.raises(BadTable, match=r"no rule for \{'happened'|both fit \{'happened'"):
            compile_tree(protocol)


def test_the_tree_of_every_school_says_what_its_table_says(compiled: Compiled) -> None:
    """For every combination of answers of every school."""
    agrees_with_table(compiled)


def test_every_school_survives_json(compiled: Compiled) -> None:
    """As the browser gets it."""
    assert from_plain(Compiled, json.loads(json.dumps(to_plain(compiled)))) == compiled


def test_a_screen_says_nothing_that_is_not_so_on_some_path_to_it(compiled: Compiled) -> None:
    """A step without a condition holds on each path; a step that is left out holds on none."""
    shown = screens(compiled)
    for way in paths(compiled):
        outcome = decide(compiled, way)
        assert isinstance(outcome, Outcome)
        screen = shown[outcome.screen]
        assert isinstance(screen, Outcome)
        assert (screen.phase, screen.lead) == (outcome.phase, outcome.lead)
        here = {h.item.id: h.depends_on for h in outcome.steps}
        there = {h.item.id: h.depends_on for h in screen.steps}
        assert set(here) <= set(there)
        assert all(there[step] or step in here for step in there)


def test_a_screen_knows_what_all_paths_to_it_agree_on(compiled: Compiled) -> None:
    """Nothing is called conditional that is certain there; nothing is assumed."""
    ways: dict[str, list[dict[str, str]]] = {}
    for way in paths(compiled):
        for i in range(len(way) + 1):
            start = dict(list(way.items())[:i])
            here = decide(compiled, start)
            assert isinstance(here, Ask | Outcome)
            ways.setdefault(here.screen, []).append(start)
    shown = screens(compiled)
    assert set(shown) == set(ways)
    for name, starts in ways.items():
        agreed = {q: a for q, a in starts[0].items() if all(s.get(q) == a for s in starts)}
        screen = shown[name]
        assert screen.assumed == ()
        assert screen.screen == name
        assert screen.trail == tuple(agreed)
        if isinstance(screen, Outcome):
            assert screen.answers == agreed
            assert not any(set(agreed) & set(held.depends_on) for held in screen.steps)


def test_a_question_screen_is_the_question_that_the_guide_asks(compiled: Compiled) -> None:
    """On the way down every path."""
    shown = screens(compiled)
    for way in paths(compiled):
        for i in range(len(way)):
            ask = decide(compiled, dict(list(way.items())[:i]))
            assert isinstance(ask, Ask)
            screen = shown[ask.screen]
            assert isinstance(screen, Ask)
            assert screen.question == ask.question == compiled.protocol.question(list(way)[i])


def test_paths_of_a_school_are_all_different_and_reach_every_phase(school: Read) -> None:
    """A phase that no path reaches would be a dead promise."""
    compiled = compile_tree(school.protocol)
    ways = [tuple(way.items()) for way in paths(compiled)]
    assert len(ways) == len(set(ways))
    reached = {o.phase.id for way in ways if isinstance(o := decide(compiled, dict(way)), Outcome)}
    assert reached == {phase.id for phase in school.protocol.phases}
