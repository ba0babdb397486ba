"""The two lists in ``docs/``: the word list, and what tells bullying from teasing and from a quarrel."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from decision_tree.faults import Faults
from decision_tree.form import FILLED, ID
from decision_tree.protocol import Text
from decision_tree.references import once
from decision_tree.shape import FileKind

DOCS = Path(__file__).resolve().parents[2] / "docs"
TERMS = DOCS / "woordenlijst.yaml"
CRITERIA = DOCS / "kenmerken.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term(Text):
    """A word in both languages, and what it means; ``id``: its place on the page."""

    id: str
    meaning: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion(Text):
    """A feature by which documents tell bullying from other things, with the clauses that use it."""

    sources: tuple[str, ...]


TERMS_FILE = FileKind[tuple[Term, ...]](
    tuple[Term, ...], "docs/README.md", {"": (FILLED,), "*/id": (ID,)}
)
CRITERIA_FILE = FileKind[tuple[Criterion, ...]](
    tuple[Criterion, ...],
    "docs/README.md",
    {"": (FILLED,), "*/sources": (FILLED,), "*/sources/*": (ID,)},
)


def read_terms(path: Path = TERMS) -> tuple[Term, ...]:
    """The word list, in the order of the Dutch words; raises ``BadFile``."""
    terms, source = TERMS_FILE.read(path)
    faults = Faults(source)
    once(faults, (), (term.id for term in terms))
    faults.stop_if_any()
    return tuple(sorted(terms, key=lambda term: term.nl.casefold()))


def read_criteria(
    path: Path = CRITERIA, clauses: Collection[str] | None = None
) -> tuple[Criterion, ...]:
    """The features; raises ``BadFile``.

    ``clauses``: those of all schools, so that one that no document has is found.
    """
    criteria, source = CRITERIA_FILE.read(path)
    faults = Faults(source)
    for i, criterion in enumerate(criteria):
        for j, clause in enumerate(criterion.sources):
            if clauses is not None and clause not in clauses:
                faults.unknown((i, "sources", j), "clause", clause, clauses)
    faults.stop_if_any()
    return criteria
