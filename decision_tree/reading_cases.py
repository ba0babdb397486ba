"""A school's case file and the text parts: YAML -> cases, or errors that name line and column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from decision_tree.errors import BadAnswer, BadFile, Problem
from decision_tree.guide import NO_FLAG, RED_FLAG
from decision_tree.practice import Case, expected
from decision_tree.practice_parts import CaseFile, Parts
from decision_tree.protocol import LANGUAGES, UNKNOWN, UNSTATED
from decision_tree.reading import read_into, read_protocol, read_safety, school_files
from decision_tree.safety import Safety
from decision_tree.tree import Compiled, compile_tree
from decision_tree.yaml_source import Source, read_yaml

CASES = Path(__file__).parent / "cases"
"""The folder that holds one case file per school."""

PARTS = Path(__file__).parent / "practice_parts.yaml"

_ID = re.compile(r"(?!g\d)[a-z][a-z0-9]*(-[a-z0-9]+)*")
"""Not `g` and a number: those are the composed cases."""


def case_files(folder: Path = CASES) -> dict[str, Path]:
    """School id -> case file, in alphabetical order."""
    return {path.stem: path for path in sorted(folder.glob("*.yaml"))}


def read_parts(path: Path = PARTS) -> Parts:
    """Read the text parts; raises ``BadFile``."""
    return _read(TypeAdapter(Parts), path)[0]


@cache
def compiled_school(school: str) -> Compiled:
    """A school's protocol, read and compiled once."""
    return compile_tree(read_protocol(school_files()[school]))


def read_cases(
    path: Path, compiled: Compiled | None = None, safety: Safety | None = None
) -> CaseFile:
    """Read one school's cases; raises ``BadFile`` with every problem found."""
    file, source = _read(TypeAdapter(CaseFile), path)
    if compiled is None and file.school not in school_files():
        raise BadFile([source.problem(("school",), "C01", f"there is no school `{file.school}`",
                                      f"known: {', '.join(school_files())}")])  # fmt: skip
    problems = list(
        _problems(file, source, compiled or compiled_school(file.school), safety or read_safety())
    )
    if file.school != path.stem:
        problems.append(source.problem(("school",), "C01", f"the file is named `{path.stem}` and is of `{file.school}`",
                                       f"rename the file to {file.school}.yaml"))  # fmt: skip
    if problems:
        raise BadFile(problems)
    return file


def _read[T](adapter: TypeAdapter[T], path: Path) -> tuple[T, Source]:
    name = f"{path.parent.name}/{path.name}"  # a school's protocol file has the same name
    try:
        source = read_yaml(path)
        source.file = name
        return read_into(adapter, source), source
    except BadFile as error:
        problems = [replace(problem, file=name) for problem in error.problems]
        raise BadFile([_point_to_our_readme(problem) for problem in problems]) from error


def _point_to_our_readme(problem: Problem) -> Problem:
    """The reader's hints speak of protocol files; here another page shows the shape."""
    hint = problem.hint.replace("protocols/README.md", "cases/README.md")
    if problem.code == "R14":
        hint = "cases/README.md shows the keys"
    return replace(problem, hint=hint)


def _problems(
    file: CaseFile, source: Source, compiled: Compiled, safety: Safety
) -> Iterator[Problem]:
    protocol = compiled.protocol
    answers = {q.id: [a.id for a in q.answers] for q in protocol.questions + protocol.refinements}
    for question, told in file.parts.items():
        if question not in answers:
            yield _unknown(source, ("parts", question), "question", question, answers)
            continue
        for answer in told:
            if answer not in (*answers[question], UNKNOWN):
                yield _unknown(source, ("parts", question, answer), f"answer to `{question}` named", answer,
                               answers[question])  # fmt: skip
    seen: set[str] = set()
    for i, case in enumerate(file.cases):
        if case.id in seen or not _ID.fullmatch(case.id):
            yield source.problem(("cases", i, "id"), "C02", f"the id `{case.id}` stands twice or is not usable",
                                 "small letters, digits and hyphens, not starting with g and a digit")  # fmt: skip
        seen.add(case.id)
        yield from _case_problems(case, i, source, compiled, safety, answers)


def _case_problems(case: Case, i: int, source: Source, compiled: Compiled, safety: Safety,
                   answers: dict[str, list[str]]) -> Iterator[Problem]:  # fmt: skip
    place = ("cases", i)
    flags = [NO_FLAG, *(flag.id for flag in safety.flags)]
    for question, answer in case.facts.items():
        if question == RED_FLAG:
            if answer not in flags:
                yield _unknown(source, (*place, "facts", question), "red flag", answer, flags)
        elif question not in answers:
            yield _unknown(source, (*place, "facts", question), "question", question, answers)
        elif answer not in (*answers[question], UNKNOWN):
            yield _unknown(source, (*place, "facts", question), f"answer to `{question}` named", answer,
                           answers[question])  # fmt: skip
    for j, mark in enumerate(case.marks):
        for language in LANGUAGES:
            if mark.in_language(language) not in case.text.in_language(language):
                yield source.problem((*place, "marks", j, language), "C03",
                                     f"“{mark.in_language(language)}” does not stand in the text of `{case.id}`",
                                     "copy the words from the text, to the letter")  # fmt: skip
        if mark.fact not in (*answers, RED_FLAG):
            yield _unknown(
                source, (*place, "marks", j, "fact"), "question", mark.fact, [*answers, RED_FLAG]
            )
    roles = [*(role.id for role in compiled.protocol.roles), UNSTATED]
    for role in case.expect.lead:
        if role not in roles:
            yield _unknown(source, (*place, "expect", "lead"), "role", role, roles)
    try:
        found = expected(compiled, safety, case)
    except BadAnswer as error:
        yield source.problem(
            (*place, "facts"), "C04", str(error), "give this fact, or write `unknown`"
        )
        return
    if found.need_first != case.need_first:
        yield source.problem((*place, "need_first"), "C05",
                             f"the engine needs first: {', '.join(found.need_first) or 'nothing'}",
                             "write the same, or mend the facts")  # fmt: skip


def _unknown(
    source: Source, place: tuple[str | int, ...], kind: str, name: str, known: Iterable[str]
) -> Problem:
    return source.problem(
        place, "R17", f"there is no {kind} `{name}`", f"known: {', '.join(known)}"
    )
