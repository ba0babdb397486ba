"""What the page's own links show and what Python shows: the same screen, and never a line less in silence."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest

from decision_tree.guide import decide, paths, screens
from decision_tree.outcome import Ask, Held, Outcome
from decision_tree.protocol import UNKNOWN
from decision_tree.reading import read_protocol, school_files
from decision_tree.tree import Compiled, compile_tree

SECTIONS = ("steps", "follow_up", "parents", "open")


def held(outcome: Outcome) -> dict[tuple[str, int], Held[object]]:  # type: ignore[type-var]
    """Every line of an outcome, by section and place."""
    lines = {(section, h.at): h for section in SECTIONS for h in getattr(outcome, section)}
    return lines | {("next", a.line.at): a.line for a in outcome.next}


def states(compiled: Compiled) -> Iterator[dict[str, str]]:
    """Every answer and *I don't know* to every question, also to those no longer asked: each case that
    can stand in the address after answers were changed."""
    asked = compiled.protocol.questions
    for given in product(*((*(a.id for a in q.answers), UNKNOWN) for q in asked)):
        yield dict(zip((q.id for q in asked), given, strict=True))


def by_links(compiled: Compiled, state: dict[str, str]) -> str:
    """Where the links of the page lead: *I don't know* goes where the careful answer goes."""
    number = compiled.tree.root
    while (node := compiled.tree.nodes[number]).branches is not None:
        answer = state[node.question or ""]
        careful = compiled.protocol.question(node.question or "").careful
        number = node.branches[careful if answer == UNKNOWN else answer]
    return node.name


def test_python_leaves_out_a_line_of_the_links_only_by_an_answer_that_is_given_or_called_assumed(
    compiled: Compiled,
) -> None:
    """For every state of every school: the same node, no line more, none less without its reason."""
    shown = screens(compiled)
    for state in states(compiled):
        outcome = decide(compiled, state)
        assert isinstance(outcome, Outcome)
        assert outcome.screen == by_links(compiled, state)
        screen = shown[outcome.screen]
        assert isinstance(screen, Outcome)
        assumed = {a.question.id: a.answer for a in outcome.assumed}
        told = {q: a for q, a in state.items() if a != UNKNOWN} | assumed
        mine, theirs = held(outcome), held(screen)
        assert mine.keys() <= theirs.keys()
        for place, line in theirs.items():
            wanted = line.item.only_when  # type: ignore[attr-defined]
            is_out = any(told[q] not in allowed for q, allowed in wanted.items() if q in told)
            assert (place in mine) != is_out, (state, place)
            if place in mine:
                waits = {q: a for q, a in wanted.items() if q not in told}
                assert mine[place].depends_on == waits


def test_not_knowing_what_is_not_asked_is_as_if_it_had_never_been_answered(
    compiled: Compiled,
) -> None:
    """The same lines, the same conditions, the same way ahead, nothing assumed."""
    for way in paths(compiled):
        stray = {q.id: UNKNOWN for q in compiled.protocol.questions if q.id not in way}
        plain, strayed = decide(compiled, way), decide(compiled, {**stray, **way})
        assert isinstance(plain, Outcome)
        assert isinstance(strayed, Outcome)
        assert held(strayed) == held(plain)
        assert (strayed.next, strayed.assumed) == (plain.next, ())
        names = list(way)
        for i in range(len(names)):
            begun = {q: way[q] for q in names[:i]}
            later = {q: UNKNOWN for q in stray if q != names[i]}
            ask = decide(compiled, {**later, **begun})
            if isinstance(ask, Ask):
                assert {a.question.id for a in ask.assumed} <= set(ask.trail)


@pytest.mark.parametrize("stray", [{}, {"takes_over": UNKNOWN}])
def test_an_answer_changed_after_not_knowing_who_takes_over_loses_no_steps(
    stray: dict[str, str],
) -> None:
    """d'Oultremont: at a relapse it is not asked whether someone takes over; the steps that turn on it stay."""
    compiled = compile_tree(read_protocol(school_files()["doultremont"]))
    seen = 0
    for way in paths(compiled):
        if way.get("how_often") == "relapse" and "takes_over" not in way:
            outcome = decide(compiled, {**stray, **way})
            assert isinstance(outcome, Outcome)
            waiting = [h for h in outcome.steps if "takes_over" in h.depends_on]
            named = [s for s in compiled.protocol.steps if "takes_over" in s.only_when]
            here = [s for s in named if {"all", outcome.phase.id} & set(s.phases)]
            kept = [s for s in here if all(way.get(q, a[0]) in a for q, a in s.only_when.items())]
            assert [h.item.id for h in waiting] == [s.id for s in kept]
            seen += len(kept)
    assert seen
