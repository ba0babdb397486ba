"""What parents ask in public: ``docs/vragen.yaml`` with its answers, its sheet and its letter. All of it is ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from decision_tree.faults import Faults
from decision_tree.form import ADDRESS, FILLED, ID
from decision_tree.protocol import Noun, Text
from decision_tree.references import once
from decision_tree.shape import FileKind

ASKED = Path(__file__).resolve().parents[2] / "docs" / "vragen.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Text):
    """A public page that an answer rests on: who made it, and (the text) what it is about."""

    id: str
    by: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Way(Text):
    """Where to go from an answer. ``to``: "page", "page#place", or "#place" on the same page."""

    to: str

    @property
    def page(self) -> str:
        """The page's address; "" is home, and nothing before "#" the page one is on."""
        page = self.to.partition("#")[0]
        return "" if page == "home" else page

    @property
    def place(self) -> str:
        return self.to.partition("#")[2]

    @property
    def here(self) -> bool:
        return self.to.startswith("#")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(Noun):
    """One question. ``danger``: what comes before its answer; ``next``: what comes after.

    ``call`` are contact ids, ``principles`` ids of the safety layer, ``basis`` ids of sources.
    """

    id: str
    ask: Text
    short: Text
    do: tuple[Text, ...]
    next: tuple[Way, ...]
    basis: tuple[str, ...]
    danger: tuple[Way, ...] = ()
    never: tuple[Text, ...] = ()
    principles: tuple[str, ...] = ()
    call: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Noun):
    """What to mind while one keeps a record; ``call``: ids of contacts that stand behind it."""

    rule: Text
    more: Text
    call: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank(Text):
    """A text with room to write: so many lines on paper, or the rest of its own."""

    lines: int = 0

    def pieces(self, words: str) -> Iterator[tuple[str, bool]]:
        """What it says, piece by piece, and whether that piece is to be filled in."""
        for part in re.split(r"(\[[^\]]*\])", words):
            if part:
                yield part, part.startswith("[")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part(Noun):
    """A block of the sheet, which stands on paper ``blanks`` times."""

    id: str
    title: Text
    blanks: int
    fields: tuple[Blank, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet(Noun):
    """The sheet to keep a record on."""

    mind: tuple[Rule, ...]
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked(Noun):
    """The whole file."""

    sources: tuple[Source, ...]
    questions: tuple[Question, ...]
    sheet: Sheet
    letter: tuple[Blank, ...]

    def basis(self, question: Question) -> tuple[Source, ...]:
        """The sources of an answer, in its order; ``KeyError`` if there is none such."""
        known = {source.id: source for source in self.sources}
        return tuple(known[source_id] for source_id in question.basis)


ASKED_FILE = FileKind[Asked](
    Asked,
    "docs/README.md",
    {
        "sources": (FILLED,),
        "sources/*/id": (ID,),
        "sources/*/url": (ADDRESS,),
        "questions": (FILLED,),
        "questions/*/id": (ID,),
        "questions/*/do": (FILLED,),
        "questions/*/next": (FILLED,),
        "questions/*/basis": (FILLED,),
        "letter": (FILLED,),
    },
)


@cache
def asked() -> Asked:
    """The file as it lies there; ``BadFile`` with the line of what is wrong."""
    return read_asked(ASKED)


def read_asked(path: Path) -> Asked:
    """The same of any file."""
    found, source = ASKED_FILE.read(path)
    faults = Faults(source)
    known = [one.id for one in found.sources]
    once(faults, ("sources",), known)
    once(faults, ("questions",), (question.id for question in found.questions))
    for i, question in enumerate(found.questions):
        for j, basis in enumerate(question.basis):
            if basis not in known:
                faults.unknown(("questions", i, "basis", j), "source", basis, known)
    faults.stop_if_any()
    return found
