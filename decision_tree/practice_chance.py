"""The same draw for the same seed, in every Python: FNV-1a of the words, then SplitMix64.

A drawn case is named by its seed and shared by link, so it must come out the same for ever;
``random`` promises that only for ``random.random()``.
FNV-1a is by Fowler, Noll and Vo. SplitMix64: Steele, Lea, Flood, "Fast splittable
pseudorandom number generators", OOPSLA 2014.
"""

from __future__ import annotations

from collections.abc import Sequence

_MASK = (1 << 64) - 1


def number(*words: object) -> int:
    """64 bits that look random and depend on these words alone."""
    state = 0xCBF29CE484222325
    for byte in "\x1f".join(map(str, words)).encode():
        state = ((state ^ byte) * 0x100000001B3) & _MASK
    state = (state + 0x9E3779B97F4A7C15) & _MASK
    state = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    state = ((state ^ (state >> 27)) * 0x94D049BB133111EB) & _MASK
    return state ^ (state >> 31)


def pick[T](things: Sequence[T], *words: object) -> T:
    """One of the things."""
    return things[number(*words) % len(things)]


def shuffled[T](things: Sequence[T], *words: object) -> list[T]:
    """All of the things in another order."""
    return [things[i] for i in sorted(range(len(things)), key=lambda i: number(*words, i))]
