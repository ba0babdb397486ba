"""Boxes: per question the answers that are allowed. Which of them meet, and what they leave out.

The answers of a question are bits, and so are the boxes of a collection: with which of two
thousand boxes one box shares a combination is then a handful of ANDs, not two thousand comparisons.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from decision_tree.errors import TooLarge

Masks = Sequence[int]
"""One box: per question, the allowed answers as bits."""


@dataclass(frozen=True)
class Boxes:
    """A collection of boxes; ``widths``: the number of answers of each question."""

    masks: tuple[Masks, ...]
    widths: tuple[int, ...]

    @cached_property
    def all(self) -> int:
        """Every box, as bits (bit = its place)."""
        return (1 << len(self.masks)) - 1

    @cached_property
    def by_mask(self) -> tuple[dict[int, int], ...]:
        """Per question: answers as bits -> the boxes that allow just these."""
        found: tuple[dict[int, int], ...] = tuple({} for _ in self.widths)
        for place, masks in enumerate(self.masks):
            for boxes, mask in zip(found, masks, strict=True):
                boxes[mask] = boxes.get(mask, 0) | 1 << place
        return found

    @cached_property
    def _met(self) -> dict[tuple[int, int], int]:
        return {}

    def meeting(self, question: int, answers: int) -> int:
        """The boxes that allow one of these answers to this question."""
        key = (question, answers)
        if key not in self._met:
            found = 0
            for mask, boxes in self.by_mask[question].items():
                if mask & answers:
                    found |= boxes
            self._met[key] = found
        return self._met[key]

    @cached_property
    def allowing(self) -> tuple[tuple[int, ...], ...]:
        """Per question and answer, the boxes that allow it."""
        return tuple(
            tuple(self.meeting(q, 1 << answer) for answer in range(width))
            for q, width in enumerate(self.widths)
        )

    def touching(self, box: Masks, questions: Sequence[int], among: int) -> int:
        """Those ``among`` the boxes that share an answer with ``box`` to each of these questions."""
        for q in questions:
            if not among:
                break
            among &= self.meeting(q, box[q])
        return among

    @cached_property
    def full_from(self) -> tuple[int, ...]:
        """Per question: the boxes that allow every answer to it and to all questions after it."""
        found = [self.all]
        for q in reversed(range(len(self.widths))):
            everything = (1 << self.widths[q]) - 1
            found.append(found[-1] & self.by_mask[q].get(everything, 0))
        return tuple(reversed(found))


class Effort:
    """How much may still be looked at; shared by searches that must together end in seconds."""

    def __init__(self, steps: int = 50_000) -> None:
        self.left = steps

    def spend(self) -> None:
        """One step less; ``TooLarge`` when there is none left."""
        if self.left <= 0:
            raise TooLarge("There are too many combinations here to look at each")
        self.left -= 1


def left_out(rooms: Boxes, boxes: Boxes, effort: Effort) -> tuple[int, ...] | None:
    """The first combination inside one of ``rooms`` and in none of ``boxes``, as bits per question.

    Exact: None means that there is none. ``TooLarge`` when the effort does not suffice.
    """
    seen: set[tuple[int, int, int]] = set()

    def walk(question: int, inside: int, covering: int) -> tuple[int, ...] | None:
        if not inside or covering & boxes.full_from[question]:
            return None
        if question == len(rooms.widths):
            return ()
        key = (question, inside, covering)
        if key in seen:
            return None
        effort.spend()
        for answer, (room, box) in enumerate(
            zip(rooms.allowing[question], boxes.allowing[question], strict=True)
        ):
            found = walk(question + 1, inside & room, covering & box)
            if found is not None:
                return (1 << answer, *found)
        seen.add(key)
        return None

    return walk(0, rooms.all, boxes.all)


def bits(number: int) -> Iterator[int]:
    """The places of the bits of a number, lowest first."""
    while number:
        low = number & -number
        yield low.bit_length() - 1
        number ^= low
