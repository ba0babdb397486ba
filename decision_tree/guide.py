"""Decide a case, say why, and what would change: the walk through a compiled protocol."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from decision_tree.errors import BadAnswer
from decision_tree.outcome import Ahead, Ask, Assumed, Decision, Held, Leave, Outcome
from decision_tree.protocol import (
    ALL,
    LEAD,
    UNKNOWN,
    UNSTATED,
    Next,
    Protocol,
    Question,
    Rule,
    Scoped,
    Text,
)
from decision_tree.safety import Safety
from decision_tree.table import Table
from decision_tree.tree import Compiled

RED_FLAG = "red_flag"
NO_FLAG = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One answer changed, all else the same, and where that leads."""

    question: Question
    answer: str
    decision: Ask | Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why an outcome: the rules that fit, and the answers that counted, in words."""

    rules: tuple[Rule, ...]
    counted: tuple[tuple[Question, str], ...]


def decide(
    compiled: Compiled, answers: Mapping[str, str], safety: Safety | None = None
) -> Decision:
    """The next question, the outcome, or off the ladder for a red flag.

    ``answers``: question id -> answer id or ``unknown``; more than is asked is welcome and
    settles conditional steps. Raises ``BadAnswer`` for an id that this protocol does not have.
    """
    return _flag(compiled.protocol, answers, safety) or _ladder(compiled, answers)


def _ladder(compiled: Compiled, answers: Mapping[str, str]) -> Ask | Outcome:
    """What the protocol itself says, red flags aside."""
    known, assumed = _known(compiled.protocol, answers)
    number, trail = _walk(compiled, known)
    # An *I don't know* stands for the careful answer where it is asked. Where it no longer is, it
    # stands for nothing: a step that turns on it keeps its condition, as on the page's own screens.
    stray = {a.question.id for a in assumed if a.question.id not in trail}
    known = {q: a for q, a in known.items() if q not in stray}
    assumed = tuple(a for a in assumed if a.question.id not in stray)
    node = compiled.tree.nodes[number]
    if node.question is not None:
        question = compiled.protocol.question(node.question)
        return Ask(question=question, trail=trail, assumed=assumed, screen=node.name)
    return _outcome(compiled, number, known, answers, trail, assumed)


def explain(compiled: Compiled, outcome: Outcome) -> Reason:
    """Why this outcome: the fitting rules and each answer that was asked for."""
    protocol = compiled.protocol
    return Reason(
        rules=outcome.rules,
        counted=tuple((protocol.question(q), outcome.answers[q]) for q in outcome.trail),
    )


def changes(compiled: Compiled, outcome: Outcome) -> Iterator[Change]:
    """Each single answer that would lead to another phase, lead or set of steps.

    A changed answer may open a question that had not been asked; then the change leads to it.
    """
    for name in outcome.trail:
        question = compiled.protocol.question(name)
        for answer in question.answers:
            other = _ladder(compiled, {**outcome.answers, name: answer.id})
            if isinstance(other, Ask) or result(other) != result(outcome):
                yield Change(question=question, answer=answer.id, decision=other)


def result(outcome: Outcome) -> tuple[str, tuple[str, ...], tuple[tuple[str, str], ...]]:
    """What makes two outcomes the same to a visitor: phase, lead, steps with their conditions."""
    steps = tuple((held.item.id, str(sorted(held.depends_on.items()))) for held in outcome.steps)
    return outcome.phase.id, outcome.lead, steps


def paths(compiled: Compiled) -> Iterator[dict[str, str]]:
    """Every way through the tree: the answers that were asked for, up to an outcome."""

    def walk(number: int, answers: dict[str, str]) -> Iterator[dict[str, str]]:
        node = compiled.tree.nodes[number]
        if node.question is None or node.branches is None:
            yield dict(answers)
            return
        for answer, child in node.branches.items():
            yield from walk(child, {**answers, node.question: answer})

    yield from walk(compiled.tree.root, {})


def screens(compiled: Compiled) -> dict[str, Ask | Outcome]:
    """Every node of the tree, by name, as one screen that is right for each path that leads to it.

    In the order of the tree: what follows on a question stands before it.

    What the paths agree on is known there; a step that turns on an answer in which they differ
    keeps its condition in words. So a page without scripts says nothing that is not so.
    """
    shared: dict[int, dict[str, str]] = {}
    for way in paths(compiled):
        names = list(way)
        for i in range(len(names) + 1):
            start = {name: way[name] for name in names[:i]}
            number, _ = _walk(compiled, start)
            before = shared.setdefault(number, start)
            shared[number] = {q: a for q, a in before.items() if start.get(q) == a}
    found: dict[str, Ask | Outcome] = {}
    for number, known in sorted(shared.items()):
        node = compiled.tree.nodes[number]
        if node.question is None:
            found[node.name] = _outcome(compiled, number, known, known, tuple(known), ())
        else:
            question = compiled.protocol.question(node.question)
            trail = tuple(known)
            found[node.name] = Ask(question=question, trail=trail, assumed=(), screen=node.name)
    return found


def _flag(protocol: Protocol, answers: Mapping[str, str], safety: Safety | None) -> Leave | None:
    given = answers.get(RED_FLAG, NO_FLAG)
    if given == NO_FLAG:
        return None
    ids = tuple(flag.id for flag in safety.flags) if safety else ()
    if safety is None or (given not in ids and given != UNKNOWN):
        raise BadAnswer(f"{RED_FLAG}={given}", (NO_FLAG, *ids, UNKNOWN))
    # Not knowing whether there is danger is answered as if there were.
    flag = safety.flags[0] if given == UNKNOWN else safety.flag(given)
    beside = tuple(line for b in protocol.red_flags if b.flag == flag.id for line in b.lines)
    return Leave(flag=flag, beside=beside, assumed=given == UNKNOWN)


def _known(
    protocol: Protocol, answers: Mapping[str, str]
) -> tuple[dict[str, str], tuple[Assumed, ...]]:
    """Answers with *I don't know* replaced by the careful answer; refinements stay unknown."""
    questions = {q.id: q for q in protocol.questions + protocol.refinements}
    asked = {q.id for q in protocol.questions}
    known: dict[str, str] = {}
    assumed: list[Assumed] = []
    for name, given in answers.items():
        if name == RED_FLAG:
            continue
        if name not in questions:
            raise BadAnswer(name, (*questions, RED_FLAG))
        question = questions[name]
        if given == UNKNOWN:
            if name in asked:
                known[name] = question.careful
                assumed.append(Assumed(question=question, answer=question.careful))
        elif given in (ids := tuple(a.id for a in question.answers)):
            known[name] = given
        else:
            raise BadAnswer(f"{name}={given}", (*ids, UNKNOWN))
    return known, tuple(assumed)


def _walk(compiled: Compiled, known: Mapping[str, str]) -> tuple[int, tuple[str, ...]]:
    """Down the tree as far as the answers go; the node reached and the questions on the way."""
    trail: list[str] = []
    number = compiled.tree.root
    node = compiled.tree.nodes[number]
    while node.question is not None and node.branches is not None and node.question in known:
        trail.append(node.question)
        number = node.branches[known[node.question]]
        node = compiled.tree.nodes[number]
    return number, tuple(trail)


def _outcome(
    compiled: Compiled,
    number: int,
    known: Mapping[str, str],
    answers: Mapping[str, str],
    trail: tuple[str, ...],
    assumed: tuple[Assumed, ...],
) -> Outcome:
    protocol = compiled.protocol
    node = compiled.tree.nodes[number]
    phase = protocol.phase(node.phase or "")
    on_path = {q: known[q] for q in trail}
    rules = tuple(
        rule
        for rule in Table.of(protocol).fitting(on_path)
        if rule.phase == phase.id and rule.lead == node.lead
    )

    def held[T: Scoped](items: tuple[T, ...]) -> tuple[Held[T], ...]:
        return tuple(
            found
            for at, item in enumerate(items)
            if (ALL in item.phases or phase.id in item.phases)
            and (found := _held(protocol, at, item, node.lead, known)) is not None
        )

    return Outcome(
        answers=dict(answers),
        trail=trail,
        phase=phase,
        lead=node.lead,
        ask=tuple(dict.fromkeys(role for rule in rules for role in rule.ask)),
        rules=rules,
        steps=held(protocol.steps),
        follow_up=held(protocol.follow_up),
        parents=held(protocol.parents),
        open=held(protocol.open),
        assumed=assumed,
        screen=node.name,
        next=tuple(_ahead(compiled, line, known) for line in held(protocol.next)),
    )


def _ahead(compiled: Compiled, line: Held[Next], known: Mapping[str, str]) -> Ahead:
    """Where an event leads: the same case with the changed answers, put to the tree again.

    Where a question would then be asked, only what all its answers agree on is said.
    """
    changed = line.item.answers
    if not changed:
        return Ahead(line=line, phase=None, lead=())
    number, _ = _walk(compiled, {**known, **changed})
    leaves = [compiled.tree.nodes[leaf] for leaf in _leaves(compiled, number)]
    phases, leads = {leaf.phase for leaf in leaves}, {leaf.lead for leaf in leaves}
    return Ahead(
        line=line,
        phase=compiled.protocol.phase(leaves[0].phase or "") if len(phases) == 1 else None,
        lead=leaves[0].lead if len(phases) == len(leads) == 1 else (),
    )


def _leaves(compiled: Compiled, number: int) -> set[int]:
    """The outcomes below a node; what several ways lead to is looked at once."""
    seen, leaves, waiting = {number}, set[int](), [number]
    while waiting:
        here = waiting.pop()
        branches = compiled.tree.nodes[here].branches
        if branches is None:
            leaves.add(here)
        else:
            waiting += set(branches.values()) - seen
            seen.update(branches.values())
    return leaves


def _held[T: Scoped](
    protocol: Protocol,
    at: int,
    item: T,
    lead: tuple[str, ...],
    known: Mapping[str, str],
) -> Held[T] | None:
    """An item of this phase as it holds here, or None when an answer rules it out."""
    depends_on: dict[str, tuple[str, ...]] = {}
    for question, allowed in item.only_when.items():
        if question not in known:
            depends_on[question] = allowed
        elif known[question] not in allowed:
            return None
    who: list[str] = []
    for role in getattr(item, "who", ()):
        who += (lead if lead else (UNSTATED,)) if role == LEAD else (role,)
    return Held(
        item=item,
        at=at,
        who=tuple(dict.fromkeys(who)),
        depends_on=depends_on,
        condition=condition_words(protocol, depends_on, item.condition),
    )


def condition_words(
    protocol: Protocol, depends_on: Mapping[str, tuple[str, ...]], said: Text | None = None
) -> Text | None:
    """ "als … of …, en …; <the document's words>": when a conditional item holds, or None."""
    if not depends_on:  # most of them; this is asked some thousand times for one explanation
        return said
    parts_nl: list[str] = []
    parts_en: list[str] = []
    for name, allowed in depends_on.items():
        answers = [protocol.question(name).answer(a).condition for a in allowed]
        parts_nl.append(" of ".join(a.nl for a in answers))
        parts_en.append(" or ".join(a.en for a in answers))
    # A comma where an "or" stands before the "and", so that it is clear what belongs together.
    comma = "," if any(len(allowed) > 1 for allowed in depends_on.values()) else ""
    nl = ["als " + f"{comma} en ".join(parts_nl)]
    en = ["if " + f"{comma} and ".join(parts_en)]
    if said is not None:
        nl.append(said.nl)
        en.append(said.en)
    return Text(nl="; ".join(nl), en="; ".join(en))
