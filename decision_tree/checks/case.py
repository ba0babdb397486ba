"""What a check looks at and what it says: the case, a finding, and the check itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from decision_tree.errors import TooLarge
from decision_tree.protocol import Language, Protocol, Rule, Scoped
from decision_tree.reading import Read
from decision_tree.table import Table
from decision_tree.tree import Compiled
from decision_tree.yaml_source import Place


@dataclass(frozen=True, slots=True)
class Finding:
    """A counterexample, in words, and the place in the file to mend."""

    place: Place
    what: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """What a check may look at. ``compiled`` is None when the table has a gap or an overlap, or is
    ``too_large`` to be compiled."""

    read: Read
    table: Table
    compiled: Compiled | None
    language: Language
    too_large: TooLarge | None = None

    @property
    def protocol(self) -> Protocol:
        return self.read.protocol

    def words(self, cell: Mapping[str, str]) -> str:
        """A combination of answers as a person would say it."""
        return " · ".join(
            self.protocol.question(q).answer(a).label.in_language(self.language)
            for q, a in cell.items()
        )

    def rule_words(self, rule: Rule) -> str:
        """ "rule 7 `first-same-class`, line 84"."""
        number = self.protocol.rules.index(rule)
        line = self.read.source.marks.get(("rules", number), (0, 0))[0]
        return f"rule {number + 1} `{rule.id}`, line {line}"


@dataclass(frozen=True, slots=True)
class Check:
    """``definition`` is the sentence that holds when the check finds nothing."""

    code: str
    definition: str
    find: Callable[[Case], Iterable[Finding]]


def scoped(protocol: Protocol) -> Iterator[tuple[Place, Scoped]]:
    """Every item that holds in some phases only, with its place in the file."""
    for section in ("steps", "follow_up", "parents", "next", "open"):
        for i, item in enumerate(getattr(protocol, section)):
            yield (section, i), item
