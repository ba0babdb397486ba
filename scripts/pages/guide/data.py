"""What the templates of the guide draw: the questions and outcomes of one school, as screens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from decision_tree import guide
from decision_tree.outcome import Ask, Held, Outcome
from decision_tree.protocol import (
    UNSTATED,
    WAITS,
    Answer,
    ParentLine,
    Phase,
    Protocol,
    Question,
    Reading,
    Step,
)
from decision_tree.tree import Compiled, compile_tree
from scripts.pages.guide.routes import Route, routes

MOMENTS = ("now", "this-week", "later")
PARENT_TOPICS = ("contact", "expect", "home", "turn-to")
EVENTS = ("goes-on", "again", "stops")

LONG = 20
"""Steps of an outcome beyond which a phone shows those of now, and folds the others."""

MOST_TAILS = 60
"""As many as ``guide.css`` can tell apart without scripts; further outcomes hold their own tail each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """An answer and the screen that it leads to."""

    answer: Answer
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionScreen:
    """One question. ``unsure_to``: where *I don't know* leads, by the careful answer."""

    name: str
    question: Question
    choices: tuple[Choice, ...]
    careful: Answer
    unsure_to: str
    route: Route
    aid: tuple[Any, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """Items under one heading, each with its number in the protocol, which scripts know it by."""

    name: str
    items: tuple[tuple[int, Any], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Steps under one heading. ``own``: the ids of those that the class's own teacher reads."""

    name: str
    items: tuple[Held[Step], ...]
    own: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tail:
    """What comes after the steps. Outcomes that agree on it share it: it is drawn once for them."""

    contact: tuple[Held[Step], ...]
    parents: tuple[Lines, ...]
    follow_up: tuple[Held[Any], ...]
    events: tuple[Lines, ...]
    open: tuple[int, ...]
    phase: Phase
    lead: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeScreen:
    """One outcome, grouped as it is read.

    ``tell``: to whom a parent turns with it: who leads, or else who has the class.
    ``hand_over``: whoever reads it and does not lead is asked to tell the one who does.
    ``further``: to whom a parent turns who has told the school and sees too little change.
    ``again``: the case is not new, so parents see that at once.
    """

    name: str
    outcome: Outcome
    route: Route
    groups: tuple[Group, ...]
    long: bool
    readings: tuple[Reading, ...]
    refine: tuple[Question, ...]
    first_for_parents: ParentLine | None
    tell: tuple[str, ...]
    hand_over: bool
    again: bool
    further: tuple[ParentLine, ...]
    teacher_steps: bool
    tail: Tail


def guide_data(protocol: Protocol) -> dict[str, Any]:
    """Everything that ``guide/guide.html`` needs, for one school."""
    compiled = compile_tree(protocol)
    ways = routes(compiled)
    screens = guide.screens(compiled)
    asks: list[QuestionScreen] = []
    outcomes: list[OutcomeScreen] = []
    for name, screen in reversed(screens.items()):  # the first question comes last
        if isinstance(screen, Ask):
            asks.append(_question(compiled, screen, ways[name]))
        else:
            outcomes.append(_outcome(protocol, screen, ways[name]))
    return {
        "compiled": compiled,
        "root": compiled.tree.nodes[compiled.tree.root].name,
        "questions": asks,
        "outcomes": _by_tail(outcomes),
        "most_tails": MOST_TAILS,
        "all_questions": protocol.questions + protocol.refinements,
        "waits": WAITS,
        "teacher": _teacher(protocol),
        "mine": _mine(protocol),
        "beside": {b.flag: ((protocol, b.lines),) for b in protocol.red_flags},
    }


def unlisted_data() -> dict[str, Any]:
    """What ``guide/unlisted.html`` needs: no school, so no phases, only what is ours."""
    return {"moments": MOMENTS}


def _teacher(protocol: Protocol) -> str:
    """The role id of the person who has the class, or ""."""
    return next((role.id for role in protocol.roles if role.stands_for == "mentor"), "")


def _mine(protocol: Protocol) -> frozenset[str]:
    """The role ids behind which the class teacher reads "you"."""
    teacher = _teacher(protocol)
    staff = (role.id for role in protocol.roles if role.stands_for == "staff")
    return frozenset((teacher, *staff)) if teacher else frozenset()


def _question(compiled: Compiled, ask: Ask, route: Route) -> QuestionScreen:
    nodes = compiled.tree.nodes
    branches = compiled.tree.named(ask.screen).branches or {}
    leads = {answer: nodes[number].name for answer, number in branches.items()}
    question = ask.question
    aid = [b for b in compiled.protocol.background if b.topic in ("definition", "teasing")]
    return QuestionScreen(
        name=ask.screen,
        question=question,
        choices=tuple(Choice(answer=a, to=leads[a.id]) for a in question.answers),
        careful=question.answer(question.careful),
        unsure_to=leads[question.careful],
        route=route,
        aid=tuple(aid) if question.id == "happened" else (),
    )


def _outcome(protocol: Protocol, outcome: Outcome, route: Route) -> OutcomeScreen:
    groups = [_group(protocol, outcome, name) for name in (*MOMENTS, "may")]
    certain = [h.item for h in outcome.parents if h.condition is None]
    first = [line for line in certain if line.first]
    expect = [line for line in certain if line.about == "expect"]
    return OutcomeScreen(
        name=outcome.screen,
        outcome=outcome,
        route=route,
        groups=tuple(group for group in groups if group.items),
        long=len(outcome.steps) > LONG,
        readings=tuple(_readings(protocol, outcome)),
        refine=tuple(_refine(protocol, outcome)),
        first_for_parents=next(iter(first + expect), None),
        tell=_leads_in_school(protocol, outcome) or tuple(filter(None, (_teacher(protocol),))),
        hand_over=_hand_over(protocol, outcome),
        again=_again(protocol, outcome),
        further=tuple(x for x in certain if x.about == "turn-to" and x.moment != "now"),
        teacher_steps=any(group.own for group in groups),
        tail=_tail(protocol, outcome),
    )


def _leads_in_school(protocol: Protocol, outcome: Outcome) -> tuple[str, ...]:
    """Who leads, if all of them are named and of the school; else nobody."""
    lead = outcome.lead
    named = all(role != UNSTATED and protocol.role(role).side == "school" for role in lead)
    return lead if named else ()


def _again(protocol: Protocol, outcome: Outcome) -> bool:
    """How often was asked, and the answer is not the one for what is new (the first of the file)."""
    given = outcome.answers.get("how_often")
    return given is not None and given != protocol.question("how_often").answers[0].id


def _hand_over(protocol: Protocol, outcome: Outcome) -> bool:
    """Someone of the school leads, who does not hear of it by the first step already."""
    return bool(_leads_in_school(protocol, outcome)) and not outcome.first_step.item.first


def _tail(protocol: Protocol, outcome: Outcome) -> Tail:
    parents = [(_place(protocol.parents, h), h) for h in outcome.parents]
    ahead = [(_place(protocol.next, a.line), a) for a in outcome.next]
    return Tail(
        contact=tuple(held for held in outcome.steps if held.item.kind == "parents"),
        parents=tuple(
            Lines(
                name=topic, items=tuple(_by_moment(x for x in parents if x[1].item.about == topic))
            )
            for topic in PARENT_TOPICS
        ),
        events=tuple(
            Lines(name=event, items=tuple(x for x in ahead if x[1].line.item.event == event))
            for event in EVENTS
        ),
        follow_up=outcome.follow_up,
        open=tuple(_place(protocol.open, h) for h in outcome.open),
        phase=outcome.phase,
        lead=outcome.lead,
    )


def _by_tail(screens: Iterable[OutcomeScreen]) -> list[tuple[list[OutcomeScreen], Tail]]:
    """The screens in groups that share a tail."""
    groups: list[tuple[list[OutcomeScreen], Tail]] = []
    for screen in screens:
        for members, tail in groups:
            if tail == screen.tail:
                members.append(screen)
                break
        else:
            groups.append(([screen], screen.tail))
    return groups


def _heading(step: Step) -> str:
    """What the document leaves free stands apart; advice of ours stands where it is needed."""
    return step.moment if step.must or not step.sources else "may"


def _group(protocol: Protocol, outcome: Outcome, name: str) -> Group:
    items = tuple(held for held in outcome.steps if _heading(held.item) == name)
    teacher, mine = _teacher(protocol), _mine(protocol)
    own = (
        held.item.id
        for held in items
        # A step of nobody's would be done by nobody if the teacher did not see it; what comes first
        # stands above every view's list, so it stands in it too; and what keeps pupils safe holds
        # for whoever talks with them, also where someone else leads.
        if held == outcome.first_step
        or (not held.item.sources and held.item.kind in ("protect", "evidence"))
        or (not {*mine, UNSTATED}.isdisjoint(held.who) and teacher not in held.item.to)
    )
    return Group(name=name, items=items, own=frozenset(own))


def _by_moment(items: Iterable[tuple[int, Any]]) -> list[tuple[int, Any]]:
    return sorted(items, key=lambda item: MOMENTS.index(item[1].item.moment))


def _place(items: tuple[Any, ...], held: Held[Any]) -> int:
    return next(i for i, item in enumerate(items) if item is held.item)


def _held(outcome: Outcome) -> Iterator[Held[Any]]:
    yield from outcome.steps
    yield from outcome.follow_up
    yield from outcome.parents
    yield from outcome.open
    yield from (ahead.line for ahead in outcome.next)


def _readings(protocol: Protocol, outcome: Outcome) -> Iterator[Reading]:
    """Our readings of unclear places on which this outcome rests."""
    used = {h.item.reading for h in _held(outcome)} | {rule.reading for rule in outcome.rules}
    yield from (reading for reading in protocol.readings if reading.id in used)


def _refine(protocol: Protocol, outcome: Outcome) -> Iterator[Question]:
    """The questions that were not asked and that would settle a conditional line here."""
    open_questions = {q for h in _held(outcome) for q in h.depends_on}
    yield from (q for q in protocol.refinements if q.id in open_questions)
