"""A school's case file and the text parts: YAML -> cases, or errors that name line and column."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import get_args

from decision_tree.errors import BadAnswer
from decision_tree.faults import Faults, quoted
from decision_tree.form import FILLED, ID, Form, Need
from decision_tree.guide import NO_FLAG, RED_FLAG
from decision_tree.practice import Case, expected
from decision_tree.practice_parts import FACETS, AnswerParts, CaseFile, Parts
from decision_tree.protocol import LANGUAGES, UNKNOWN, UNSTATED
from decision_tree.reading import read_protocol, read_safety, school_files
from decision_tree.references import answer_ids, conditions
from decision_tree.safety import Safety
from decision_tree.shape import FileKind
from decision_tree.tree import Compiled, compile_tree
from decision_tree.yaml_source import Place

CASES = Path(__file__).parent / "cases"
"""The folder that holds one case file per school."""

PARTS = Path(__file__).parent / "practice_parts.yaml"

_ID = re.compile(r"(?!g\d)[a-z][a-z0-9]*(-[a-z0-9]+)*")
"""Not `g` and a number: those are the composed cases."""

_SLOTS = re.compile(r"\{(a|b|c|t|k1|k2)\}")

TOLD_WITH_SLOTS = Need("R36", str, lambda text: not set("{}") & set(_SLOTS.sub("", text)),
                       "a brace in {value} is no slot", "slots are {a}, {b}, {c}, {t}, {k1}, {k2}")  # fmt: skip


def _told(*places: str) -> dict[str, tuple[Need, ...]]:
    return {
        f"{place}/*/{language}": (TOLD_WITH_SLOTS,) for place in places for language in LANGUAGES
    }


CASES_FORM: Form = {
    "school": (ID,),
    "cases": (FILLED,),
    "cases/*/marks": (FILLED,),
    **_told("parts/*/*/texts"),
}

_POOLS = ("openings", "closings", "fillers", "pools/*/parts", "flags/*")

PARTS_FORM: Form = {
    **dict.fromkeys(("names", "classes/*", *_POOLS), (FILLED,)),
    **_told(*_POOLS),
}

CASES_FILE = FileKind[CaseFile](CaseFile, "cases/README.md", CASES_FORM)
PARTS_FILE = FileKind[Parts](Parts, "cases/README.md", PARTS_FORM)

FEWEST_NAMES, FEWEST_CLASSES = 4, 2
"""A composed case may need so many at once."""


def case_files(folder: Path = CASES) -> dict[str, Path]:
    """School id -> case file, in alphabetical order."""
    return {path.stem: path for path in sorted(folder.glob("*.yaml"))}


def read_parts(path: Path = PARTS, safety: Safety | None = None) -> Parts:
    """Read the text parts; raises ``BadFile``."""
    parts, source = PARTS_FILE.read(path)
    faults = Faults(source)
    flags = {flag.id: None for flag in (safety or read_safety()).flags}
    for flag in parts.flags:
        if flag not in flags:
            faults.unknown(("flags", flag), "red flag", flag, flags)
    if lost := [f"`{flag}`" for flag in flags if flag not in parts.flags]:
        what = f"no part raises the red flag {', '.join(lost)}"
        faults.add(("flags",), "C06", what, "add some under its id")
    if len({name.name for name in parts.names}) < max(FEWEST_NAMES, len(parts.names)):
        faults.add(("names",), "C06", "a name stands twice, or there are fewer than four",
                   "a case needs four names that differ")  # fmt: skip
    for kind in ("primary", "secondary"):
        if len(parts.classes.get(kind, ())) < FEWEST_CLASSES:
            what = f"fewer than two classes for a {kind} school"
            faults.add(("classes", kind), "C06", what, "name two or more")
    for name, pool in parts.pools.items():
        _facets(faults, ("pools", name, "facets"), pool.facets)
    faults.stop_if_any()
    return parts


@cache
def compiled_school(school: str) -> Compiled:
    """A school's protocol, read and compiled once."""
    return compile_tree(read_protocol(school_files()[school]))


def read_cases(
    path: Path, compiled: Compiled | None = None, safety: Safety | None = None
) -> CaseFile:
    """Read one school's cases; raises ``BadFile`` with every problem found."""
    # A school's protocol file has the same name, so the folder is named as well.
    file, source = CASES_FILE.read(path, f"{path.parent.name}/{path.name}")
    faults = Faults(source)
    if compiled is None and file.school not in school_files():
        faults.add(("school",), "C01", f"there is no school {quoted(file.school)}",
                   f"known: {', '.join(school_files())}")  # fmt: skip
        faults.stop_if_any()
    if file.school != path.stem:
        faults.add(("school",), "C01", f"the file is named {quoted(path.stem)} and is of {quoted(file.school)}",
                   f"rename the file to {file.school}.yaml")  # fmt: skip
    safety = safety or read_safety()
    _Cases(
        file, faults, compiled or compiled_school(file.school), safety, read_parts(safety=safety)
    ).find()
    faults.stop_if_any()
    return file


class _Cases:
    """What is wrong in the cases of one school."""

    def __init__(
        self, file: CaseFile, faults: Faults, compiled: Compiled, safety: Safety, parts: Parts
    ) -> None:
        self.file, self.faults, self.compiled, self.safety = file, faults, compiled, safety
        self.parts = parts
        protocol = compiled.protocol
        self.answers = answer_ids(protocol.questions + protocol.refinements)
        self.flags = {flag.id: None for flag in safety.flags}
        self.roles = {**{role.id: None for role in protocol.roles}, UNSTATED: None}
        self.phases = {phase.id: None for phase in protocol.phases}
        self.steps = {step.id: None for step in protocol.steps}
        self.names = {name.name: None for name in parts.names}

    def find(self) -> None:
        for question, told in self.file.parts.items():
            for answer, part in told.items():
                place: Place = ("parts", question, answer)
                self._fact(place if question in self.answers else place[:2], question, answer)
                self._part(place, part)
        seen: set[str] = set()
        for i, case in enumerate(self.file.cases):
            if case.id in seen or not _ID.fullmatch(case.id):
                what = f"the id {quoted(case.id)} stands twice or is not usable"
                hint = "small letters, digits and hyphens, not starting with g and a digit"
                self.faults.add(("cases", i, "id"), "C02", what, hint)
            seen.add(case.id)
            self._case(("cases", i), case)

    def _fact(self, place: Place, question: str, answer: str) -> None:
        if question not in self.answers:
            self.faults.unknown(place, "question", question, self.answers)
        elif answer != UNKNOWN and answer not in self.answers[question]:
            kind = f"answer to {quoted(question)} named"
            self.faults.unknown(place, kind, answer, self.answers[question])

    def _part(self, place: Place, part: AnswerParts) -> None:
        if not part.pools and not part.texts:
            self.faults.add(
                place, "C06", "nothing tells this answer", "name `pools`, or write `texts`"
            )
        for i, pool in enumerate(part.pools):
            if pool not in self.parts.pools:
                self.faults.unknown((*place, "pools", i), "pool", pool, self.parts.pools)
        if part.red_flag is not None and part.red_flag not in self.flags:
            self.faults.unknown((*place, "red_flag"), "red flag", part.red_flag, self.flags)
        with_unknown = {question: {**ids, UNKNOWN: None} for question, ids in self.answers.items()}
        conditions(self.faults, (*place, "draws_with"), part.draws_with, with_unknown)
        _facets(self.faults, (*place, "facets"), part.facets)

    def _case(self, place: Place, case: Case) -> None:
        for question, answer in case.facts.items():
            if question != RED_FLAG:
                self._fact((*place, "facts", question), question, answer)
            elif answer != NO_FLAG and answer not in self.flags:
                known = {NO_FLAG: None, **self.flags}
                self.faults.unknown((*place, "facts", question), "red flag", answer, known)
        self._words(place, case)
        self._expectation((*place, "expect"), case)
        try:
            found = expected(self.compiled, self.safety, case)
        except BadAnswer as error:
            hint = "give this fact, or write `unknown`"
            self.faults.add((*place, "facts"), "C04", str(error), hint)
            return
        if found.need_first != case.need_first:
            what = f"the engine needs first: {', '.join(found.need_first) or 'nothing'}"
            self.faults.add(
                (*place, "need_first"), "C05", what, "write the same, or mend the facts"
            )

    def _words(self, place: Place, case: Case) -> None:
        facts = {**self.answers, RED_FLAG: {}}
        for j, mark in enumerate(case.marks):
            for language in LANGUAGES:
                words = mark.in_language(language)
                if words not in case.text.in_language(language):
                    what = f"{quoted(words)} does not stand in the text of `{case.id}`"
                    hint = "copy the words from the text, to the letter"
                    self.faults.add((*place, "marks", j, language), "C03", what, hint)
            if mark.fact not in facts:
                self.faults.unknown((*place, "marks", j, "fact"), "question", mark.fact, facts)
        for j, person in enumerate(case.people):
            if person.name not in self.names:
                self.faults.unknown((*place, "people", j, "name"), "name", person.name, self.names)

    def _expectation(self, place: Place, case: Case) -> None:
        expect = case.expect
        for j, role in enumerate(expect.lead):
            if role not in self.roles:
                self.faults.unknown((*place, "lead", j), "role", role, self.roles)
        for key, kind, name, known in (
            ("phase", "phase", expect.phase, self.phases),
            ("first_step", "step", expect.first_step, self.steps),
            ("flag", "red flag", expect.flag, self.flags),
        ):
            if name is not None and name not in known:
                self.faults.unknown((*place, key), kind, name, known)


def _facets(faults: Faults, place: Place, facets: Mapping[str, str]) -> None:
    """Words that say what a part is about; ``people: none`` is the one that no case has."""
    for name, value in facets.items():
        if name == "people":
            known: tuple[str, ...] = ("none",)
        elif name in FACETS:
            known = get_args(FACETS[name])
        else:
            faults.unknown((*place, name), "facet", name, ("people", *FACETS))
            continue
        if value not in known:
            faults.unknown((*place, name), f"word for `{name}`,", value, known)
