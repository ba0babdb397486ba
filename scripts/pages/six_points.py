"""One protocol in six points, whole lines and in short: for its own page and beside the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from decision_tree.protocol import (
    LEAD,
    UNSTATED,
    ClauseKind,
    FollowUp,
    Language,
    Phase,
    Protocol,
    Step,
)
from scripts.pages import sentences, views
from scripts.pages.words import say

POINTS = ("phases", "parents", "register", "follow-up", "sanctions", "open")
"""In the order of the page."""

Lines = list[list[Step | FollowUp]]
"""What a document says about a point; lines that say the same stand together (`views.alike`)."""

_CLAUSE_KINDS: Mapping[str, ClauseKind] = {"parents": "contact-parents", "sanction": "sanction"}
"""Kind of step -> the kind of clause by which a line of another kind belongs to it too."""


def whole(protocol: Protocol, point: str) -> Any:
    """All that the document says about a point; also about ``talks``, which another page shows."""
    return _WHOLE[point](protocol)


def short(protocol: Protocol, point: str, language: Language) -> str:
    """The same in a few words, to stand in a table; "" where the document says nothing."""
    return _SHORT[point](protocol, language)


def led_by(protocol: Protocol) -> tuple[str, ...]:
    """Everyone who can lead, each once, from the lowest phase up; who is not named comes last."""
    roles = [role for phase in protocol.phases for role in views.leads(protocol, phase)]
    return tuple(sorted(dict.fromkeys(roles), key=lambda role: role == UNSTATED))


def _told(p: Protocol, kind: str) -> Lines:
    """What a document says of this kind, also where a line is first of all something else."""
    clause_kind = _CLAUSE_KINDS.get(kind)
    clauses = {clause.id for clause in p.clauses if clause.kind == clause_kind}

    def belongs(item: Step | FollowUp) -> bool:
        return (
            (isinstance(item, Step) and item.kind == kind and _by_school(p, item))
            or kind in item.also
            or not clauses.isdisjoint(item.sources)
        )

    lines: tuple[Step | FollowUp, ...] = (*p.steps, *p.follow_up)
    return views.alike(line for line in lines if line.sources and belongs(line))


def _by_school(p: Protocol, step: Step) -> bool:
    return any(role in (LEAD, UNSTATED) or p.role(role).side == "school" for role in step.who)


_WHOLE: dict[str, Callable[[Protocol], Any]] = {
    "phases": lambda p: [(phase, views.leads(p, phase)) for phase in p.phases],
    "parents": lambda p: _told(p, "parents"),
    "register": lambda p: views.alike(s for s in p.steps if s.register and s.sources),
    "follow-up": lambda p: views.alike(p.follow_up),
    "sanctions": lambda p: _told(p, "sanction"),
    "talks": lambda p: _told(p, "talk"),
    "open": lambda p: p.open,
}


def _counted(number: int, one: str, more: str, language: Language) -> str:
    return f"{number} {say(one if number == 1 else more, language)}"


def _lines_from(lines: Lines, p: Protocol, language: Language) -> str:
    """ "3 regels, het eerst bij Fase 1": how much is said, and from how far up."""
    if not lines:
        return ""
    first = _lowest(p, [item for same in lines for item in same])
    counted = _counted(len(lines), "one-line", "more-lines", language)
    name = sentences.capital(first.name.in_language(language))
    return f"{counted}; {say('first-at', language)} “{name}”"


def _lowest(p: Protocol, items: Sequence[Step | FollowUp]) -> Phase:
    phases = (phase for item in items for phase in views.phases_of(p, item))
    return min(phases, key=lambda phase: phase.weight)


def _registers(p: Protocol, language: Language) -> str:
    """The names of the registers alone: what stands before the first comma."""
    names = (s.register.in_language(language) for s in p.steps if s.register and s.sources)
    return sentences.capital(
        sentences.listed([*dict.fromkeys(n.split(",")[0] for n in names)], language)
    )


def _times(p: Protocol, language: Language) -> str:
    """The times that the document names; that it names none, where it does look again."""
    if not p.follow_up:
        return ""
    times = dict.fromkeys(time for f in p.follow_up if (time := sentences.timing(f, language)))
    told = sentences.listed([time.lower() for time in times], language)
    return sentences.capital(told or say("no-time-named", language))


_SHORT: dict[str, Callable[[Protocol, Language], str]] = {
    "phases": lambda p, language: _counted(len(p.phases), "one-phase", "more-phases", language),
    "parents": lambda p, language: _lines_from(whole(p, "parents"), p, language),
    "register": _registers,
    "follow-up": _times,
    "sanctions": lambda p, language: _lines_from(whole(p, "sanctions"), p, language),
    "open": lambda p, language: _counted(len(p.open), "one-open-point", "open-points", language),
}
