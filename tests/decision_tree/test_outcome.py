"""What an outcome holds, line by line: held against a plain reading of the protocol, and by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from decision_tree.errors import BadAnswer
from decision_tree.guide import NO_FLAG, changes, condition_words, decide, paths, screens
from decision_tree.outcome import Ask, Held, Leave, Outcome
from decision_tree.protocol import ALL, LEAD, UNKNOWN, UNSTATED, Protocol, Scoped, Step, Text
from decision_tree.reading import Read, read_protocol, read_safety, school_files
from decision_tree.table import Table
from decision_tree.tree import Compiled, compile_tree

SAFETY = read_safety()
SECTIONS = ("steps", "follow_up", "parents", "open")


def outcome_of(compiled: Compiled, answers: Mapping[str, str]) -> Outcome:
    decision = decide(compiled, answers)
    assert isinstance(decision, Outcome)
    return decision


def holds(item: Scoped, phase: str, answers: Mapping[str, str]) -> bool:
    """As a person would read the file."""
    right_phase = ALL in item.phases or phase in item.phases
    return right_phase and all(answers.get(q, a[0]) in a for q, a in item.only_when.items())


def test_an_outcome_holds_just_the_lines_of_its_phase_that_no_answer_rules_out(
    compiled: Compiled,
) -> None:
    """For every path and section: which lines, in which place, by whom, still open on what."""
    for way in paths(compiled):
        outcome = outcome_of(compiled, way)
        for section in SECTIONS:
            items = getattr(compiled.protocol, section)
            held: tuple[Held[Scoped], ...] = getattr(outcome, section)
            expected = [at for at, item in enumerate(items) if holds(item, outcome.phase.id, way)]
            assert [h.at for h in held] == expected
            for h in held:
                assert h.item is items[h.at]
                assert h.depends_on == {q: a for q, a in h.item.only_when.items() if q not in way}
                assert h.condition == condition_words(
                    compiled.protocol, h.depends_on, h.item.condition
                )
                named = getattr(h.item, "who", ())
                roles = [r for name in named for r in (outcome.lead if name == LEAD else (name,))]
                assert list(h.who) == sorted(set(roles), key=roles.index)


def test_what_comes_after_is_all_that_is_certain_then(compiled: Compiled) -> None:
    """The case with the changed answers, over every combination that is still possible."""
    table = Table.of(compiled.protocol)
    cells = [(cell, table.fitting(cell)[0]) for cell in table.cells()]
    for way in paths(compiled):
        for ahead in outcome_of(compiled, way).next:
            changed = ahead.line.item.answers
            then = {**way, **changed}
            found = {
                (rule.phase, rule.lead)
                for cell, rule in cells
                if all(cell[q] == a for q, a in then.items())
            }
            phases, leads = {phase for phase, _ in found}, {lead for _, lead in found}
            certain = bool(changed) and len(phases) == 1
            assert (ahead.phase and ahead.phase.id) == (min(phases) if certain else None)
            assert ahead.lead == (min(leads) if certain and len(leads) == 1 else ())


def test_what_would_change_it_tells_of_steps_too(sound: Read) -> None:
    """Same phase, same lead, another list: a change. The same list: none."""
    (talk,) = sound.protocol.steps
    extra = replace(talk, id="call-home", only_when={"classes": ("same",)})
    rules = (replace(sound.protocol.rules[0], lead=("coordinator",)), *sound.protocol.rules[1:])
    for steps, told in (((talk,), set()), ((talk, extra), {("classes", "different")})):
        compiled = compile_tree(replace(sound.protocol, rules=rules, steps=steps))
        outcome = outcome_of(compiled, {"how_often": "first", "classes": "same"})
        assert {
            (c.question.id, c.answer)
            for c in changes(compiled, outcome)
            if c.question.id == "classes"
        } == told


def test_a_screen_names_only_rules_that_lead_to_it(compiled: Compiled) -> None:
    """Several paths may share a screen: of each its rules are there, and no others."""
    rules: dict[str, set[str]] = {}
    for way in paths(compiled):
        outcome = outcome_of(compiled, way)
        rules.setdefault(outcome.screen, set()).update(rule.id for rule in outcome.rules)
    for name, screen in screens(compiled).items():
        if isinstance(screen, Outcome):
            assert {rule.id for rule in screen.rules} >= rules[name]
            assert {(r.phase, r.lead) for r in screen.rules} == {(screen.phase.id, screen.lead)}


def test_the_question_that_comes_next_tells_what_went_before(compiled: Compiled) -> None:
    """In order, with what was assumed, whatever else was answered."""
    for way in paths(compiled):
        asked = list(way)
        for i, name in enumerate(asked):
            decision = decide(compiled, {"red_flag": NO_FLAG, **{q: way[q] for q in asked[:i]}})
            assert isinstance(decision, Ask)
            assert (decision.question.id, decision.trail) == (name, tuple(asked[:i]))
            assert decision.assumed == ()


def test_what_is_assumed_is_the_careful_answer_from_the_start(compiled: Compiled) -> None:
    """Also while there is still something to ask."""
    answers: dict[str, str] = {}
    while isinstance(decision := decide(compiled, answers), Ask):
        assert {a.question.id: a.answer for a in decision.assumed} == {
            name: compiled.protocol.question(name).careful for name in answers
        }
        answers[decision.question.id] = UNKNOWN
    assert isinstance(decision, Outcome)
    assert all(a.answer == a.question.careful for a in decision.assumed)


def test_each_red_flag_brings_its_own_card_and_the_lines_of_the_school_on_it(
    compiled: Compiled,
) -> None:
    """Of another flag nothing."""
    for flag in SAFETY.flags:
        decision = decide(compiled, {"red_flag": flag.id}, SAFETY)
        assert isinstance(decision, Leave)
        assert decision.flag == flag
        assert not decision.assumed
        beside = [
            line for b in compiled.protocol.red_flags if b.flag == flag.id for line in b.lines
        ]
        assert list(decision.beside) == beside


def test_a_red_flag_without_the_safety_layer_is_refused(compiled: Compiled) -> None:
    """Never taken for no flag."""
    with pytest.raises(BadAnswer):
        decide(compiled, {"red_flag": "danger"})


ONE = {"how_often": ("again",)}
BOTH = {"how_often": ("first", "again"), "classes": ("same",)}


@pytest.mark.parametrize(
    ("depends_on", "said", "nl", "en"),
    [
        (ONE, None, "als het opnieuw gebeurt", "if it happens again"),
        (
            BOTH,
            None,
            "als het de eerste keer is of het opnieuw gebeurt, en ze in dezelfde klas zitten",
            "if it is the first time or it happens again, and they share a class",
        ),
        (
            {"how_often": ("first",), "classes": ("same",)},
            None,
            "als het de eerste keer is en ze in dezelfde klas zitten",
            "if it is the first time and they share a class",
        ),
        (
            ONE,
            Text(nl="waar het past", en="where it fits"),
            "als het opnieuw gebeurt; waar het past",
            "if it happens again; where it fits",
        ),
        ({}, Text(nl="waar het past", en="where it fits"), "waar het past", "where it fits"),
    ],
)
def test_a_condition_says_what_is_not_known_yet_and_then_what_the_document_says(
    sound: Read, depends_on: Mapping[str, tuple[str, ...]], said: Text | None, nl: str, en: str
) -> None:
    words = condition_words(sound.protocol, depends_on, said)
    assert words == Text(nl=nl, en=en)


def test_without_a_condition_nothing_is_said(sound: Read) -> None:
    assert condition_words(sound.protocol, {}) is None


def test_the_lead_stands_where_the_file_says_lead_and_everyone_once(sound: Read) -> None:
    """Also beside others, and also where the document names nobody."""
    (talk,) = sound.protocol.steps

    def who(protocol: Protocol, step: Step) -> tuple[str, ...]:
        compiled = compile_tree(replace(protocol, steps=(step,)))
        return outcome_of(compiled, {"how_often": "again"}).steps[0].who

    step = replace(talk, who=("mentor", LEAD, "mentor", "parents"))
    assert who(sound.protocol, step) == ("mentor", "coordinator", "parents")
    rules = tuple(replace(rule, lead=()) for rule in sound.protocol.rules)
    assert who(replace(sound.protocol, rules=rules), step) == ("mentor", UNSTATED, "parents")


def test_a_step_marked_first_comes_first_whoever_leads() -> None:
    """Amsfort: whoever saw it tells the coach, who leads; with the mark gone the lead's step comes."""
    protocol = read_protocol(school_files()["amsfort"])
    steps = protocol.steps
    marked = {step.id for step in steps if step.first}
    assert marked
    compiled = compile_tree(protocol)
    unmarked = tuple(replace(step, first=False) for step in steps)
    bare = compile_tree(replace(protocol, steps=unmarked))
    seen = 0
    for way in paths(compiled):
        outcome, without = outcome_of(compiled, way), outcome_of(bare, way)
        ready = [h.item.id for h in outcome.steps if h.item.id in marked and not h.condition]
        if ready:
            assert outcome.first_step.item.id == ready[0]
            assert set(without.first_step.who) & set(outcome.lead)
            seen += 1
    assert seen


def test_a_required_step_of_nobodys_comes_before_one_of_somebody_elses(sound: Read) -> None:
    """The lead has no step of their own now: what the document gives to nobody falls to them."""
    (talk,) = sound.protocol.steps
    others = replace(talk, id="others", who=("parents",))
    may = replace(talk, id="may", who=(UNSTATED,), must=False)
    nobodys = replace(talk, id="nobodys", who=(UNSTATED,))
    compiled = compile_tree(replace(sound.protocol, steps=(others, may, nobodys)))
    assert outcome_of(compiled, {"how_often": "again"}).first_step.item.id == "nobodys"
