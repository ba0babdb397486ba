"""Checks of the decision table: complete, unambiguous, nothing needless, never downwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from decision_tree.boxes import bits
from decision_tree.checks.case import Case, Finding, scoped
from decision_tree.errors import TooLarge
from decision_tree.guide import paths
from decision_tree.protocol import CORE_QUESTIONS, Scoped
from decision_tree.table import Table


def small_enough(case: Case) -> Iterator[Finding]:
    if case.too_large is not None:
        yield Finding(case.too_large.place, case.too_large.what, case.too_large.hint)


def no_gap(case: Case) -> Iterator[Finding]:
    try:
        gap = case.table.gap()
    except TooLarge:
        yield Finding(
            ("rules",),
            "Whether every combination fits a rule cannot be seen while so many rules overlap",
            "mend the overlaps first",
        )
        return
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
    same_result = _same_result(table)
    turning = list(_turning(case, table))
    for q, question in enumerate(table.questions):
        idle = table.everything[q]  # the answers of which nothing is known to turn
        for r, masks in enumerate(table.masks):
            if masks[q] & idle:
                others = table.beside(r, q, table.all_rules & ~same_result[r])
                for a in bits(masks[q] & idle if others else 0):
                    if others & table.boxes.meeting(q, table.everything[q] ^ 1 << a):
                        idle ^= 1 << a
        for item in turning:
            if item.turns_on(table, q):
                for a in bits(idle):
                    if item.holding(table, item.rules & table.allowing[q][a], but=q):
                        idle ^= 1 << a
        for a in bits(idle):
            yield Finding(
                ("questions", q, "answers", a),
                f"The answer `{table.answer_ids[q][a]}` to `{question.id}` changes nothing anywhere",
                "take it out, or give it to a rule or a step",
            )


@dataclass(frozen=True, slots=True)
class _Item:
    """A line of the protocol as a box: the answers it wants, and the rules of its phases."""

    box: list[int]
    conditioned: tuple[int, ...]
    rules: int

    @classmethod
    def of(cls, table: Table, item: Scoped) -> _Item:
        places = (table.place[q] for q in item.only_when if q in table.place)
        return cls(table.box(item.only_when), tuple(places), table.leading_to(item.phases))

    def turns_on(self, table: Table, question: int) -> bool:
        """Whether some answers to this question keep the line and others drop it."""
        return self.box[question] not in (0, table.everything[question])

    def holding(self, table: Table, among: int, but: int | None = None) -> int:
        """The rules with a case in which the line holds, one question left out of account."""
        return table.boxes.touching(self.box, [q for q in self.conditioned if q != but], among)


def _turning(case: Case, table: Table) -> Iterator[_Item]:
    """The steps and follow-ups that turn on an answer."""
    for item in (*case.protocol.steps, *case.protocol.follow_up):
        if item.only_when:
            yield _Item.of(table, item)


def _same_result(table: Table) -> list[int]:
    """Per rule: the rules with its phase and its lead, as bits."""
    found: dict[object, int] = {}
    for r, rule in enumerate(table.rules):
        key = (rule.phase, rule.lead)
        found[key] = found.get(key, 0) | 1 << r
    return [found[rule.phase, rule.lead] for rule in table.rules]


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
    wanted = [item.only_when for _, item in scoped(case.protocol)]
    for i, question in enumerate(case.protocol.refinements):
        ids = {answer.id for answer in question.answers}
        if not any(ids - set(only_when.get(question.id, ids)) for only_when in wanted):
            yield Finding(
                ("refinements", i),
                f"No step turns on the refinement `{question.id}`",
                "name it in `only_when` of a step, or leave it out",
            )


def asks_no_more(case: Case) -> Iterator[Finding]:
    """Looked at from outside the builder: on each path, whether two answers can lead to two results."""
    if case.compiled is None:
        return
    table = case.table
    same_result = _same_result(table)
    turning = list(_turning(case, table))

    @cache
    def kept(q: int, a: int) -> int:
        return sum(1 << i for i, item in enumerate(turning) if item.box[q] >> a & 1)

    seen: set[tuple[int, int, int]] = set()
    for way in paths(case.compiled):
        alive, steps = table.all_rules, (1 << len(turning)) - 1
        start: dict[str, str] = {}
        for name, answer in way.items():
            q = table.place[name]
            if (key := (q, alive, steps)) not in seen:
                seen.add(key)
                later = [x for x, other in enumerate(table.questions) if other.id not in start]
                later.remove(q)
                left = [turning[i] for i in bits(steps)] if name in CORE_QUESTIONS else []
                if not _can_matter(table, same_result, left, q, alive, later):
                    yield Finding(
                        ("questions", q),
                        f"After {case.words(start) or 'nothing'}, `{name}` is asked and can change nothing",
                        "this is a fault of the program: please report it",
                    )
            start[name] = answer
            a = table.answer_ids[q].index(answer)
            alive &= table.allowing[q][a]
            steps &= kept(q, a)


def _can_matter(
    table: Table, same_result: list[int], steps: list[_Item], q: int, alive: int, later: list[int]
) -> bool:
    """Whether one answer to ``q`` can decide between two of the rules ``alive``, or drop a step.

    No two rules overlap, so rules that agree on all that comes later part at ``q``. And where a step
    turns on ``q`` in some case, the other answer leads to another result or to the same without it.
    """
    parting = alive & ~table.boxes.by_mask[q].get(table.everything[q], 0)
    for r in bits(parting):
        if table.boxes.touching(table.masks[r], later, parting & ~same_result[r]):
            return True
    return any(
        step.turns_on(table, q) and table.boxes.touching(step.box, later, alive & step.rules)
        for step in steps
    )


def careful_is_careful(case: Case) -> Iterator[Finding]:
    table = case.table
    heavier = _by_weight(case, lambda one, other: other > one)
    for q, question in enumerate(table.questions):
        ids = table.answer_ids[q]
        careful = ids.index(question.careful)
        found: dict[int, tuple[int, int]] = {}  # other answer -> a rule, and one above it
        for r in bits(table.allowing[q][careful]):
            above = table.beside(r, q, heavier[r])
            for other, allowing in enumerate(table.allowing[q] if above else ()):
                if above & allowing:
                    found.setdefault(other, (r, next(bits(above & allowing))))
        for other, (r, s) in sorted(found.items()):
            rest = table.between(q, careful, r, s)
            del rest[question.id]
            yield Finding(
                ("questions", q, "careful"),
                f"With {case.words(rest)}, not knowing `{question.id}` leads to "
                f"`{table.rules[r].phase}` and `{ids[other]}` leads higher, to `{table.rules[s].phase}`",
                "choose another careful answer, or mend the weights of the phases",
            )


def _by_weight(case: Case, is_wanted: Callable[[int, int], bool]) -> list[int]:
    """Per rule: the rules whose phase has a wanted weight beside that of its own, as bits."""
    weight = {phase.id: phase.weight for phase in case.protocol.phases}
    rules: dict[int, int] = {}
    for r, rule in enumerate(case.table.rules):
        rules[weight[rule.phase]] = rules.get(weight[rule.phase], 0) | 1 << r
    wanted = {
        one: sum(found for other, found in rules.items() if is_wanted(one, other)) for one in rules
    }
    return [wanted[weight[rule.phase]] for rule in case.table.rules]


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
        line = _Item.of(case.table, item)
        if not all(item.only_when.values()) or not line.holding(case.table, line.rules):
            yield Finding(
                place,
                "This can never hold: no case of its phases fits `only_when`",
                "mend `phases` or `only_when`",
            )


def never_down(case: Case) -> Iterator[Finding]:
    """Bullying that goes on or comes back never leads to a lower phase, for any combination.

    Seen by rules, not by combinations: the cases of a rule in which the line holds, each with the
    changed answers, must meet no rule of a lower phase.
    """
    if case.compiled is None:
        return
    table = case.table
    lower = _by_weight(case, lambda one, other: other < one)
    for i, item in enumerate(case.protocol.next):
        if item.event == "stops" or not item.answers:
            continue
        line = _Item.of(table, item)
        then = table.box({q: (a,) for q, a in item.answers.items()})
        for r in bits(line.holding(table, line.rules)):
            before = [x & y for x, y in zip(table.masks[r], line.box, strict=True)]
            after = [
                now if question.id in item.answers else was
                for question, was, now in zip(table.questions, before, then, strict=True)
            ]
            worse = table.boxes.touching(after, range(len(after)), lower[r])
            if worse:
                s = next(bits(worse))
                cell = table.cell_in(
                    [
                        was if question.id in item.answers else was & masks
                        for question, was, masks in zip(
                            table.questions, before, table.masks[s], strict=True
                        )
                    ]
                )
                yield Finding(
                    ("next", i),
                    f"From `{table.rules[r].phase}`, when it {item.event.replace('-', ' ')}, "
                    f"the table leads down to `{table.rules[s].phase}` ({case.words(cell)})",
                    "mend `answers` here, or the weights",
                )
                break
