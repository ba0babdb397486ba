"""Ids that are named in a protocol file: each must exist, and once; and what goes badly together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from decision_tree.faults import Faults, quoted
from decision_tree.protocol import ALL, LEAD, UNKNOWN, UNSTATED, Delay, Protocol, Question
from decision_tree.yaml_source import Place

SECTIONS_WITH_IDS = (
    "roles", "questions", "refinements", "phases", "rules", "steps", "follow_up", "open",
    "readings", "background", "clauses",
)  # fmt: skip


def find_references(p: Protocol, faults: Faults, flags: Collection[str]) -> None:
    """Every id that is used twice, or named and nowhere defined; every delay that says no day."""
    for section in SECTIONS_WITH_IDS:
        once(faults, (section,), (thing.id for thing in getattr(p, section)))
    _questions(p, faults)
    _mentors(p, faults)
    _delays(p, faults)
    roles, phases = _names(role.id for role in p.roles), _names(phase.id for phase in p.phases)
    asked = answer_ids(p.questions)
    known = asked | answer_ids(p.refinements)
    leads, actors = _names((*roles, UNSTATED)), _names((*roles, LEAD, UNSTATED))
    anywhere = _names((*phases, ALL))
    for i, rule in enumerate(p.rules):
        conditions(faults, ("rules", i, "when"), rule.when, asked)
        _each(faults, ("rules", i, "lead"), "role", rule.lead, leads)
        _each(faults, ("rules", i, "ask"), "role", rule.ask, roles)
        if rule.phase not in phases:
            faults.unknown(("rules", i, "phase"), "phase", rule.phase, phases)
    for section in ("steps", "follow_up", "parents", "next", "open"):
        for i, item in enumerate(getattr(p, section)):
            conditions(faults, (section, i, "only_when"), item.only_when, known)
            _each(faults, (section, i, "phases"), "phase", item.phases, anywhere)
            _each(faults, (section, i, "who"), "role", getattr(item, "who", ()), actors)
            for key in ("ask", "to"):
                _each(faults, (section, i, key), "role", getattr(item, key, ()), roles)
    for i, event in enumerate(p.next):
        for question, answer in event.answers.items():
            _answer(faults, ("next", i, "answers", question), question, answer, asked)
    for i, beside in enumerate(p.red_flags):
        if beside.flag not in flags:
            faults.unknown(("red_flags", i, "flag"), "red flag", beside.flag, flags)
    once(faults, ("red_flags",), (beside.flag for beside in p.red_flags), "flag")
    _sources_and_readings(p, faults)


def _names(names: Iterable[str]) -> dict[str, None]:
    """Names that are found at once, and told in the order of the file."""
    return dict.fromkeys(names)


def answer_ids(questions: Iterable[Question]) -> dict[str, dict[str, None]]:
    """Question id -> the ids of its answers."""
    return {question.id: _names(answer.id for answer in question.answers) for question in questions}


def once(faults: Faults, place: Place, ids: Iterable[str], key: str = "id") -> None:
    """Ids that stand twice in the list at ``place``, each under ``key``."""
    seen: set[str] = set()
    for i, name in enumerate(ids):
        if name in seen:
            under = f" under `{place[-1]}`" if place else ""
            what = f"the id {quoted(name)} stands twice{under}"
            faults.add((*place, i, key), "R18", what, "give one of the two another id")
        seen.add(name)


def _questions(p: Protocol, faults: Faults) -> None:
    asked = {question.id for question in p.questions}
    for i, question in enumerate(p.refinements):
        if question.id in asked:
            what = f"{quoted(question.id)} is a question and a refinement"
            faults.add(("refinements", i, "id"), "R18", what, "keep one of the two")
    for section in ("questions", "refinements"):
        questions: tuple[Question, ...] = getattr(p, section)
        for i, question in enumerate(questions):
            ids = _names(answer.id for answer in question.answers)
            if question.careful not in ids:
                faults.unknown((section, i, "careful"), "answer", question.careful, ids)
            place: Place = (section, i, "answers")
            for j, answer in enumerate(question.answers):
                if answer.id == UNKNOWN:
                    what = "`unknown` is there by itself with every question"
                    faults.add((*place, j, "id"), "R21", what, "leave it out")
            once(faults, place, (answer.id for answer in question.answers))


def _mentors(p: Protocol, faults: Faults) -> None:
    mentors = [i for i, role in enumerate(p.roles) if role.stands_for == "mentor"]
    for i in mentors[1:]:
        what = f"{quoted(p.roles[mentors[0]].id)} stands for the mentor already"
        hint = "keep one of the two; the other may stand for `staff`"
        faults.add(("roles", i, "stands_for"), "R22", what, hint)


def _delays(p: Protocol, faults: Faults) -> None:
    for i, moment in enumerate(p.follow_up):
        place: Place = ("follow_up", i)
        if moment.after and moment.during:
            what = "`after` and `during` both say when"
            faults.add((*place, "during"), "R33", what, "keep one of the two")
        for key in ("after", "during"):
            if getattr(moment, key) == Delay():
                hint = "write `{weeks: 2}`, or leave it out where the document names no time"
                faults.add((*place, key), "R33", f"`{key}` names no time", hint)


def conditions(
    faults: Faults,
    place: Place,
    when: Mapping[str, tuple[str, ...]],
    known: Mapping[str, Collection[str]],
) -> None:
    """Questions with some of their answers, as in `only_when`."""
    for question, answers in when.items():
        if question not in known:
            faults.unknown((*place, question), "question", question, known)
            continue
        for i, answer in enumerate(answers):
            _answer(faults, (*place, question, i), question, answer, known)


def _answer(
    faults: Faults, place: Place, question: str, answer: str, known: Mapping[str, Collection[str]]
) -> None:
    if question not in known:
        faults.unknown(place, "question", question, known)
    elif answer not in known[question]:
        faults.unknown(place, f"answer to {quoted(question)} named", answer, known[question])


def _each(
    faults: Faults, place: Place, kind: str, names: Iterable[str], known: Collection[str]
) -> None:
    for i, name in enumerate(names):
        if name not in known:
            faults.unknown((*place, i), kind, name, known)


def _sources_and_readings(p: Protocol, faults: Faults) -> None:
    clauses = _names(clause.id for clause in p.clauses)
    readings = _names(reading.id for reading in p.readings)
    for place, value in _scalars(faults.source.value, ()):
        name, inside = str(value), place[0] not in {"clauses", "readings"}
        if len(place) >= 2 and place[-2] == "sources" and name not in clauses:
            faults.unknown(place, "clause", name, clauses)
        elif place[-1] == "reading" and inside and name not in readings:
            faults.unknown(place, "reading", name, readings)


def _scalars(value: Any, place: Place) -> Iterable[tuple[Place, object]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _scalars(item, (*place, key))
    elif isinstance(value, list):
        for i, item in enumerate(value):
            yield from _scalars(item, (*place, i))
    else:
        yield place, value
