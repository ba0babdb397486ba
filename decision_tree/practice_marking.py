"""Marks a practice round: each question by itself, in words, with the rule, its source and what
would have changed it. There is no score: the page may count nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from decision_tree.guide import Change, changes
from decision_tree.outcome import Outcome
from decision_tree.practice import Case, Expected, expected
from decision_tree.practice_feedback import FEEDBACK, as_at, change_words
from decision_tree.practice_options import Choice, PartId, choices, lead_id
from decision_tree.protocol import Rule, Text
from decision_tree.safety import Safety
from decision_tree.tree import Compiled


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded:
    """One answer. ``words``: right or not and why, one or two sentences. ``sources``: clauses of
    the document on which the right answer rests; none where it is our own layer."""

    part: PartId
    given: str
    right: tuple[str, ...]
    good: bool
    words: Text
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A marked round. ``found`` and ``overlooked``: places in ``case.marks``.

    ``rules``: why, from the table (none for a red flag). ``change``: the one fact that would have
    changed it, in words. ``facets``: what this round says about each facet, for the progress.
    """

    case: Case
    expected: Expected
    parts: tuple[Graded, ...]
    found: tuple[int, ...]
    overlooked: tuple[int, ...]
    rules: tuple[Rule, ...]
    change: Change | None
    change_words: Text | None
    facets: Mapping[str, bool]


def mark(
    compiled: Compiled, safety: Safety, case: Case, given: Mapping[str, Any], seed: int = 0
) -> Marked:
    """Grade what was given: ``first``, ``flag``, ``phase``, ``who``, ``step`` (option ids) and
    ``marks`` (places of tapped marks). A part that was not given is not graded, so a page may ask
    for feedback after every question."""
    engine = expected(compiled, safety, case)
    asked = choices(compiled, safety, case, seed, engine)
    parts = tuple(_grade(compiled, engine, choice, str(given[choice.part]))
                  for choice in asked if given.get(choice.part) is not None)  # fmt: skip
    tapped = {int(place) for place in given.get("marks") or ()}
    all_marks = range(len(case.marks)) if given.get("marks") is not None else range(0)
    change = _change(compiled, engine, parts)
    return Marked(
        case=case, expected=engine, parts=parts,
        found=tuple(i for i in all_marks if i in tapped),
        overlooked=tuple(i for i in all_marks if i not in tapped),
        rules=engine.outcome.rules if engine.outcome else (),
        change=change, change_words=change_words(compiled, engine, change),
        facets=_facet_results(case, engine, parts),
    )  # fmt: skip


def _grade(compiled: Compiled, engine: Expected, choice: Choice, given: str) -> Graded:
    good = given in choice.right
    words, sources = FEEDBACK[choice.part](compiled, engine, given, good)
    words = as_at(compiled.protocol.school.kind, words)
    return Graded(
        part=choice.part, given=given, right=choice.right, good=good, words=words, sources=sources
    )


def _change(compiled: Compiled, engine: Expected, parts: Sequence[Graded]) -> Change | None:
    """The one fact that would have changed it: best the one that makes the given answer right."""
    if engine.outcome is None:
        return None
    given = {p.part: p.given for p in parts if not p.good}
    here = engine.outcome

    def fit(change: Change) -> tuple[int, ...]:
        there = change.decision
        if not isinstance(there, Outcome):
            return 0, 0, 0
        return (
            int(there.phase.id == given.get("phase"))
            + int(lead_id(there.lead) == given.get("who")),
            int(there.phase.id != here.phase.id or there.lead != here.lead),
            -abs(there.phase.weight - here.phase.weight),
        )

    return max(changes(compiled, engine.outcome), key=fit, default=None)


def _facet_results(case: Case, engine: Expected, parts: Iterable[Graded]) -> dict[str, bool]:
    """Facet -> was it read well? Form and count show in the phase, classes and lead in who acts,
    red flags, gaps and near-misses in what comes first."""
    good = {part.part: part.good for part in parts}
    results: dict[str, bool] = {}

    def note(facet: str | None, *shown_by: PartId) -> None:
        seen = [good[part] for part in shown_by if part in good]
        if facet and seen:
            results[facet] = all(seen)

    for facet, shown_by in facet_parts(case, engine):
        note(facet, *shown_by)
    return results


def facet_parts(case: Case, engine: Expected) -> list[tuple[str, tuple[PartId, ...]]]:
    """The facets of a case as ``group:value``, each with the questions in which it shows."""
    facets = case.facets
    if engine.leave is not None:
        return [
            (f"red_flag:{engine.leave.flag.id}", ("first", "flag")),
            (f"form:{facets.form}", ("first",)),
        ]
    found: list[tuple[str, tuple[PartId, ...]]] = [
        (f"form:{facets.form}", ("first", "phase")),
        (f"count:{facets.count}", ("phase",)),
        (f"classes:{facets.classes}", ("who",)),
        (f"who:{lead_id(engine.outcome.lead if engine.outcome else ())}", ("who", "step")),
    ]
    found += [(f"ask:{q}", ("first",)) for q in engine.need_first]
    if facets.near_miss:
        found.append((f"near_miss:{facets.near_miss}", ("first", "phase")))
    return found
