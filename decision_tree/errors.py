"""What can go wrong, told to a person: where, what, and what to do."""

from __future__ import annotations

from dataclasses import dataclass, replace

MOST_TOLD = 100
"""Problems that are told at once: nobody mends more before reading the file again."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong in a data file. ``line`` and ``column`` count from 1; 0 is the whole file.

    ``code`` is stable (``R…`` reading, ``C…`` cases, ``P…`` protocol check); ``what`` says what is
    wrong and ``hint`` what to write instead. ``codes`` says what each code means.
    """

    file: str
    line: int
    column: int
    code: str
    what: str
    hint: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return printable(
            f"{place}: {self.code} {self.what}" + (f" → {self.hint}" if self.hint else "")
        )


def printable(text: str) -> str:
    """What a file says, harmless in a terminal: a character that cannot be seen stands as its number."""
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)


class DecisionTreeError(Exception):
    """Base of every error that this package raises on purpose."""


class BadFile(DecisionTreeError):
    """A data file that cannot be used. ``problems`` is never empty; nothing of the file is kept.

    It holds the first hundred; ``more``: there are others beyond them.
    """

    def __init__(self, problems: list[Problem], more: bool = False) -> None:
        self.problems = sorted(problems)[:MOST_TOLD]
        self.more = more or len(problems) > MOST_TOLD
        told = [str(problem) for problem in self.problems]
        super().__init__("\n".join([*told, "… and more"] if self.more else told))

    def of_file(self, name: str) -> BadFile:
        """The same of a file that is called so; two files may have the same last name."""
        return BadFile([replace(problem, file=name) for problem in self.problems], self.more)


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
