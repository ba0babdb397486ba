"""A measured figure, and how to take one: several runs, quoted as median with its spread."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table. ``target``: the most (or the least) it should be, where one is set."""

    group: str
    name: str
    values: tuple[float, ...]
    unit: str
    target: str = ""

    @property
    def middle(self) -> float:
        return median(self.values)

    def __str__(self) -> str:
        low, high = min(self.values), max(self.values)
        spread = f"[{_number(low)} - {_number(high)}]" if len(self.values) > 1 else ""
        return f"{_number(self.middle):>10} {self.unit:12} {spread:24} {self.target}"


def timed(work: Callable[[], object], runs: int = 5, warm: int = 1) -> tuple[float, ...]:
    """Milliseconds of each counted run, after runs that are not counted."""
    for _ in range(warm):
        work()
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return tuple(taken)


def ratio(group: str, name: str, a: Figure, b: Figure, target: str = "") -> Figure:
    """A over B, run by run, as both were taken in turn."""
    pairs = tuple(x / y for x, y in zip(a.values, b.values, strict=False))
    return Figure(group, name, pairs, "×", target)


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
