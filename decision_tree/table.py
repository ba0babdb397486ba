"""The decision table: which rule a case fits, and proof that it is always exactly one.

Hit policy UNIQUE: any two rules exclude each other and all rules together cover the domain.
Both are decided exactly, without walking the domain: an answer list is a set of bits, two rules
overlap when they share a bit in every question, and rules that do not overlap cover the domain
when their sizes add up to its size.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from math import prod
from operator import and_

from decision_tree.protocol import Protocol, Question, Rule

Cell = Mapping[str, str]
"""One combination of answers: question id -> answer id, for every question."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two rules that both fit ``cell``."""

    first: Rule
    second: Rule
    cell: Cell


@dataclass(frozen=True, slots=True)
class Gap:
    """A combination that no rule fits, and the rule that misses it by the fewest conditions."""

    cell: Cell
    nearest: Rule | None


@dataclass(frozen=True)
class Table:
    """Questions in asking order and the rules over them."""

    questions: tuple[Question, ...]
    rules: tuple[Rule, ...]

    @classmethod
    def of(cls, protocol: Protocol) -> Table:
        return cls(protocol.questions, protocol.rules)

    @cached_property
    def answer_ids(self) -> tuple[tuple[str, ...], ...]:
        """Per question, the ids of its answers; the bit of an answer is its place here."""
        return tuple(tuple(a.id for a in q.answers) for q in self.questions)

    @cached_property
    def size(self) -> int:
        """The number of combinations of answers."""
        return prod(len(ids) for ids in self.answer_ids)

    @cached_property
    def masks(self) -> tuple[tuple[int, ...], ...]:
        """Per rule and question, the answers that the rule allows, as bits."""
        return tuple(
            tuple(self._mask(rule, i) for i in range(len(self.questions))) for rule in self.rules
        )

    def _mask(self, rule: Rule, question: int) -> int:
        ids = self.answer_ids[question]
        allowed = rule.when.get(self.questions[question].id)
        if allowed is None:
            return (1 << len(ids)) - 1
        return sum(1 << i for i, answer in enumerate(ids) if answer in allowed)

    @cached_property
    def allowing(self) -> tuple[tuple[int, ...], ...]:
        """Per question and answer, the rules that allow it, as bits (bit = place of the rule)."""
        return tuple(
            tuple(
                sum(1 << r for r, masks in enumerate(self.masks) if masks[q] >> a & 1)
                for a in range(len(ids))
            )
            for q, ids in enumerate(self.answer_ids)
        )

    def cells(self) -> Iterator[dict[str, str]]:
        """Every combination of answers; only for small tables, such as the schools'."""

        def walk(question: int, cell: dict[str, str]) -> Iterator[dict[str, str]]:
            if question == len(self.questions):
                yield dict(cell)
                return
            for answer in self.answer_ids[question]:
                cell[self.questions[question].id] = answer
                yield from walk(question + 1, cell)

        yield from walk(0, {})

    def fitting(self, known: Mapping[str, str]) -> list[Rule]:
        """The rules that do not contradict these answers; all questions answered: exactly one."""
        return [
            rule
            for rule in self.rules
            if all(
                known[q] in allowed if q in known else allowed for q, allowed in rule.when.items()
            )
        ]

    def overlaps(self) -> Iterator[Overlap]:
        """Every pair of rules that fit one combination, with such a combination."""
        for (i, first), (j, second) in combinations(enumerate(self.masks), 2):
            if all(map(and_, first, second)):
                shared = [a & b for a, b in zip(first, second, strict=True)]
                yield Overlap(self.rules[i], self.rules[j], self.cell_in(shared))

    def cell_in(self, masks: Sequence[int]) -> dict[str, str]:
        """The first combination inside the given answers (bits per question, none empty)."""
        return {
            question.id: ids[(mask & -mask).bit_length() - 1]
            for question, ids, mask in zip(self.questions, self.answer_ids, masks, strict=True)
        }

    def gap(self) -> Gap | None:
        """A combination that no rule fits, or None when there is none."""
        cell = self._by_counting() if self._disjoint else self._by_search(0, self.all_rules, {})
        return None if cell is None else Gap(cell, self.nearest(cell))

    def _by_counting(self) -> dict[str, str] | None:
        """For rules that do not overlap: go down wherever their sizes do not fill the room."""
        alive, cell = self.all_rules, dict[str, str]()
        room = self.size
        if self._filled(alive, 0) == room:
            return None
        for q, ids in enumerate(self.answer_ids):
            room //= len(ids)
            a = next(
                a
                for a in range(len(ids))
                if self._filled(alive & self.allowing[q][a], q + 1) < room
            )
            alive &= self.allowing[q][a]
            cell[self.questions[q].id] = ids[a]
        return cell

    def _filled(self, alive: int, question: int) -> int:
        """How many combinations of the questions from ``question`` on these rules fit together."""
        return sum(
            prod(mask.bit_count() for mask in self.masks[r][question:]) for r in _bits(alive)
        )

    def _by_search(
        self, question: int, alive: int, seen: dict[tuple[int, int], None]
    ) -> dict[str, str] | None:
        """For rules that may overlap: try each answer, never the same set of rules twice."""
        rest = range(question, len(self.questions))
        if not alive:
            return {self.questions[q].id: self.answer_ids[q][0] for q in rest}
        if (question, alive) in seen or question == len(self.questions):
            return None
        for a, answer in enumerate(self.answer_ids[question]):
            found = self._by_search(question + 1, alive & self.allowing[question][a], seen)
            if found is not None:
                return {self.questions[question].id: answer, **found}
        seen[question, alive] = None
        return None

    @cached_property
    def all_rules(self) -> int:
        """Every rule, as bits."""
        return (1 << len(self.rules)) - 1

    @cached_property
    def _disjoint(self) -> bool:
        return next(self.overlaps(), None) is None

    def nearest(self, cell: Cell) -> Rule | None:
        """The rule that misses this combination by the fewest conditions."""
        return min(
            self.rules,
            default=None,
            key=lambda rule: sum(cell[q] not in allowed for q, allowed in rule.when.items()),
        )

    def unreachable(self) -> list[Rule]:
        """Rules that no combination fits: one of their conditions allows no answer."""
        return [rule for rule, masks in zip(self.rules, self.masks, strict=True) if not all(masks)]

    def neighbours(self, question: int, a: int, b: int) -> Iterator[tuple[int, int]]:
        """Pairs of rules (places) between which one answer decides: the first fits with answer
        ``a`` of this question, the second with ``b``, everything else the same."""
        others = [q for q in range(len(self.questions)) if q != question]
        for r, first in enumerate(self.masks):
            if not first[question] >> a & 1:
                continue
            for s, second in enumerate(self.masks):
                if second[question] >> b & 1 and all(first[q] & second[q] for q in others):
                    yield r, s

    def between(self, question: int, a: int, r: int, s: int) -> dict[str, str]:
        """A combination with answer ``a`` that fits rule ``r`` and, but for this question, ``s``."""
        masks = [x & y for x, y in zip(self.masks[r], self.masks[s], strict=True)]
        masks[question] = 1 << a
        return self.cell_in(masks)


def _bits(number: int) -> Iterator[int]:
    while number:
        low = number & -number
        yield low.bit_length() - 1
        number ^= low
