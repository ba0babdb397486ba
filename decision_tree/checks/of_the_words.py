"""Checks of what people read: who acts, what to do now, what comes next, what parents hear."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from decision_tree.boxes import Boxes, Effort, bits, left_out
from decision_tree.checks.case import Case, Finding
from decision_tree.coverage import coverage
from decision_tree.errors import TooLarge
from decision_tree.protocol import ALL, UNSTATED, Scoped
from decision_tree.table import Table
from decision_tree.yaml_source import Place


def lead_said(case: Case) -> Iterator[Finding]:
    for i, rule in enumerate(case.protocol.rules):
        if not rule.lead:
            yield Finding(
                ("rules", i),
                f"Rule `{rule.id}` names no lead",
                f"name a role, or write lead: [{UNSTATED}]",
            )
        elif UNSTATED in rule.lead and (len(rule.lead) > 1 or not rule.ask):
            yield Finding(
                ("rules", i),
                f"Rule `{rule.id}` says that the lead is unstated and not whom to ask",
                f"write lead: [{UNSTATED}] alone, and the roles under `ask`",
            )


def actor_said(case: Case) -> Iterator[Finding]:
    for section in ("steps", "follow_up"):
        for i, item in enumerate(getattr(case.protocol, section)):
            if not item.who:
                yield Finding(
                    (section, i),
                    f"`{item.id}` has no actor",
                    f"name a role, `lead`, or `{UNSTATED}`",
                )


def phase_has_step(case: Case) -> Iterator[Finding]:
    for i, phase in enumerate(case.protocol.phases):
        if not any(
            (ALL in s.phases or phase.id in s.phases) and s.moment == "now" and not s.only_when
            for s in case.protocol.steps
        ):
            yield Finding(
                ("phases", i),
                f"In `{phase.id}` nobody has anything to do now",
                "give it a step with `moment: now`; ours (no sources) where the document has none",
            )


def phase_has_next(case: Case) -> Iterator[Finding]:
    said = _Said(case)
    for i, phase in enumerate(case.protocol.phases):
        for event in ("goes-on", "again", "stops"):
            lines = [line for line in case.protocol.next if line.event == event]
            yield from said.gap(
                ("phases", i),
                phase.id,
                lines,
                f"`{phase.id}` does not say what comes when it {event.replace('-', ' ')}",
                "add it under `next`; if the document is silent, say so",
            )


def phase_has_parents(case: Case) -> Iterator[Finding]:
    said = _Said(case)
    for i, phase in enumerate(case.protocol.phases):
        for about in ("expect", "contact", "home", "turn-to"):
            lines = [line for line in case.protocol.parents if line.about == about]
            yield from said.gap(
                ("phases", i),
                phase.id,
                lines,
                f"`{phase.id}` has no `{about}` line for parents",
                "add it under `parents`; if the document is silent, say so",
            )


class _Said:
    """Whether lines say something in every case of a phase, all questions and refinements answered."""

    def __init__(self, case: Case) -> None:
        protocol = case.protocol
        self.case = case
        self.table = Table(protocol.questions + protocol.refinements, protocol.rules)
        self.effort = Effort()

    def gap(
        self, place: Place, phase: str, lines: Sequence[Scoped], what: str, hint: str
    ) -> Iterator[Finding]:
        """A finding where no line holds, for the first such case; none where one always does."""
        here = [line for line in lines if ALL in line.phases or phase in line.phases]
        if any(not line.only_when for line in here):
            return
        if not here:
            yield Finding(place, what, hint)
            return
        table = self.table
        rooms = Boxes(tuple(table.masks[r] for r in bits(table.leading_to((phase,)))), table.widths)
        boxes = Boxes(tuple(table.box(line.only_when) for line in here), table.widths)
        try:
            found = left_out(rooms, boxes, self.effort)
        except TooLarge:
            yield Finding(
                place,
                f"{what} in every case, as far as can be seen: its lines turn on too many answers",
                "give it one line without `only_when`",
            )
            return
        if found is not None:
            asked = {question for line in here for question in line.only_when}
            cell = {q: a for q, a in table.cell_in(found).items() if q in asked}
            yield Finding(
                place,
                f"{what}: {self.case.words(cell)}",
                f"{hint}; a line with `only_when` holds for those answers only",
            )


def clauses_placed(case: Case) -> Iterator[Finding]:
    for clause in coverage(case.protocol).missing:
        number = next(i for i, c in enumerate(case.protocol.clauses) if c.id == clause.id)
        where = clause.where.in_language(case.language)
        gap = clause.kind == "gap"
        yield Finding(
            ("clauses", number),
            f"The clause `{clause.id}` ({where}) has no {'open point' if gap else 'place'}",
            "add an item under `open` with its id under `sources`"
            if gap
            else "put its id under `sources` of the line that says it",
        )
