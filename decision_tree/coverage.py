"""Which clauses of a document have a place in its protocol file, and which do not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass

from decision_tree.protocol import Clause, Protocol


@dataclass(frozen=True, slots=True)
class Coverage:
    """``places``: clause id -> the sections of the file in which it is named."""

    places: Mapping[str, tuple[str, ...]]
    missing: tuple[Clause, ...]


def coverage(protocol: Protocol) -> Coverage:
    """Count the places of every clause; a gap counts only in an open point."""
    places: dict[str, list[str]] = {clause.id: [] for clause in protocol.clauses}
    for section in (f.name for f in fields(protocol) if f.name != "clauses"):
        for clause in _sources(getattr(protocol, section)):
            if section not in places.setdefault(clause, []):
                places[clause].append(section)
    missing = tuple(
        clause
        for clause in protocol.clauses
        if not places[clause.id] or (clause.kind == "gap" and "open" not in places[clause.id])
    )
    return Coverage({clause: tuple(found) for clause, found in places.items()}, missing)


def _sources(thing: object) -> Iterator[str]:
    """Every clause id under any ``sources`` inside."""
    if is_dataclass(thing):
        for f in fields(thing):
            value = getattr(thing, f.name)
            if f.name == "sources":
                yield from value
            else:
                yield from _sources(value)
    elif isinstance(thing, tuple):
        for item in thing:
            yield from _sources(item)
