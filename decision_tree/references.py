"""Ids that are named in a protocol file: each must exist, once, and be usable."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from typing import Any

from decision_tree.errors import Problem
from decision_tree.protocol import ALL, LEAD, UNKNOWN, UNSTATED, Protocol
from decision_tree.yaml_source import Place, Source

_ID = re.compile(r"[a-z0-9]+([-_][a-z0-9]+)*")


class _References:
    """Collects ids that are named but nowhere defined, with the place where they are named."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.problems: list[Problem] = []

    def check(self, place: Place, kind: str, name: str, known: Iterable[str]) -> None:
        names = list(known)
        if name in names:
            return
        near = difflib.get_close_matches(name, names, n=1)
        if near:
            hint = f"did you mean `{near[0]}`?"
        elif len(names) <= 12:
            hint = f"known: {', '.join(names) or 'none'}"
        else:
            hint = f"add it, or take one of the {len(names)} that exist"
        self.problems.append(
            self.source.problem(place, "R17", f"there is no {kind} `{name}`", hint)
        )

    def unique(self, section: str, ids: Iterable[str]) -> None:
        seen: set[str] = set()
        for i, name in enumerate(ids):
            place: Place = (section, i, "id")
            if name in seen:
                self.problems.append(
                    self.source.problem(
                        place,
                        "R18",
                        f"the id `{name}` stands twice under `{section}`",
                        "give one of the two another id",
                    )
                )
            if not _ID.fullmatch(name):
                self.problems.append(
                    self.source.problem(
                        place,
                        "R19",
                        f"the id `{name}` is not usable",
                        "small letters, digits and hyphens, for example `phase-1`",
                    )
                )
            seen.add(name)


def reference_problems(p: Protocol, source: Source, flags: Iterable[str]) -> list[Problem]:
    """Every id that is used twice, unusable, or named and nowhere defined."""
    found = _References(source)
    for section in (
        "roles",
        "questions",
        "refinements",
        "phases",
        "rules",
        "steps",
        "follow_up",
        "open",
        "readings",
        "background",
        "clauses",
    ):
        found.unique(section, [thing.id for thing in getattr(p, section)])
    mentors = [i for i, role in enumerate(p.roles) if role.stands_for == "mentor"]
    for i in mentors[1:]:
        found.problems.append(
            source.problem(
                ("roles", i, "stands_for"),
                "R22",
                f"`{p.roles[mentors[0]].id}` stands for the mentor already",
                "keep one of the two; the other may stand for `staff`",
            )
        )
    roles = [role.id for role in p.roles]
    phases = [phase.id for phase in p.phases]
    questions = {q.id: q for q in p.questions + p.refinements}
    clauses = {clause.id for clause in p.clauses}
    readings = {reading.id for reading in p.readings}

    def conditions(place: Place, when: Mapping[str, tuple[str, ...]], known: Iterable[str]) -> None:
        for question, answers in when.items():
            found.check((*place, question), "question", question, known)
            if question in questions:
                ids = [answer.id for answer in questions[question].answers]
                for i, answer in enumerate(answers):
                    found.check((*place, question, i), f"answer to `{question}` named", answer, ids)

    for section in ("questions", "refinements"):
        for i, question in enumerate(getattr(p, section)):
            ids = [answer.id for answer in question.answers]
            found.check((section, i, "careful"), "answer", question.careful, ids)
            for j, answer in enumerate(ids):
                if answer in ids[:j]:
                    found.problems.append(
                        source.problem(
                            (section, i, "answers", j, "id"),
                            "R18",
                            f"the id `{answer}` stands twice under `answers`",
                            "give one of the two another id",
                        )
                    )
                if answer == UNKNOWN:
                    found.problems.append(
                        source.problem(
                            (section, i, "answers", j, "id"),
                            "R21",
                            "`unknown` is there by itself with every question",
                            "leave it out",
                        )
                    )
    for question in {q.id for q in p.questions} & {q.id for q in p.refinements}:
        found.problems.append(
            source.problem(
                ("refinements",),
                "R18",
                f"`{question}` is a question and a refinement",
                "keep one of the two",
            )
        )
    for i, rule in enumerate(p.rules):
        conditions(("rules", i, "when"), rule.when, [q.id for q in p.questions])
        found.check(("rules", i, "phase"), "phase", rule.phase, phases)
        for j, name in enumerate(rule.lead):
            found.check(("rules", i, "lead", j), "role", name, [*roles, UNSTATED])
        for j, name in enumerate(rule.ask):
            found.check(("rules", i, "ask", j), "role", name, roles)
    for section in ("steps", "follow_up", "parents", "next", "open"):
        for i, item in enumerate(getattr(p, section)):
            conditions((section, i, "only_when"), item.only_when, questions)
            for j, name in enumerate(item.phases):
                found.check((section, i, "phases", j), "phase", name, [*phases, ALL])
            for j, name in enumerate(getattr(item, "who", ())):
                found.check((section, i, "who", j), "role", name, [*roles, LEAD, UNSTATED])
            for key in ("ask", "to"):
                for j, name in enumerate(getattr(item, key, ())):
                    found.check((section, i, key, j), "role", name, roles)
    for i, event in enumerate(p.next):
        conditions(
            ("next", i, "answers"),
            {q: (a,) for q, a in event.answers.items()},
            [q.id for q in p.questions],
        )
    for i, beside in enumerate(p.red_flags):
        found.check(("red_flags", i, "flag"), "red flag", beside.flag, flags)
    for place in _places(source.value, ()):
        if len(place) >= 2 and place[-2] == "sources" and place[0] != "clauses":
            found.check(place, "clause", str(_at(source.value, place)), clauses)
        if place and place[-1] == "reading" and place[0] not in {"clauses", "readings"}:
            found.check(place, "reading", str(_at(source.value, place)), readings)
    return found.problems


def _places(value: object, place: Place) -> Iterable[Place]:
    yield place
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _places(item, (*place, key))
    elif isinstance(value, list):
        for i, item in enumerate(value):
            yield from _places(item, (*place, i))


def _at(value: Any, place: Place) -> object:
    for step in place:
        value = value[step]
    return value
