"""All that pages are drawn from: the schools, the safety layer, the contacts, the practice cases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path

from decision_tree.practice_parts import CaseFile, Parts
from decision_tree.protocol import Protocol, Text
from decision_tree.reading import (
    PROTOCOLS,
    SAFETY,
    read_contacts,
    read_protocol,
    read_safety,
    school_files,
)
from decision_tree.reading_cases import case_files, read_cases, read_parts
from decision_tree.safety import Contact, Contacts, Safety
from decision_tree.tree import compile_tree
from scripts.pages.lists import Criterion, Term, read_criteria, read_terms
from scripts.pages.memo import Memo


@dataclass(frozen=True, kw_only=True)
class Content:
    """``protocols`` in alphabetical order of the schools' names.

    ``cases``: school id -> practice cases, of the schools that have them.
    """

    protocols: tuple[Protocol, ...]
    safety: Safety
    contacts: Contacts
    cases: Mapping[str, CaseFile] = field(default_factory=dict)
    parts: Parts | None = None
    terms: tuple[Term, ...] = field(default_factory=read_terms)
    criteria: tuple[Criterion, ...] = field(default_factory=read_criteria)

    @cached_property
    def where(self) -> dict[str, Text]:
        """Clause id -> where it stands in its document."""
        return {clause.id: clause.where for p in self.protocols for clause in p.clauses}

    def contact(self, contact_id: str) -> Contact:
        """The contact with this id; ``KeyError`` if there is none."""
        for contact in self.contacts.contacts:
            if contact.id == contact_id:
                return contact
        raise KeyError(contact_id)

    def reachable(self, contact_ids: Iterable[str]) -> tuple[Contact, ...]:
        """These contacts, in this order, without those that we may not show as fact."""
        return tuple(c for c in map(self.contact, contact_ids) if c.confirmed)


def read_content(folder: Path = PROTOCOLS, memo: Memo | None = None) -> Content:
    """Read everything; raises ``BadFile`` when a file has an error, so nothing is half published.

    With a ``memo`` of an earlier reading only what has changed is read.
    """
    memo = memo or Memo()
    rest = SAFETY.read_bytes()
    protocols = [
        memo.get(path, (path.read_bytes(), rest), partial(read_protocol, path))
        for path in school_files(folder).values()
    ]
    protocols.sort(key=lambda p: p.school.name.casefold())
    safety = memo.get(SAFETY, rest, read_safety)
    files = case_files() if folder == PROTOCOLS else {}
    cases = {
        protocol.school.id: memo.get(
            file,
            (file.read_bytes(), protocol, safety),
            partial(_read_cases, file, protocol, safety),
        )
        for protocol in protocols
        if (file := files.get(protocol.school.id))
    }
    # Features name clauses of our own schools; elsewhere some of these may not be there.
    clauses = {c.id for p in protocols for c in p.clauses} if folder == PROTOCOLS else None
    return Content(protocols=tuple(protocols), safety=safety, contacts=read_contacts(),
                   cases=cases, parts=read_parts() if cases else None,
                   criteria=read_criteria(clauses=clauses))  # fmt: skip


def _read_cases(file: Path, protocol: Protocol, safety: Safety) -> CaseFile:
    return read_cases(file, compile_tree(protocol), safety)
