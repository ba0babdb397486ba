"""Checks of the decision table: complete, unambiguous, nothing needless, never downwards."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from decision_tree.checks.case import Case, Finding, scoped
from decision_tree.guide import paths
from decision_tree.protocol import ALL, CORE_QUESTIONS

MAX_CELLS = 200_000
"""Checks that walk every combination stop being useful beyond this; no school comes near."""


def no_gap(case: Case) -> Iterator[Finding]:
    gap = case.table.gap()
    if gap is not None:
        nearest = f"; nearest: {case.rule_words(gap.nearest)}" if gap.nearest else ""
        yield Finding(
            ("rules",),
            f"No rule for: {case.words(gap.cell)}{nearest}",
            "add a rule, or widen the conditions of the nearest",
        )


def no_overlap(case: Case) -> Iterator[Finding]:
    for overlap in case.table.overlaps():
        yield Finding(
            ("rules", case.protocol.rules.index(overlap.second)),
            f"Two rules for: {case.words(overlap.cell)}: {case.rule_words(overlap.first)} "
            f"and {case.rule_words(overlap.second)}",
            "make their conditions exclude each other",
        )


def rule_reachable(case: Case) -> Iterator[Finding]:
    for rule in case.table.unreachable():
        yield Finding(
            ("rules", case.protocol.rules.index(rule)),
            f"No combination of answers reaches {case.rule_words(rule)}",
            "an answer list is empty: name an answer or leave the question out",
        )


def answer_matters(case: Case) -> Iterator[Finding]:
    table = case.table
    for q, ids in enumerate(table.answer_ids):
        question = table.questions[q]
        for a, answer in enumerate(ids):
            if not any(
                _differs(case, question.id, answer, ids[b], r, s)
                for b in range(len(ids))
                if b != a
                for r, s in table.neighbours(q, a, b)
            ):
                yield Finding(
                    ("questions", q, "answers", a),
                    f"The answer `{answer}` to `{question.id}` changes nothing anywhere",
                    "take it out, or give it to a rule or a step",
                )


def _differs(case: Case, question: str, a: str, b: str, r: int, s: int) -> bool:
    first, second = case.protocol.rules[r], case.protocol.rules[s]
    if (first.phase, first.lead) != (second.phase, second.lead):
        return True
    return any(
        question in item.only_when
        and (a in item.only_when[question]) != (b in item.only_when[question])
        for item in (*case.protocol.steps, *case.protocol.follow_up)
        if ALL in item.phases or first.phase in item.phases
    )


def question_asked(case: Case) -> Iterator[Finding]:
    if case.compiled is None:
        return
    asked = {node.question for node in case.compiled.tree.nodes}
    for i, question in enumerate(case.protocol.questions):
        if question.id not in asked:
            yield Finding(
                ("questions", i),
                f"The question `{question.id}` is never asked",
                "no phase or lead turns on it: move it to `refinements` or leave it out",
            )
    used = {q for item in scoped(case.protocol) for q in item[1].only_when}
    for i, question in enumerate(case.protocol.refinements):
        if question.id not in used:
            yield Finding(
                ("refinements", i),
                f"No step turns on the refinement `{question.id}`",
                "name it in `only_when` of a step, or leave it out",
            )


def asks_no_more(case: Case) -> Iterator[Finding]:
    """Looked at from outside the builder: change one answer on a path, complete both cases in
    every way, and see that somewhere the result differs."""
    if case.compiled is None or case.table.size > MAX_CELLS:
        return
    ids = {q.id: [a.id for a in q.answers] for q in case.protocol.questions}
    seen: set[tuple[object, str]] = set()
    for way in paths(case.compiled):
        asked = list(way)
        for i, name in enumerate(asked):
            start = {q: way[q] for q in asked[:i]}
            if (key := (tuple(start.items()), name)) in seen:
                continue
            seen.add(key)
            later = [q for q in ids if q not in start and q != name]
            if not _can_matter(case, start, name, later, ids):
                yield Finding(
                    ("questions", list(ids).index(name)),
                    f"After {case.words(start) or 'nothing'}, `{name}` is asked and can change nothing",
                    "this is a fault of the program: please report it",
                )


def _can_matter(
    case: Case, start: dict[str, str], name: str, later: list[str], ids: dict[str, list[str]]
) -> bool:
    for rest in product(*(ids[q] for q in later)):
        cell = {**start, **dict(zip(later, rest, strict=True))}
        seen = {_seen(case, {**cell, name: answer}, name in CORE_QUESTIONS) for answer in ids[name]}
        if len(seen) > 1:
            return True
    return False


def _seen(case: Case, cell: dict[str, str], with_steps: bool) -> object:
    rule = case.table.fitting(cell)[0]
    if not with_steps:
        return rule.phase, rule.lead
    steps = tuple(
        i
        for i, item in enumerate((*case.protocol.steps, *case.protocol.follow_up))
        if (ALL in item.phases or rule.phase in item.phases)
        and all(cell[q] in allowed for q, allowed in item.only_when.items() if q in cell)
    )
    return rule.phase, rule.lead, steps


def careful_is_careful(case: Case) -> Iterator[Finding]:
    table = case.table
    weight = {phase.id: phase.weight for phase in case.protocol.phases}
    for q, ids in enumerate(table.answer_ids):
        question = table.questions[q]
        careful = ids.index(question.careful)
        for other in range(len(ids)):
            for r, s in table.neighbours(q, careful, other):
                low, high = table.rules[r], table.rules[s]
                if weight[low.phase] < weight[high.phase]:
                    cell = table.between(q, careful, r, s)
                    rest = {k: v for k, v in cell.items() if k != question.id}
                    yield Finding(
                        ("questions", q, "careful"),
                        f"With {case.words(rest)}, not knowing `{question.id}` leads to "
                        f"`{low.phase}` and `{ids[other]}` leads higher, to `{high.phase}`",
                        "choose another careful answer, or mend the weights of the phases",
                    )
                    break
            else:
                continue
            break


def phase_reached(case: Case) -> Iterator[Finding]:
    reached = {rule.phase for rule in case.protocol.rules}
    for i, phase in enumerate(case.protocol.phases):
        if phase.id not in reached:
            yield Finding(
                ("phases", i),
                f"No rule leads to the phase `{phase.id}`",
                "add a rule, or take the phase out",
            )


def item_holds(case: Case) -> Iterator[Finding]:
    for place, item in scoped(case.protocol):
        if not any(
            (ALL in item.phases or rule.phase in item.phases)
            and all(
                set(allowed) & set(rule.when.get(q, allowed))
                for q, allowed in item.only_when.items()
            )
            for rule in case.protocol.rules
        ):
            yield Finding(
                place,
                "This can never hold: no case of its phases fits `only_when`",
                "mend `phases` or `only_when`",
            )


def never_down(case: Case) -> Iterator[Finding]:
    """Bullying that goes on or comes back never leads to a lower phase, for any combination."""
    if case.compiled is None or case.table.size > MAX_CELLS:
        return
    weight = {phase.id: phase.weight for phase in case.protocol.phases}
    cells = [(cell, case.table.fitting(cell)[0].phase) for cell in case.table.cells()]
    for i, item in enumerate(case.protocol.next):
        if item.event == "stops" or not item.answers:
            continue
        for cell, phase in cells:
            if ALL not in item.phases and phase not in item.phases:
                continue
            if any(cell[q] not in allowed for q, allowed in item.only_when.items() if q in cell):
                continue
            after = case.table.fitting({**cell, **item.answers})[0].phase
            if weight[after] < weight[phase]:
                yield Finding(
                    ("next", i),
                    f"From `{phase}`, when it {item.event.replace('-', ' ')}, "
                    f"the table leads down to `{after}` ({case.words(cell)})",
                    "mend `answers` here, or the weights",
                )
                break
