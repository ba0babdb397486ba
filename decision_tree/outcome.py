"""What a decision looks like: ask further, an outcome, or leave the ladder; and its plain JSON form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from decision_tree.protocol import (
    UNSTATED,
    WAITS,
    Delay,
    Event,
    FollowUp,
    Next,
    OpenPoint,
    ParentLine,
    Phase,
    Question,
    Rule,
    Scoped,
    Step,
    StepKind,
    Text,
)
from decision_tree.safety import Flag

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumed:
    """An *I don't know*, the careful answer taken for it, and what to find out first."""

    question: Question
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Held[T: Scoped]:
    """An item that holds in this outcome: always, or only if ``depends_on`` turns out so.

    ``who`` has the lead filled in. ``condition`` joins what depends on an answer not given
    with the document's own words of limit; None: no condition. ``at``: its place in its
    section of the protocol, by which a page finds the line that it drew before.
    """

    item: T
    at: int
    who: tuple[str, ...]
    depends_on: Mapping[str, tuple[str, ...]]
    condition: Text | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """What comes after an event; ``phase`` and ``lead`` where the table gives them."""

    line: Held[Next]
    phase: Phase | None
    lead: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """This question must still be answered; ``trail``: what was asked before it, in order.

    ``screen``: the name of the screen that shows it, on every page of this version.
    """

    question: Question
    trail: tuple[str, ...]
    assumed: tuple[Assumed, ...]
    screen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """A red flag: the ladder does not apply. ``beside``: the school's own lines on it."""

    flag: Flag
    beside: tuple[Any, ...]
    assumed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The phase, who leads and everything that follows, for one case. ``screen`` as in ``Ask``."""

    answers: Mapping[str, str]
    trail: tuple[str, ...]
    phase: Phase
    lead: tuple[str, ...]
    ask: tuple[str, ...]
    rules: tuple[Rule, ...]
    steps: tuple[Held[Step], ...]
    follow_up: tuple[Held[FollowUp], ...]
    parents: tuple[Held[ParentLine], ...]
    next: tuple[Ahead, ...]
    open: tuple[Held[OpenPoint], ...]
    assumed: tuple[Assumed, ...]
    screen: str

    @property
    def first_step(self) -> Held[Step]:
        """What to do first: of the steps of now one marked so, else the lead's first required one.

        Without either: the first required one that the document gives to nobody, which falls to the
        lead as well. A step of ours counts as one of the school's; one that has a condition left
        does not count. See :attr:`first_step_if_assumed` for a case with an *I don't know*.
        """
        return self.first_step_if_assumed if self.assumed else self._first(self._now)

    @property
    def first_step_if_assumed(self) -> Held[Step]:
        """The same while an answer is only assumed: nothing that waits, unless all of now waits.

        Where no required step is the lead's or nobody's: the first required report, so that those
        who may know hear of it.
        """
        steps = [held for held in self._now if held.item.kind not in WAITS] or self._now
        return self._first(steps, fallback_kind="report")

    @property
    def _now(self) -> list[Held[Step]]:
        return [held for held in self.steps if held.item.moment == "now"] or list(self.steps)

    def _first(self, steps: list[Held[Step]], fallback_kind: StepKind | None = None) -> Held[Step]:
        certain = [held for held in steps if held.condition is None]
        required = [held for held in certain if held.item.must]
        candidates = (
            [held for held in certain if held.item.first]
            + [held for held in required if set(held.who) & set(self.lead)]
            + [held for held in required if UNSTATED in held.who]
            + [held for held in required if held.item.kind == fallback_kind]
        )
        return (candidates or steps)[0]

    def ahead(self, event: Event) -> tuple[Ahead, ...]:
        """What comes after this event."""
        return tuple(a for a in self.next if a.line.item.event == event)


Decision = Ask | Leave | Outcome


def text_json(text: Text | None) -> Json | None:
    """``{"nl": …, "en": …}`` or None."""
    return None if text is None else {"nl": text.nl, "en": text.en}


def phase_json(phase: Phase) -> Json:
    return {
        "id": phase.id,
        "nl": phase.name.nl,
        "en": phase.name.en,
        "label": phase.label,
        "named": phase.named,
        "about": text_json(phase.about),
        "sources": list(phase.about.sources),
    }


def decision_json(decision: Decision) -> Json:
    """The shape that the command line prints and the page in the browser reads."""
    if isinstance(decision, Ask):
        return {
            "status": "ask",
            "screen": decision.screen,
            "question": question_json(decision.question),
            "trail": list(decision.trail),
            "assumed": _assumed(decision.assumed),
        }
    if isinstance(decision, Leave):
        return _leave_json(decision)
    return {
        "status": "outcome",
        "screen": decision.screen,
        "answers": dict(decision.answers),
        "trail": list(decision.trail),
        "phase": phase_json(decision.phase),
        "lead": list(decision.lead),
        "ask": list(decision.ask),
        "rules": [rule_json(rule) for rule in decision.rules],
        "first_step": decision.first_step.item.id,
        "steps": [_step_json(held) for held in decision.steps],
        "follow_up": [_follow_up_json(held) for held in decision.follow_up],
        "register": [
            {
                "who": list(held.who),
                "where": text_json(held.item.register),
                "do": text_json(held.item.do),
                **_scope_json(held),
            }
            for held in decision.steps
            if held.item.register
        ],
        "parents": [
            {
                "about": held.item.about,
                "moment": held.item.moment,
                "nl": held.item.nl,
                "en": held.item.en,
                **_scope_json(held),
            }
            for held in decision.parents
        ],
        "next": {
            event: [_ahead_json(a) for a in decision.ahead(event)]
            for event in ("goes-on", "again", "stops")
        },
        "assumed": _assumed(decision.assumed),
        "open": [
            {
                "id": held.item.id,
                "nl": held.item.nl,
                "en": held.item.en,
                "ask": list(held.item.ask),
                **_scope_json(held),
            }
            for held in decision.open
        ],
    }


def question_json(question: Question) -> Json:
    return {
        "id": question.id,
        "ask": text_json(question.ask),
        "help": text_json(question.help),
        "careful": question.careful,
        "find_out": text_json(question.find_out),
        "sources": list(question.sources),
        "answers": [
            {
                "id": a.id,
                "label": text_json(a.label),
                "condition": text_json(a.condition),
                "help": text_json(a.help),
                "sources": list(a.sources),
            }
            for a in question.answers
        ],
    }


def rule_json(rule: Rule) -> Json:
    return {
        "id": rule.id,
        "when": {q: list(a) for q, a in rule.when.items()},
        "phase": rule.phase,
        "lead": list(rule.lead),
        "ask": list(rule.ask),
        "because": text_json(rule.because),
        "sources": list(rule.sources),
        "reading": rule.reading,
    }


def _scope_json(held: Held[Any]) -> Json:
    return {
        "at": held.at,
        "if": text_json(held.condition),
        "depends_on": {q: list(a) for q, a in held.depends_on.items()},
        "sources": list(held.item.sources),
        "reading": held.item.reading,
    }


def _step_json(held: Held[Step]) -> Json:
    step = held.item
    return {
        "id": step.id,
        "who": list(held.who),
        "do": text_json(step.do),
        "must": step.must,
        "when": text_json(step.term),
        "how": text_json(step.how),
        "kind": step.kind,
        "moment": step.moment,
        "register": text_json(step.register),
        **_scope_json(held),
    }


def _delay(delay: Delay | None) -> Json | None:
    return (
        None
        if delay is None
        else {"days": delay.days, "weeks": delay.weeks, "months": delay.months}
    )


def _follow_up_json(held: Held[FollowUp]) -> Json:
    item = held.item
    return {
        "id": item.id,
        "who": list(held.who),
        "do": text_json(item.do),
        "after": _delay(item.after),
        "during": _delay(item.during),
        **_scope_json(held),
    }


def _ahead_json(ahead: Ahead) -> Json:
    line = ahead.line.item
    return {
        "nl": line.nl,
        "en": line.en,
        "answers": dict(line.answers),
        "phase": phase_json(ahead.phase) if ahead.phase else None,
        "lead": list(ahead.lead),
        **_scope_json(ahead.line),
    }


def _assumed(assumed: tuple[Assumed, ...]) -> list[Json]:
    return [
        {
            "question": a.question.id,
            "answer": a.answer,
            **(text_json(a.question.answer(a.answer).label) or {}),
            "find_out": text_json(a.question.find_out),
        }
        for a in assumed
    ]


def _line_json(line: Any) -> Json:
    return {"nl": line.nl, "en": line.en, "sources": list(line.sources)}


def _leave_json(decision: Leave) -> Json:
    flag = decision.flag
    return {
        "status": "leave",
        "flag": {"id": flag.id, "nl": flag.label.nl, "en": flag.label.en},
        "assumed": decision.assumed,
        "do": [text_json(line) for line in flag.do],
        "for_parents": [text_json(line) for line in flag.for_parents],
        "for_pupil": text_json(flag.for_pupil),
        "never": [text_json(line) for line in flag.never],
        "tell": [text_json(line) for line in flag.tell],
        "call": list(flag.call),
        "go_on": text_json(flag.go_on),
        "background": text_json(flag.background),
        "school": [_line_json(line) for line in decision.beside],
    }
