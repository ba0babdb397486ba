"""What can go wrong, told to a person: where, what, and what to do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong in a data file. ``line`` and ``column`` count from 1; 0 is the whole file.

    ``code`` is stable (``R…`` reading, ``P…`` protocol check); ``what`` says what is wrong and
    ``hint`` what to write instead.
    """

    file: str
    line: int
    column: int
    code: str
    what: str
    hint: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return f"{place}: {self.code} {self.what}" + (f" → {self.hint}" if self.hint else "")


class DecisionTreeError(Exception):
    """Base of every error that this package raises on purpose."""


class BadFile(DecisionTreeError):
    """A data file that cannot be used. ``problems`` is never empty; nothing of the file is kept."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class BadTable(DecisionTreeError):
    """A decision table with a gap or an overlap; the message holds the counterexample."""


class TooLarge(BadTable):
    """More than can be looked at or asked. ``place`` as in a data file; ``hint``: what to do."""

    def __init__(
        self, what: str, hint: str = "", place: tuple[str | int, ...] = ("rules",)
    ) -> None:
        self.what = what
        self.hint = hint
        self.place = place
        super().__init__(f"{what} → {hint}" if hint else what)


class BadAnswer(DecisionTreeError):
    """An answer that the protocol does not know. ``possible`` lists what could be said instead."""

    def __init__(self, given: str, possible: tuple[str, ...]) -> None:
        self.given = given
        self.possible = possible
        super().__init__(f"{given} is not known here; possible: {', '.join(possible)}")


class BadDay(BadAnswer):
    """A day that does not exist, or that no calendar of a school needs."""

    def __init__(self, what: str, possible: str) -> None:
        super().__init__(what, (possible,))

    def __str__(self) -> str:
        return f"{self.given}; possible: {self.possible[0]}"
