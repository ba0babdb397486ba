"""What is wrong in one file: gathered as it is found, told in the order of the file."""

from __future__ import annotations

import difflib
import heapq
from collections.abc import Callable, Collection

from decision_tree.errors import MOST_TOLD, BadFile, Problem
from decision_tree.yaml_source import Place, Source

type Words = str | Callable[[], str]
"""Or what makes them, for those that are told only: near names take time to find."""


ENOUGH = 1000
"""Faults after which a file is not read further: nearly all it holds is wrong, or it is an attack."""


class Faults:
    """The faults of one file. Of each place one is told, and of all the first hundred."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._found: dict[Place, tuple[str, Words, Words]] = {}

    def add(self, place: Place, code: str, what: Words, hint: Words) -> None:
        """Something wrong at ``place``; what was found there first counts."""
        self._found.setdefault(place, (code, what, hint))
        if len(self._found) == ENOUGH:
            self.stop_if_any()

    def stop_if_any(self) -> None:
        """Raises ``BadFile`` if anything was found."""
        if not self._found:
            return
        position = self.source.position
        first = heapq.nsmallest(
            MOST_TOLD, ((position(place), i, place) for i, place in enumerate(self._found))
        )
        problems = [self._problem(place, *self._found[place]) for _, _, place in first]
        raise BadFile(problems, more=len(self._found) > len(problems))

    def _problem(self, place: Place, code: str, what: Words, hint: Words) -> Problem:
        told = (words if isinstance(words, str) else words() for words in (what, hint))
        return self.source.problem(place, code, *told)

    def unknown(self, place: Place, kind: str, name: str, known: Collection[str]) -> None:
        """A name at ``place`` that stands nowhere, with what may have been meant."""
        self.add(
            place, "R17", f"there is no {kind} {quoted(name)}", lambda: meant(name, list(known))
        )


def quoted(text: str) -> str:
    """Words of a file within ours; of long ones the beginning."""
    return f"`{text if len(text) <= 60 else text[:57] + '...'}`"


def meant(name: str, known: list[str]) -> str:
    """What a writer may have meant by a name that is not among the known ones."""
    near = difflib.get_close_matches(name[:100], known, n=1)
    if near:
        return f"did you mean `{near[0]}`?"
    if len(known) <= 12:
        return f"known: {', '.join(known) or 'none'}"
    return f"add it, or take one of the {len(known)} that exist"
