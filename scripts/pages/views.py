"""What a page asks of a protocol that the protocol does not say in one place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from decision_tree.protocol import (
    ALL,
    LEAD,
    UNSTATED,
    Answer,
    Clause,
    FollowUp,
    Language,
    ParentLine,
    Phase,
    Protocol,
    Reading,
    Rule,
    Scoped,
    Step,
    Text,
)  # fmt: skip
from scripts.pages.words import say

SHAPES = ("circle", "square", "diamond", "hexagon", "octagon", "shield")
"""The shape of a phase, by how far up it is; from the last one on all are alike."""


def shape(protocol: Protocol, phase: Phase) -> str:
    """The shape that goes with how far up a phase is, the same on every page."""
    steps = sorted({p.weight for p in protocol.phases})
    return SHAPES[min(steps.index(phase.weight), len(SHAPES) - 1)]


def rules_of(protocol: Protocol, phase: Phase) -> tuple[Rule, ...]:
    return tuple(rule for rule in protocol.rules if rule.phase == phase.id)


def leads(protocol: Protocol, phase: Phase) -> tuple[str, ...]:
    """Who can lead in this phase, each once, in the order of the table."""
    return tuple(dict.fromkeys(role for rule in rules_of(protocol, phase) for role in rule.lead))


def actors(
    protocol: Protocol, item: Step | FollowUp, phases: Iterable[Phase]
) -> list[tuple[str, bool]]:
    """Who does this in these phases, with whether each stands there as the lead."""
    others = [(role, False) for role in item.who if role != LEAD]
    if LEAD not in item.who:
        return others
    leading = (role for phase in phases for role in _leads_under(protocol, phase, item))
    return [(role, True) for role in dict.fromkeys(leading)] + others


def together(protocol: Protocol, phases: Iterable[Phase]) -> bool:
    """Whether several lead in these phases side by side, and not one in this case and one in that."""
    return all(len(rule.lead) > 1 for phase in phases for rule in rules_of(protocol, phase))


def _leads_under(protocol: Protocol, phase: Phase, item: Scoped) -> tuple[str, ...]:
    """The leads that can occur where this item holds (a condition may leave only one)."""
    fitting = [
        role
        for rule in rules_of(protocol, phase)
        if all(
            question not in rule.when or set(rule.when[question]) & set(answers)
            for question, answers in item.only_when.items()
        )
        for role in rule.lead
    ]
    return tuple(dict.fromkeys(fitting)) or leads(protocol, phase)


def in_phase[T: Scoped](items: Iterable[T], phase: Phase) -> tuple[T, ...]:
    """The items that hold in this phase, those of all phases included."""
    return tuple(item for item in items if ALL in item.phases or phase.id in item.phases)


def everywhere(protocol: Protocol, item: Scoped) -> bool:
    """Whether an item holds in every phase, so that no phase need be named with it."""
    return ALL in item.phases or {p.id for p in protocol.phases} <= set(item.phases)


def phases_of(protocol: Protocol, item: Scoped) -> tuple[Phase, ...]:
    return tuple(p for p in protocol.phases if ALL in item.phases or p.id in item.phases)


def acts(protocol: Protocol, role_id: str, phase: Phase, step: Step) -> bool:
    """Whether this role does this step in this phase, as itself or as the lead."""
    return any(role == role_id for role, _ in actors(protocol, step, (phase,)))


def acting_roles(protocol: Protocol) -> tuple[str, ...]:
    """The roles that do at least one step, leads first, then in the order of the file."""
    doing = {
        role
        for phase in protocol.phases
        for step in in_phase(protocol.steps, phase)
        for role, _ in actors(protocol, step, (phase,))
    }
    leading = [r for phase in protocol.phases for r in leads(protocol, phase) if r != UNSTATED]
    order = [*dict.fromkeys(leading), *(r.id for r in protocol.roles)]
    found = tuple(r for r in dict.fromkeys(order) if r in doing or r in leading)
    return (*found, UNSTATED) if UNSTATED in doing else found


def coordinators(protocol: Protocol) -> tuple[str, ...]:
    return tuple(role.id for role in protocol.roles if role.coordinator)


TOPICS = (
    "about", "vision", "definition", "teasing", "forms", "group-roles", "causes", "signals",
    "consequences", "prevention", "escalation", "sanctions", "registration", "contact-parents",
    "aftercare", "talk-bullied", "talk-bullying", "contract", "online", "online-steps",
    "online-safe-use", "images", "stalking", "discrimination", "grooming", "group-apps",
    "pupil-tips", "parent-tips", "information", "links",
)  # fmt: skip
"""The order of topics on a background page: what it is, what is done, online, where to look."""

_PART = re.compile(r" > |, |; ")


def document_order(protocol: Protocol) -> list[tuple[Text, list[Clause]]]:
    """The clauses in the order of the document, grouped under its headings."""
    groups: dict[str, tuple[Text, list[Clause]]] = {}
    for clause in protocol.clauses:
        heading = Text(nl=_PART.split(clause.where.nl)[0], en=_PART.split(clause.where.en)[0])
        groups.setdefault(heading.nl, (heading, []))[1].append(clause)
    return list(groups.values())


def names(protocol: Protocol, role_ids: Iterable[str], language: Language) -> list[str]:
    """The names of these roles, as they stand inside a sentence."""
    return [
        say("not-said", language) if role == UNSTATED else protocol.role(role).name.in_language(language)
        for role in role_ids
    ]  # fmt: skip


def labels(answers: Iterable[Answer], language: Language) -> list[str]:
    return [f"“{answer.label.in_language(language)}”" for answer in answers]


def reading(protocol: Protocol, reading_id: str) -> Reading:
    """How we read a place that allows more than one meaning."""
    return next(reading for reading in protocol.readings if reading.id == reading_id)


def steps_of_role(protocol: Protocol, role_id: str) -> list[tuple[Phase, list[Step]]]:
    """What a role does, phase by phase; phases without a step for it are left out."""
    found = []
    for phase in protocol.phases:
        steps = [s for s in in_phase(protocol.steps, phase) if acts(protocol, role_id, phase, s)]
        if steps:
            found.append((phase, steps))
    return found


def card_roles(protocol: Protocol) -> tuple[str, ...]:
    """The roles whose names a school writes on its card: coordinators and those who lead."""
    leading = [role for phase in protocol.phases for role in leads(protocol, phase)]
    return tuple(dict.fromkeys(r for r in (*coordinators(protocol), *leading) if r != UNSTATED))


@dataclass(frozen=True, slots=True)
class Notes:
    """What of ours must stand above a topic: principles, and a red flag to read first."""

    principles: tuple[str, ...] = ()
    flag: str | None = None


_NOTES = {
    "online-steps": Notes(("keep-then-report-then-block", "no-detective-work")),
    "images": Notes((), "images"),
    "stalking": Notes(("keep-then-report-then-block",), "threats"),
    "discrimination": Notes((), "threats"),
    "grooming": Notes((), "grooming"),
    "pupil-tips": Notes(("keep-then-report-then-block",)),
    "talks": Notes(("no-blame", "separate-talks")),
    "talk-bullied": Notes(("no-blame", "separate-talks")),
    "talk-bullying": Notes(("separate-talks", "no-detective-work")),
    "sanctions": Notes(("sanctions",)),
    "group-roles": Notes(("no-blame",)),
    "causes": Notes(("no-blame",)),
    "contact-parents": Notes(("unsafe-home",)),
    "registration": Notes(("write-facts",)),
}


def notes_for(topic: str) -> Notes:
    """The safety layer's notes for a topic, shown before what a document says about it."""
    return _NOTES.get(topic, Notes())


def host(address: str) -> str:
    """The name of a site, as people say it."""
    return (urlsplit(address).hostname or address).removeprefix("www.")


def card_keys(protocol: Protocol) -> dict[str, str]:
    """What stands in the shape of a phase on the card: the document's label, else a letter of ours.

    A label that the document gives to two phases has a plus in the second: each mark means one phase.
    """
    letters = iter("abcdefghijklmnopqrstuvwxyz")
    keys: dict[str, str] = {}
    for phase in protocol.phases:
        key = phase.label or next(letters)
        while key in keys.values():
            key = f"{key}+" if phase.label else next(letters)
        keys[phase.id] = key
    return keys


def phase_names(phases: Iterable[Phase], language: Language) -> list[str]:
    """Their names, as they stand inside a sentence."""
    return [phase.name.in_language(language) for phase in phases]


@dataclass(frozen=True, slots=True)
class Where:
    """In which phases an item holds; ``but``: in all but these. No phases: in all of them."""

    phases: tuple[Phase, ...]
    but: bool = False


def where(protocol: Protocol, item: Scoped, among: Iterable[Phase]) -> Where:
    """In which of these phases an item holds, said the short way round."""
    inside = phases_of(protocol, item)
    outside = tuple(phase for phase in among if phase not in inside)
    if len(outside) < len(inside) and len(outside) <= 3:
        return Where(outside, but=bool(outside))
    return Where(inside)


def alike[T: Step | FollowUp | ParentLine](items: Iterable[T]) -> list[list[T]]:
    """Items that say the same at the same time together: under one heading a line stands once."""
    groups: dict[object, list[T]] = {}
    for item in items:
        said = (item.nl, item.en) if isinstance(item, ParentLine) else item.do
        time = (item.after, item.during) if isinstance(item, FollowUp) else None
        groups.setdefault((said, time), []).append(item)
    return list(groups.values())


@dataclass(frozen=True, slots=True)
class CardStep:
    """A step on the card, and in which phases it holds."""

    step: Step
    where: Where


def card_groups(protocol: Protocol) -> list[tuple[tuple[str, ...], list[list[CardStep]]]]:
    """All that the document requires, by who does it; what is said alike in several cases together."""
    required = [step for step in protocol.steps if step.must and step.sources]
    groups: dict[tuple[str, ...], list[Step]] = {}
    for step in required:
        groups.setdefault(step.who, []).append(step)
    return [
        (
            who,
            [
                [CardStep(s, where(protocol, s, protocol.phases)) for s in same]
                for same in alike(steps)
            ],
        )
        for who, steps in sorted(groups.items(), key=lambda group: group[0] != (LEAD,))
    ]


def reading_order(protocol: Protocol) -> tuple[Phase, ...]:
    """The phases that the document has steps for, low to high; then what it only mentions."""
    told = [p for p in protocol.phases if any(s.sources for s in in_phase(protocol.steps, p))]
    return (*told, *(p for p in protocol.phases if p not in told))


def by_kind(steps: Iterable[Step]) -> list[tuple[str, list[Step]]]:
    """Steps of one cell of the matrix, those of one kind together."""
    kinds: dict[str, list[Step]] = {}
    for step in steps:
        kinds.setdefault(step.kind, []).append(step)
    return list(kinds.items())
