"""Checks of what people read: who acts, what to do now, what comes next, what parents hear."""

from __future__ import annotations

from collections.abc import Iterator

from decision_tree.checks.case import Case, Finding
from decision_tree.coverage import coverage
from decision_tree.protocol import ALL, UNSTATED


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
    for i, phase in enumerate(case.protocol.phases):
        there = {n.event for n in case.protocol.next if ALL in n.phases or phase.id in n.phases}
        for event in ("goes-on", "again", "stops"):
            if event not in there:
                yield Finding(
                    ("phases", i),
                    f"`{phase.id}` does not say what comes when it {event.replace('-', ' ')}",
                    "add it under `next`; if the document is silent, say so",
                )


def phase_has_parents(case: Case) -> Iterator[Finding]:
    for i, phase in enumerate(case.protocol.phases):
        there = {p.about for p in case.protocol.parents if ALL in p.phases or phase.id in p.phases}
        for about in ("expect", "contact", "home", "turn-to"):
            if about not in there:
                yield Finding(
                    ("phases", i),
                    f"`{phase.id}` has no `{about}` line for parents",
                    "add it under `parents`; if the document is silent, say so",
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
