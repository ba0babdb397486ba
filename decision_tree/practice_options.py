"""The choices under each question of a practice round: the right ones among plausible others.

What is offered beside the right answer comes from the school's own protocol, so that a wrong
choice is a real mistake: another phase, another role that leads somewhere, a step that is due
later or in another phase. A step that may also be done now is never offered as a wrong one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from decision_tree.outcome import Outcome
from decision_tree.practice import Case, Expected, expected
from decision_tree.practice_chance import shuffled
from decision_tree.protocol import LEAD, UNSTATED, Protocol, Step, Text
from decision_tree.safety import Safety
from decision_tree.tree import Compiled

PartId = Literal["first", "flag", "phase", "who", "step"]
GO, LEAVE, ASK = "go", "leave", "ask:"
"""Choices under *first*: the ladder as it is, leave the ladder, find this out first."""

MOST_FIRST, MOST_WHO, MOST_STEPS = 6, 5, 4

_GO = Text(nl="Ik weet genoeg: verder met het protocol", en="I know enough: on with the protocol")
_LEAVE = Text(nl="Dit gaat voor alles: verlaat de ladder, eerst veiligheid",
              en="This comes before everything: leave the ladder, safety first")  # fmt: skip
_UNSTATED = Text(nl="Het protocol zegt niet wie", en="The protocol does not say who")


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One choice; ``id`` is what the page gives back."""

    id: str
    label: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The choices under one question, and the ids of those that are right."""

    part: PartId
    options: tuple[Option, ...]
    right: tuple[str, ...]


def choices(
    compiled: Compiled, safety: Safety, case: Case, seed: int = 0, found: Expected | None = None
) -> tuple[Choice, ...]:
    """The questions of one round in order: first, then flag and step, or phase, who and step.

    ``found``: what the engine expects, where the caller has it already.
    """
    found = found or expected(compiled, safety, case)
    first = _first(compiled, case, found, seed)
    if found.leave is not None:
        flags = tuple(Option(id=flag.id, label=flag.label) for flag in safety.flags)
        return (
            first,
            Choice(part="flag", options=flags, right=(found.leave.flag.id,)),
            _safe_step(compiled, found, seed, case),
        )
    assert found.outcome is not None  # only a red flag has no outcome
    return first, _phase(compiled.protocol, found.outcome), _who(compiled.protocol, found.outcome, seed, case), \
        _step(compiled, found.outcome, seed, case)  # fmt: skip


def lead_id(lead: Iterable[str]) -> str:
    """Who leads as one id: the roles joined by a plus."""
    return "+".join(lead)


def roles_text(protocol: Protocol, roles: Iterable[str]) -> Text:
    """Roles in words: "de mentor en de coach" without articles."""
    names = [_UNSTATED if r == UNSTATED else protocol.role(r).name for r in roles]
    return Text(nl=joined([n.nl for n in names], " en "), en=joined([n.en for n in names], " and "))


def joined(words: list[str], last: str) -> str:
    """An enumeration: commas, and ``last`` before the last."""
    return last.join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]


def _first(compiled: Compiled, case: Case, found: Expected, seed: int) -> Choice:
    asked = {node.question for node in compiled.tree.nodes}
    questions = [q for q in compiled.protocol.questions if q.id in asked]
    others = shuffled(
        [q.id for q in questions if q.id not in found.need_first], seed, case.id, "first"
    )
    kept = {*found.need_first, *others[: max(0, MOST_FIRST - 2 - len(found.need_first))]}
    options = [Option(id=GO, label=_GO)]
    for question in questions:
        if question.id in kept:
            options.append(Option(id=ASK + question.id,
                                  label=Text(nl=f"Eerst uitzoeken: {question.ask.nl}",
                                             en=f"First find out: {question.ask.en}")))  # fmt: skip
    options.append(Option(id=LEAVE, label=_LEAVE))
    right = tuple(ASK + q for q in found.need_first) or ((LEAVE,) if found.leave else (GO,))
    return Choice(part="first", options=tuple(options), right=right)


def _phase(protocol: Protocol, outcome: Outcome) -> Choice:
    return Choice(part="phase", right=(outcome.phase.id,),
                  options=tuple(Option(id=p.id, label=p.name) for p in protocol.phases))  # fmt: skip


def _who(protocol: Protocol, outcome: Outcome, seed: int, case: Case) -> Choice:
    leads = list(dict.fromkeys(rule.lead for rule in protocol.rules if rule.lead != outcome.lead))
    leads = shuffled(leads, seed, case.id, "leads")[: MOST_WHO - 2]
    alone = [(role.id,) for role in protocol.roles if role.side == "school"]
    spare = [lead for lead in alone if lead not in (outcome.lead, *leads)]
    offered = [*leads, *shuffled(spare, seed, case.id, "roles")][: MOST_WHO - 1]
    offered = shuffled([outcome.lead, *offered], seed, case.id, "who")
    return Choice(part="who", right=(lead_id(outcome.lead),), options=tuple(
        Option(id=lead_id(lead), label=roles_text(protocol, lead)) for lead in offered))  # fmt: skip


def _step(compiled: Compiled, outcome: Outcome, seed: int, case: Case) -> Choice:
    protocol, right = compiled.protocol, outcome.first_step.item
    here = {held.item.do.nl for held in outcome.steps}
    now = {held.item.do.nl for held in outcome.steps if held.item.moment == "now"}
    later = [h.item for h in outcome.steps if h.condition is None and h.item.do.nl not in now]
    elsewhere = [s for s in protocol.steps if s.do.nl not in here and s.must and LEAD not in s.who]
    elsewhere += [s for s in protocol.steps if s.do.nl not in here and s not in elsewhere]
    wrong: dict[str, Step] = {}
    for group, most in ((later, 2), (elsewhere, 3), (later, MOST_STEPS), (elsewhere, MOST_STEPS)):
        for step in shuffled(group, seed, case.id, "steps")[:most]:
            if len(wrong) < MOST_STEPS - 1:
                wrong.setdefault(step.do.nl, step)
    offered = shuffled([right, *wrong.values()], seed, case.id, "order")
    return Choice(part="step", right=(right.id,),
                  options=tuple(Option(id=s.id, label=s.do) for s in offered))  # fmt: skip


def _safe_step(compiled: Compiled, found: Expected, seed: int, case: Case) -> Choice:
    """The first line of the flag's card among what the ladder would have asked for."""
    assert found.leave is not None  # asked for red flags only
    offered = [Option(id="do-0", label=found.leave.flag.do[0])]
    steps = [h.item for h in found.behind.steps] if found.behind else list(compiled.protocol.steps)
    usual = [s for s in steps if s.kind in {"talk", "parents", "investigate", "agree"}]
    seen: set[str] = set()
    for step in shuffled(usual or steps, seed, case.id, "ladder"):
        if len(offered) < MOST_STEPS and step.kind not in seen and step.kind != "protect":
            seen.add(step.kind)
            offered.append(Option(id=step.id, label=step.do))
    return Choice(
        part="step", right=("do-0",), options=tuple(shuffled(offered, seed, case.id, "order"))
    )
