"""The proof against brute force: each check of the table finds a fault exactly where trying finds one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decision_tree.checks import CHECKS, Case, run_checks
from decision_tree.protocol import ALL, Next, ParentLine, Protocol, Scoped
from decision_tree.reading import Read
from decision_tree.table import Table
from decision_tree.tree import Compiled, Node, compile_tree
from tests.decision_tree import made_up

BASE: dict[str, Protocol] = {}
Cell = dict[str, str]


@pytest.fixture(autouse=True, scope="module")
def _base(sound: Read) -> None:
    BASE["sound"] = sound.protocol


@st.composite
def conditions(draw: st.DrawFn, protocol: Protocol) -> dict[str, tuple[str, ...]]:
    return {
        q.id: tuple(draw(st.lists(st.sampled_from([a.id for a in q.answers]), min_size=1)))
        for q in protocol.questions + protocol.refinements
        if draw(st.booleans())
    }


PHASES = st.sampled_from([(ALL,), ("p0",), ("p1", "p2")])


@st.composite
def protocols(draw: st.DrawFn) -> Protocol:
    """A sound table, with steps, what comes next, lines for parents, and a refinement."""
    asked = draw(made_up.questions())
    rules, steps = draw(made_up.sound_rules(asked)), draw(made_up.any_steps(asked))
    made = made_up.protocol(BASE["sound"], asked, rules, steps)
    made = replace(made, refinements=(made_up.question("refined", 2),))
    after = tuple(
        Next(
            phases=draw(PHASES),
            only_when=draw(conditions(made)),
            event=draw(st.sampled_from(["goes-on", "again", "stops"])),
            answers={
                q.id: draw(st.sampled_from([a.id for a in q.answers]))
                for q in asked
                if draw(st.booleans())
            },
            nl="x",
            en="x",
        )
        for _ in range(draw(st.integers(0, 5)))
    )
    lines = tuple(
        ParentLine(
            phases=draw(PHASES),
            only_when=draw(conditions(made)),
            about=draw(st.sampled_from(["expect", "contact", "home", "turn-to"])),
            moment="now",
            nl="x",
            en="x",
        )
        for _ in range(draw(st.integers(0, 8)))
    )
    return replace(made, next=after, parents=lines)


def found(code: str, protocol: Protocol, compiled: Compiled | None = None) -> list[str]:
    (check,) = [check for check in CHECKS if check.code == code]
    compiled = compiled or compile_tree(protocol)
    case = Case(made_up.read(protocol), Table.of(protocol), compiled, "en")
    return [finding.what for finding in check.find(case)]


def cells(protocol: Protocol, refined: bool = False) -> Iterator[tuple[Cell, str, tuple[str, ...]]]:
    """Every case with its phase and lead, found by looking at each rule."""
    asked = protocol.questions + (protocol.refinements if refined else ())
    for answers in product(*([a.id for a in q.answers] for q in asked)):
        cell = dict(zip((q.id for q in asked), answers, strict=True))
        (rule,) = [r for r in protocol.rules if all(cell[q] in a for q, a in r.when.items())]
        yield cell, rule.phase, rule.lead


def holds(item: Scoped, cell: Cell, phase: str) -> bool:
    """As a person would read the file; what is not answered rules nothing out."""
    here = ALL in item.phases or phase in item.phases
    return here and all(cell[q] in allowed for q, allowed in item.only_when.items() if q in cell)


def key(cell: Cell) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(cell.items()))


@given(st.data())
def test_an_answer_matters_exactly_where_another_gives_another_result(data: st.DataObject) -> None:
    """P04: another phase, lead or list of steps, in some case."""
    protocol = data.draw(protocols())
    items = (*protocol.steps, *protocol.follow_up)
    results = {
        key(cell): (phase, lead, [holds(item, cell, phase) for item in items])
        for cell, phase, lead in cells(protocol)
    }
    idle = {
        f"The answer `{a.id}` to `{q.id}` changes nothing anywhere"
        for q in protocol.questions
        for a in q.answers
        if all(
            results[known] == results[key({**dict(known), q.id: other.id})]
            for known in results
            if dict(known)[q.id] == a.id
            for other in q.answers
        )
    }
    assert set(found("P04", protocol)) == idle


@given(st.data())
def test_a_question_that_is_put_where_it_changes_nothing_is_found(data: st.DataObject) -> None:
    """P06: nothing is said of what the builder makes; a question that it left out is found at the top."""
    protocol = data.draw(protocols())
    compiled = compile_tree(protocol)
    assert found("P06", protocol) == []
    tree = compiled.tree
    asked = {node.question for node in tree.nodes}
    for question in protocol.questions:
        if question.id not in asked:
            top = Node(question=question.id, branches={a.id: tree.root for a in question.answers})
            worse = replace(tree, nodes=(*tree.nodes, top), root=len(tree.nodes))
            said = found("P06", protocol, replace(compiled, tree=worse))
            assert f"After nothing, `{question.id}` is asked and can change nothing" in said


@given(st.data())
def test_the_careful_answer_is_careful_exactly_where_no_other_leads_higher(
    data: st.DataObject,
) -> None:
    """P09: by the weight of the phase, for each other answer."""
    protocol = data.draw(protocols())
    weight = {phase.id: phase.weight for phase in protocol.phases}
    results = {key(cell): weight[phase] for cell, phase, _ in cells(protocol)}
    careless = {
        (q.id, a.id)
        for q in protocol.questions
        for a in q.answers
        for known in results
        if dict(known)[q.id] == q.careful
        and results[key({**dict(known), q.id: a.id})] > results[known]
    }
    said = found("P09", protocol)
    assert len(said) == len(careless)
    for name, answer in careless:
        assert any(f"not knowing `{name}`" in what and f"`{answer}` leads" in what for what in said)


@given(st.data())
def test_every_line_that_can_never_hold_is_found(data: st.DataObject) -> None:
    """P14."""
    protocol = data.draw(protocols())
    dead = [
        item
        for item in (*protocol.steps, *protocol.parents, *protocol.next)
        if not any(holds(item, cell, phase) for cell, phase, _ in cells(protocol, refined=True))
    ]
    assert len(found("P14", protocol)) == len(dead)


@given(st.data())
def test_a_line_that_leads_down_is_found_in_a_table_of_any_size(data: st.DataObject) -> None:
    """P16: from some case of its phases, with the changed answers, to a lower phase."""
    protocol = data.draw(protocols())
    weight = {phase.id: phase.weight for phase in protocol.phases}
    phases = {key(cell): phase for cell, phase, _ in cells(protocol)}
    down = [
        line
        for line in protocol.next
        if line.event != "stops"
        and line.answers
        and any(
            weight[phases[key({**dict(known), **line.answers})]] < weight[phase]
            for known, phase in phases.items()
            if holds(line, dict(known), phase)
        )
    ]
    assert len(found("P16", protocol)) == len(down)


@given(st.data())
def test_a_case_without_a_line_is_found_whatever_the_lines_turn_on(data: st.DataObject) -> None:
    """P12 and P13: for each phase and kind, exactly where some fully answered case has none."""
    protocol = data.draw(protocols())
    every = list(cells(protocol, refined=True))
    reached = {phase for _, phase, _ in every}

    def silent(phase: str, lines: list[Scoped]) -> bool:
        if phase not in reached:  # P10 refuses it; here only a phase without any line is
            return not any(ALL in line.phases or phase in line.phases for line in lines)
        return any(
            there == phase and not any(holds(line, cell, phase) for line in lines)
            for cell, there, _ in every
        )

    wanted_next = {
        (phase.id, event)
        for phase in protocol.phases
        for event in ("goes-on", "again", "stops")
        if silent(phase.id, [x for x in protocol.next if x.event == event])
    }
    said = found("P12", protocol)
    assert len(said) == len(wanted_next)
    for phase, event in wanted_next:
        words = f"`{phase}` does not say what comes when it {event.replace('-', ' ')}"
        assert any(what.startswith(words) for what in said)
    wanted = {
        (phase.id, about)
        for phase in protocol.phases
        for about in ("expect", "contact", "home", "turn-to")
        if silent(phase.id, [x for x in protocol.parents if x.about == about])
    }
    said = found("P13", protocol)
    assert len(said) == len(wanted)
    for phase, about in wanted:
        assert any(what.startswith(f"`{phase}` has no `{about}` line") for what in said)


def test_a_table_of_many_combinations_is_not_let_through(sound: Read) -> None:
    """Eighteen yes/no questions are 262,144 combinations: that it goes on leads down is found."""
    asked = tuple(made_up.question(f"q{i:02}", 2) for i in range(18))
    rules = [
        made_up.rule(i, {q.id: ("a1",) for q in asked[:i]} | {asked[i].id: ("a0",)}, "p2", "mentor")
        for i in range(18)
    ]
    rules.append(made_up.rule(18, {q.id: ("a1",) for q in asked}, "p1", "mentor"))
    goes_on = Next(
        phases=("p2",), event="goes-on", answers={q.id: "a1" for q in asked}, nl="x", en="x"
    )
    protocol = replace(made_up.protocol(sound.protocol, asked, tuple(rules)), next=(goes_on,))
    (said,) = [p.what for p in run_checks(made_up.read(protocol)) if p.code == "P16"]
    assert said.startswith("From `p2`, when it goes on, the table leads down to `p1` (q00 0 · ")


def test_a_line_that_holds_for_some_answers_only_leaves_the_other_cases_without(
    sound: Read,
) -> None:
    """The case is named, by the answers on which the lines turn."""
    p = sound.protocol
    parents = tuple(
        replace(line, only_when={"classes": ("same",)}) if line.about == "home" else line
        for line in p.parents
    )
    stops = tuple(
        replace(line, only_when={"how_often": ("first",)}) if line.event == "stops" else line
        for line in p.next
    )
    problems = run_checks(made_up.read(replace(p, parents=parents, next=stops)))
    assert [(x.code, x.what) for x in problems] == [
        ("P12", "`phase-2` does not say what comes when it stops: again"),
        ("P13", "`phase-1` has no `home` line for parents: different classes"),
        ("P13", "`phase-2` has no `home` line for parents: different classes"),
    ]
    both = tuple(
        replace(x, only_when={"classes": ("different",)}) for x in p.parents if x.about == "home"
    )
    assert run_checks(made_up.read(replace(p, parents=parents + both))) == []


def test_lines_that_turn_on_too_much_to_look_at_are_refused_with_a_way_out(sound: Read) -> None:
    """Never passed unseen: one line that always holds ends the doubt."""
    chance = Random(17)
    asked = tuple(made_up.question(f"q{i:02}", 2) for i in range(40))
    rules = tuple(made_up.rule(i, {"q00": (f"a{i}",)}, f"p{i}", "mentor") for i in (0, 1))
    lines = tuple(
        ParentLine(
            phases=(ALL,),
            about="home",
            moment="now",
            nl="x",
            en="x",
            only_when={q.id: (chance.choice(("a0", "a1")),) for q in chance.sample(asked, 4)},
        )
        for _ in range(400)
    )
    protocol = replace(made_up.protocol(sound.protocol, asked, rules), parents=lines)
    said = [p for p in run_checks(made_up.read(protocol)) if p.code == "P13" and "home" in p.what]
    assert any("as far as can be seen" in p.what for p in said)
    assert all(p.hint for p in said)
    always = replace(protocol, parents=(*lines, replace(lines[0], only_when={})))
    assert not [p for p in run_checks(made_up.read(always)) if p.code == "P13" and "home" in p.what]


def test_a_refinement_whose_every_answer_keeps_its_step_is_found(sound: Read) -> None:
    """P05: no step turns on it, though one names it."""
    refined = made_up.question("refined", 2)
    p = replace(sound.protocol, refinements=(refined,))
    for allowed, told in ((("a0", "a1"), ["P05"]), (("a0",), [])):
        (check,) = (replace(x, only_when={"refined": allowed}) for x in p.follow_up)
        problems = run_checks(made_up.read(replace(p, follow_up=(check,))))
        assert [x.code for x in problems] == told
