"""What the tree says about each question as a screen: which number, how many are left, what led here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from decision_tree.tree import Compiled


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """``number``: this is the nth question on every way here, or None where ways differ.

    ``left``: at most this many questions from here on, this one included. ``back``: the only
    screen that leads here, or None where there are more (or none, at the root).
    """

    number: int | None
    left: int
    back: str | None


def routes(compiled: Compiled) -> dict[str, Route]:
    """Name of a screen -> its route."""
    nodes = compiled.tree.nodes
    depths: dict[int, set[int]] = {}
    parents: dict[int, set[int]] = {}

    def walk(number: int, depth: int) -> None:
        depths.setdefault(number, set()).add(depth)
        for child in _children(compiled, number):
            parents.setdefault(child, set()).add(number)
            if depth + 1 not in depths.get(child, ()):
                walk(child, depth + 1)

    walk(compiled.tree.root, 1)
    left: dict[int, int] = {}
    for number in range(len(nodes)):  # branches have lower numbers
        below = [left[child] for child in _children(compiled, number)]
        left[number] = 1 + max(below) if below else 0
    return {
        nodes[number].name: Route(
            number=_only(found),
            left=left[number],
            back=_only({nodes[parent].name for parent in parents.get(number, ())}),
        )
        for number, found in depths.items()
    }


def _children(compiled: Compiled, number: int) -> Iterator[int]:
    branches = compiled.tree.nodes[number].branches or {}
    yield from dict.fromkeys(branches.values())


def _only[T](found: set[T]) -> T | None:
    return next(iter(found)) if len(found) == 1 else None
