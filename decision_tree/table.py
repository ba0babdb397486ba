"""The decision table: which rule a case fits, and proof that it is always exactly one.

Hit policy UNIQUE: any two rules exclude each other and all rules together cover the domain.
Both are decided exactly, without walking the domain: an answer list is a set of bits, two rules
overlap when they share a bit in every question, and rules that do not overlap cover the domain
when their sizes add up to its size.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod

from decision_tree.boxes import Boxes, Effort, bits, left_out
from decision_tree.protocol import ALL, Conditions, Protocol, Question, Rule

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
    def widths(self) -> tuple[int, ...]:
        """Per question, the number of its answers."""
        return tuple(len(ids) for ids in self.answer_ids)

    @cached_property
    def size(self) -> int:
        """The number of combinations of answers."""
        return prod(self.widths)

    @cached_property
    def everything(self) -> tuple[int, ...]:
        """Every answer to every question, as bits."""
        return tuple((1 << width) - 1 for width in self.widths)

    @cached_property
    def place(self) -> dict[str, int]:
        """Question id -> its place in the order of asking."""
        return {question.id: q for q, question in enumerate(self.questions)}

    @cached_property
    def _bit(self) -> tuple[dict[str, int], ...]:
        return tuple({answer: 1 << a for a, answer in enumerate(ids)} for ids in self.answer_ids)

    def box(self, conditions: Conditions) -> list[int]:
        """The answers that these conditions allow, as bits per question; other questions are free."""
        masks = list(self.everything)
        for name, allowed in conditions.items():
            q = self.place.get(name)
            if q is not None:
                masks[q] = sum({self._bit[q].get(answer, 0) for answer in allowed})
        return masks

    @cached_property
    def masks(self) -> tuple[tuple[int, ...], ...]:
        """Per rule and question, the answers that the rule allows, as bits."""
        return tuple(tuple(self.box(rule.when)) for rule in self.rules)

    @cached_property
    def boxes(self) -> Boxes:
        """The rules as boxes."""
        return Boxes(self.masks, self.widths)

    @property
    def allowing(self) -> tuple[tuple[int, ...], ...]:
        """Per question and answer, the rules that allow it, as bits (bit = place of the rule)."""
        return self.boxes.allowing

    @cached_property
    def _by_phase(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for r, rule in enumerate(self.rules):
            found[rule.phase] = found.get(rule.phase, 0) | 1 << r
        return found

    def leading_to(self, phases: Iterable[str]) -> int:
        """The rules that lead to one of these phases, as bits; ``all`` stands for every phase."""
        found = 0
        for phase in phases:
            found |= self.all_rules if phase == ALL else self._by_phase.get(phase, 0)
        return found

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
        questions = range(len(self.questions))
        for i, first in enumerate(self.masks):
            later = self.all_rules >> (i + 1) << (i + 1)
            for j in bits(self.boxes.touching(first, questions, later)):
                shared = [a & b for a, b in zip(first, self.masks[j], strict=True)]
                yield Overlap(self.rules[i], self.rules[j], self.cell_in(shared))

    def cell_in(self, masks: Sequence[int]) -> dict[str, str]:
        """The first combination inside the given answers (bits per question, none empty)."""
        return {
            question.id: ids[(mask & -mask).bit_length() - 1]
            for question, ids, mask in zip(self.questions, self.answer_ids, masks, strict=True)
        }

    def gap(self) -> Gap | None:
        """A combination that no rule fits, or None when there is none.

        Raises ``TooLarge`` where rules overlap so much that it cannot be seen; where none do, never.
        """
        cell = self._by_counting() if self._disjoint else self._by_search()
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
        return sum(self._sizes[r][question] for r in bits(alive))

    @cached_property
    def _sizes(self) -> tuple[tuple[int, ...], ...]:
        """Per rule and question: how many combinations from this question on it fits."""
        found = []
        for masks in self.masks:
            sizes = [1]
            for mask in reversed(masks):
                sizes.append(sizes[-1] * mask.bit_count())
            found.append(tuple(reversed(sizes)))
        return tuple(found)

    def _by_search(self) -> dict[str, str] | None:
        """For rules that may overlap: go through what no rule has covered yet."""
        found = left_out(Boxes((self.everything,), self.widths), self.boxes, Effort())
        return None if found is None else self.cell_in(found)

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

    def beside(self, rule: int, question: int, among: int) -> int:
        """Those ``among`` the rules that share a combination with this rule but for one question."""
        rest = [q for q in range(len(self.questions)) if q != question]
        return self.boxes.touching(self.masks[rule], rest, among)

    def between(self, question: int, a: int, r: int, s: int) -> dict[str, str]:
        """A combination with answer ``a`` that fits rule ``r`` and, but for this question, ``s``."""
        masks = [x & y for x, y in zip(self.masks[r], self.masks[s], strict=True)]
        masks[question] = 1 << a
        return self.cell_in(masks)
