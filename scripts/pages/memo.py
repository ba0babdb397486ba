"""Remembers what was read or made, for as long as what it was made from stays the same."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, cast


class Memo:
    """One value per key; a preview asks again and again, and most files did not change."""

    def __init__(self) -> None:
        self._known: dict[Hashable, tuple[object, Any]] = {}

    def get[T](self, key: Hashable, made_from: object, make: Callable[[], T]) -> T:
        """The value of before if ``made_from`` equals that of before, or else a new one."""
        known = self._known.get(key)
        if known is None or known[0] != made_from:
            known = self._known[key] = (made_from, make())
        return cast(T, known[1])
