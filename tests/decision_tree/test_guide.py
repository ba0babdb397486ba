"""Deciding and explaining: the answers that count, the doubts, the red flags, what comes after."""

from __future__ import annotations

import functools

import pytest

from decision_tree import browser
from decision_tree.errors import BadAnswer
from decision_tree.guide import NO_FLAG, changes, decide, explain, paths, result
from decision_tree.outcome import Ask, Leave, Outcome, decision_json
from decision_tree.protocol import UNKNOWN, UNSTATED, WAITS, Protocol
from decision_tree.reading import Read, read_safety
from decision_tree.table import Table
from decision_tree.tree import Compiled, compile_tree

SAFETY = read_safety()


def outcome_of(compiled: Compiled, answers: dict[str, str]) -> Outcome:
    decision = decide(compiled, answers)
    assert isinstance(decision, Outcome)
    return decision


def test_not_knowing_never_leads_lower_than_knowing(compiled: Compiled) -> None:
    """For every combination, with any one answer unknown: the phase is at least as heavy."""
    for cell in Table.of(compiled.protocol).cells():
        weight = outcome_of(compiled, cell).phase.weight
        for name in cell:
            assert outcome_of(compiled, {**cell, name: UNKNOWN}).phase.weight >= weight


def test_knowing_nothing_ends_in_an_outcome_with_every_assumption_marked(
    compiled: Compiled,
) -> None:
    """Who answers *I don't know* all the way gets somewhere, and is told what to find out."""
    answers: dict[str, str] = {}
    while isinstance(decision := decide(compiled, answers), Ask):
        answers[decision.question.id] = UNKNOWN
    assert isinstance(decision, Outcome)
    assert {a.question.id for a in decision.assumed} == set(answers)
    assert all(a.question.find_out.nl and a.question.find_out.en for a in decision.assumed)
    assert decision.steps


def test_an_assumed_answer_gives_the_outcome_of_the_careful_answer(compiled: Compiled) -> None:
    """Nothing else is guessed; where the question is not asked, nothing at all is."""
    cells = list(Table.of(compiled.protocol).cells())
    known = {frozenset(cell.items()): result(outcome_of(compiled, cell)) for cell in cells}
    for cell in cells:
        for question in compiled.protocol.questions:
            unsure = outcome_of(compiled, {**cell, question.id: UNKNOWN})
            if question.id in unsure.trail:
                careful = known[frozenset({**cell, question.id: question.careful}.items())]
                assert result(unsure) == careful
            else:
                without = {q: a for q, a in cell.items() if q != question.id}
                assert result(unsure) == result(outcome_of(compiled, without))


def test_while_an_answer_is_assumed_nothing_comes_first_that_cannot_be_taken_back(
    compiled: Compiled,
) -> None:
    """No call to parents and no sanction, as long as the phase had another step for now."""
    for way in paths(compiled):
        for name in way:
            decision = decide(compiled, {**way, name: UNKNOWN})
            if not isinstance(decision, Outcome):
                continue
            first = decision.first_step
            careful = {**way, name: compiled.protocol.question(name).careful}
            assert first.item == outcome_of(compiled, careful).first_step_if_assumed.item
            now = [held for held in decision.steps if held.item.moment == "now"] or decision.steps
            assert first in now
            assert first.item.kind not in WAITS or all(held.item.kind in WAITS for held in now)


def test_what_was_assumed_for_a_question_that_is_not_asked_any_more_does_not_count(
    compiled: Compiled,
) -> None:
    """An *I don't know* can stay in the address when an earlier answer is changed."""
    for way in paths(compiled):
        stray = {q.id: UNKNOWN for q in compiled.protocol.questions if q.id not in way}
        outcome = outcome_of(compiled, {**stray, **way})
        assert outcome.assumed == ()
        assert outcome.first_step == outcome_of(compiled, way).first_step


def test_why_names_a_rule_that_fits_and_the_answers_that_counted(compiled: Compiled) -> None:
    """For every path: the rules lead to this very phase and lead, and fit what was answered."""
    for way in paths(compiled):
        outcome = outcome_of(compiled, way)
        reason = explain(compiled, outcome)
        assert reason.rules
        for rule in reason.rules:
            assert (rule.phase, rule.lead) == (outcome.phase.id, outcome.lead)
            assert all(way[q] in a for q, a in rule.when.items() if q in way)
        assert [(q.id, a) for q, a in reason.counted] == list(way.items())


def test_what_would_change_it_is_every_single_answer_that_leads_elsewhere(
    compiled: Compiled,
) -> None:
    """Compared with trying each answer: the same changes, each true."""
    for way in paths(compiled):
        outcome = outcome_of(compiled, way)
        told = {(c.question.id, c.answer): c.decision for c in changes(compiled, outcome)}
        for name in way:
            for answer in compiled.protocol.question(name).answers:
                if answer.id == way[name]:
                    assert (name, answer.id) not in told
                    continue
                other = decide(compiled, {**way, name: answer.id})
                elsewhere = isinstance(other, Ask) or (
                    isinstance(other, Outcome) and result(other) != result(outcome)
                )
                assert ((name, answer.id) in told) == elsewhere
                if elsewhere:
                    assert told[name, answer.id] == other


def test_an_assumed_answer_is_not_told_as_a_change(compiled: Compiled) -> None:
    """Answering what was assumed already changes nothing; every other answer is tried."""

    @functools.cache
    def told_of(*known: tuple[str, str]) -> set[tuple[str, str]]:
        return {
            (c.question.id, c.answer) for c in changes(compiled, outcome_of(compiled, dict(known)))
        }

    for way in paths(compiled):
        for name in way:
            outcome = decide(compiled, {**way, name: UNKNOWN})
            if not isinstance(outcome, Outcome):  # the careful answer asks on
                continue
            careful = compiled.protocol.question(name).careful
            told = {c.answer for c in changes(compiled, outcome) if c.question.id == name}
            known = {**outcome.answers, name: careful}
            assert careful not in told
            assert told == {a for q, a in told_of(*sorted(known.items())) if q == name}


def test_what_comes_after_is_what_the_table_says(compiled: Compiled) -> None:
    """Where an event names a phase, the case with the changed answer is in that phase."""
    table = Table.of(compiled.protocol)
    for cell in table.cells():
        outcome = outcome_of(compiled, cell)
        for event in ("goes-on", "again", "stops"):
            assert outcome.ahead(event), (cell, event)
        for ahead in outcome.next:
            if ahead.phase is not None:
                after = outcome_of(compiled, {**cell, **ahead.line.item.answers})
                assert after.phase == ahead.phase
                assert not ahead.lead or after.lead == ahead.lead


def test_more_answers_than_asked_settle_conditional_steps_and_nothing_else(
    compiled: Compiled,
) -> None:
    """A refinement drops or confirms steps; phase and lead stay."""
    for way in paths(compiled):
        before = outcome_of(compiled, way)
        for question in compiled.protocol.refinements:
            for answer in question.answers:
                after = outcome_of(compiled, {**way, question.id: answer.id})
                assert (after.phase, after.lead) == (before.phase, before.lead)
                assert {h.item.id for h in after.steps} <= {h.item.id for h in before.steps}
                assert all(question.id not in h.depends_on for h in after.steps)


def test_every_outcome_gives_someone_something_to_do_first(compiled: Compiled) -> None:
    """Never away without a next step; and whom to ask where the document names no lead."""
    for way in paths(compiled):
        outcome = outcome_of(compiled, way)
        assert outcome.first_step in outcome.steps
        assert outcome.lead
        assert outcome.lead != (UNSTATED,) or outcome.ask
        assert {p.item.about for p in outcome.parents} == {"expect", "contact", "home", "turn-to"}


def test_no_text_gives_the_verdict_that_it_is_not_bullying(compiled: Compiled) -> None:
    """Teasing and quarrels end in a next step, never in a verdict."""
    for phase in compiled.protocol.phases:
        for text in (phase.name, phase.about):
            assert "is geen pesten" not in text.nl.lower(), phase.id
            assert "is not bullying" not in text.en.lower(), phase.id


def test_a_red_flag_leaves_the_ladder_whatever_else_is_answered(compiled: Compiled) -> None:
    """No phase, no lead: what to do, what never to do, whom to call."""
    for flag in SAFETY.flags:
        for way in list(paths(compiled))[:5]:
            decision = decide(compiled, {**way, "red_flag": flag.id}, SAFETY)
            assert isinstance(decision, Leave)
            plain = decision_json(decision)
            assert plain["status"] == "leave"
            assert plain["do"]
            assert plain["never"]
            assert plain["call"]
            assert "phase" not in plain


def test_not_knowing_whether_there_is_danger_is_treated_as_danger(compiled: Compiled) -> None:
    """And marked as assumed."""
    decision = decide(compiled, {"red_flag": UNKNOWN}, SAFETY)
    assert isinstance(decision, Leave)
    assert decision.flag.id == "danger"
    assert decision.assumed


def test_no_red_flag_is_an_answer_too(compiled: Compiled) -> None:
    """Then the guide asks on."""
    assert decide(compiled, {"red_flag": NO_FLAG}, SAFETY) == decide(compiled, {}, SAFETY)


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"hapened": "online"}, "hapened is not known here; possible: happened"),
        ({"happened": "nothing"}, "happened=nothing is not known here; possible: "),
        ({"red_flag": "fire"}, "red_flag=fire is not known here; possible: none, danger"),
    ],
)
def test_an_answer_that_is_not_known_is_refused_with_what_was_possible(
    compiled: Compiled, answers: dict[str, str], said: str
) -> None:
    """Never silently dropped."""
    with pytest.raises(BadAnswer) as refused:
        decide(compiled, answers, SAFETY)
    assert str(refused.value).startswith(said)
    assert refused.value.possible


def test_every_actor_in_an_outcome_is_a_role_or_unstated(compiled: Compiled) -> None:
    """*The lead* has been filled in everywhere."""
    known = {role.id for role in compiled.protocol.roles} | {UNSTATED}
    for way in paths(compiled):
        outcome = outcome_of(compiled, way)
        for held in (*outcome.steps, *outcome.follow_up):
            assert held.who
            assert set(held.who) <= known


def test_the_browser_gives_what_the_desk_gives(compiled: Compiled) -> None:
    """Through JSON and back, for every path: decide, explain, changes."""
    import json

    school = browser.load(browser.dump(compiled, SAFETY))
    for way in paths(compiled):
        outcome = outcome_of(compiled, way)
        payload = json.dumps({"school": school, "answers": way})
        assert json.loads(browser.call("decide", payload)) == decision_json(outcome)
        assert json.loads(browser.call("explain", payload)) == browser.explain_json(
            compiled, outcome
        )
        assert json.loads(browser.call("changes", payload)) == browser.changes_json(
            compiled, outcome
        )


def test_the_browser_answers_a_bad_answer_with_what_was_possible(compiled: Compiled) -> None:
    """An error is an answer, not a crash."""
    import json

    school = browser.load(browser.dump(compiled, SAFETY))
    said = json.loads(browser.call("decide", json.dumps({"school": school, "answers": {"x": "y"}})))
    assert said["error"].startswith("x is not known here")
    said = json.loads(browser.call("decide", json.dumps({"school": "elsewhere", "answers": {}})))
    assert said["possible"]


def test_a_case_that_is_not_decided_cannot_be_explained(compiled: Compiled) -> None:
    """The page is told so."""
    import json

    school = browser.load(browser.dump(compiled, SAFETY))
    said = json.loads(browser.call("explain", json.dumps({"school": school, "answers": {}})))
    assert "not decided yet" in said["error"]


def test_the_sound_example_decides_as_its_three_rules_say(sound: Read) -> None:
    """The smallest example, in full."""
    protocol: Protocol = sound.protocol
    compiled = compile_tree(protocol)
    first = decide(compiled, {})
    assert isinstance(first, Ask)
    assert first.question.id == "how_often"
    same = outcome_of(compiled, {"how_often": "first", "classes": "same"})
    assert (same.phase.id, same.lead) == ("phase-1", ("mentor",))
    again = outcome_of(compiled, {"how_often": "again"})
    assert (again.phase.id, again.lead, again.trail) == (
        "phase-2",
        ("coordinator",),
        ("how_often",),
    )
    assert [a.phase and a.phase.id for a in same.ahead("goes-on")] == ["phase-2"]
    assert [a.phase for a in same.ahead("stops")] == [None]
