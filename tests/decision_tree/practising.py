"""What the tests of practice mode share: each school with cases, read once."""

from __future__ import annotations

from functools import cache

from decision_tree.practice_calls import load_cases
from decision_tree.practice_generate import Composer
from decision_tree.practice_parts import CaseFile, Parts
from decision_tree.reading import read_safety
from decision_tree.reading_cases import CASES, case_files, compiled_school, read_cases, read_parts

SAFETY = read_safety()
SCHOOLS = tuple(case_files())

__all__ = ["SAFETY", "SCHOOLS", "cases_of", "compiled_school", "composer_of", "load_cases", "parts"]


@cache
def parts() -> Parts:
    """The text parts of every school."""
    return read_parts()


@cache
def cases_of(school: str) -> CaseFile:
    """A school's case file."""
    return read_cases(CASES / f"{school}.yaml", compiled_school(school), SAFETY)


@cache
def composer_of(school: str) -> Composer:
    """What composes cases for a school."""
    return Composer(
        compiled=compiled_school(school), safety=SAFETY, parts=parts(), file=cases_of(school)
    )
