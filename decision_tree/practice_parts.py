"""The nouns of composed cases: text parts, pools of parts, names; and a school's case file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from decision_tree.errors import BadAnswer
from decision_tree.practice import Case, Count, Facets, Form, NearMiss, Told, Voice, Where
from decision_tree.protocol import Conditions, Noun, Text

SchoolKind = Literal["primary", "secondary"]

FACETS = {"form": Form, "count": Count, "classes": Where, "told": Told, "near_miss": NearMiss}
"""The facets that parts may bring, and the words that each allows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPart(Text):
    """One or two sentences with slots: ``{a}`` is targeted, ``{b}`` and ``{c}`` do it, ``{t}``
    tells it, ``{k1}`` and ``{k2}`` are classes.

    ``people``: only for so many around ``{a}``, with ``{a}`` (2 or 3). ``kind``: only at such a
    school. ``voices``: only told by these. ``forms``: only where this is what happened.
    ``form``: what happened, where the pool does not say it. ``calm``: true: something harmless, or
    only said with that; false: too worried for it.
    """

    people: Literal[2, 3] | None = None
    kind: SchoolKind | None = None
    voices: tuple[Voice, ...] = ()
    forms: tuple[Form, ...] = ()
    form: Form | None = None
    calm: bool | None = None
    told: Told | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool(Noun):
    """Parts that say the same thing. ``facets``: what they make of a case."""

    parts: tuple[TextPart, ...]
    facets: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Name(Noun):
    """A first name. ``gender`` u: borne by all. Both are used for balance only, never shown."""

    name: str
    gender: Literal["f", "m", "u"]
    background: Literal["dutch", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts(Noun):
    """``practice_parts.yaml``: what cases of every school are composed of."""

    names: tuple[Name, ...]
    classes: Mapping[SchoolKind, tuple[Text, ...]]
    openings: tuple[TextPart, ...]
    closings: tuple[TextPart, ...]
    fillers: tuple[TextPart, ...]
    pools: Mapping[str, Pool]
    flags: Mapping[str, tuple[TextPart, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerParts(Noun):
    """How one answer is told: from these pools, or in these words of the school's own.

    ``red_flag``: this answer is itself a red flag; a case with it leaves the ladder.
    ``draws_with`` (question -> answers) and ``draws_no_flag``: what goes badly together is not
    drawn at random, though it can still be composed by its id.
    """

    pools: tuple[str, ...] = ()
    texts: tuple[TextPart, ...] = ()
    facets: Mapping[str, str] = field(default_factory=dict)
    red_flag: str | None = None
    draws_with: Conditions = field(default_factory=dict)
    draws_no_flag: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile(Noun):
    """``cases/<school>.yaml``: the written cases, and how each answer is told in composed ones."""

    school: str
    parts: Mapping[str, Mapping[str, AnswerParts]]
    cases: tuple[Case, ...]


def facets_from(found: Mapping[str, str]) -> Facets:
    """Facets from the words of the data; a word that does not exist is a mistake in the data."""
    kept = {name: value for name, value in found.items() if name in FACETS}
    for name, value in kept.items():
        if value not in get_args(FACETS[name]):
            raise BadAnswer(f"{name}={value}", get_args(FACETS[name]))
    return Facets(**{"form": "signals", "count": "unknown", "classes": "unknown", **kept})  # type: ignore[arg-type]  # checked above
