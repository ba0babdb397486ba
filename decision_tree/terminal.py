"""Questions, outcomes and table rows as lines of text in a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from decision_tree import guide
from decision_tree.outcome import Held, Leave, Outcome
from decision_tree.protocol import (
    UNKNOWN,
    UNSTATED,
    Language,
    Protocol,
    Question,
    StepKind,
    Text,
)
from decision_tree.tree import Compiled

_WORDS: dict[str, Text] = {
    "lead": Text(nl="Nu aan zet", en="Acts next"),
    "unstated": Text(nl="het protocol zegt niet wie", en="the protocol does not say who"),
    "ask": Text(nl="Vraag het aan", en="Ask"),
    "steps": Text(nl="Wie doet wat", en="Who does what"),
    "may": Text(nl="mag", en="may"),
    "follow_up": Text(nl="Daarna kijken", en="Look again"),
    "parents": Text(nl="Voor ouders", en="For parents"),
    "next": Text(nl="En dan?", en="What next?"),
    "goes-on": Text(nl="Gaat het door", en="If it goes on"),
    "again": Text(nl="Gebeurt het weer", en="If it happens again"),
    "stops": Text(nl="Stopt het", en="If it stops"),
    "open": Text(nl="Wat het protocol niet zegt", en="What the protocol does not say"),
    "why": Text(nl="Waarom", en="Why"),
    "changes": Text(nl="Wat zou het anders maken", en="What would change it"),
    "assumed": Text(nl="Aangenomen, want je weet het niet", en="Assumed, as you don't know"),
    "card": Text(nl="Deze kaart gaat voor alles hieronder", en="This card comes before all below"),
    "caution": Text(nl="Let op", en="Take care"),
    "do": Text(nl="Doe dit nu", en="Do this now"),
    "for_parents": Text(nl="Gaat het om jouw kind?", en="Is it about your child?"),
    "for_pupil": Text(nl="Gaat het om jezelf?", en="Is it about you?"),
    "never": Text(nl="Doe dit nooit", en="Never do this"),
    "call": Text(nl="Bel", en="Call"),
    "tell": Text(nl="Dit moet iemand op school weten", en="Who in school must know"),
    "ours": Text(nl="algemeen, niet uit het protocol", en="general, not from the protocol"),
    "flag": Text(nl="Is er iets van dit aan de hand?", en="Is any of this going on?"),
    "no_flag": Text(nl="Nee, niets daarvan", en="No, none of it"),
    "unknown": Text(nl="Dat weet ik niet", en="I don't know"),
    "choose": Text(nl="Kies een nummer", en="Choose a number"),
}


def word(key: str, lang: Language) -> str:
    return _WORDS[key].in_language(lang)


def table_row(protocol: Protocol, number: int, lang: Language) -> list[str]:
    rule = protocol.rules[number]
    cells = []
    for question in protocol.questions:
        allowed = rule.when.get(question.id)
        cells.append(
            "-"
            if allowed is None
            else " / ".join(question.answer(a).label.in_language(lang) for a in allowed)
        )
    lead = ", ".join(role(protocol, r, lang) for r in rule.lead)
    phase = protocol.phase(rule.phase).name.in_language(lang)
    return [str(number + 1), *cells, phase, lead, " ".join(rule.sources)]


def print_question(question: Question, lang: Language, indent: str = "") -> None:
    click.echo(f"{indent}{question.id}: {question.ask.in_language(lang)}")
    for answer in question.answers:
        click.echo(f"{indent}  {answer.id:24} {answer.label.in_language(lang)}")
    click.echo(f"{indent}  {UNKNOWN:24} {word('unknown', lang)}")


def role(protocol: Protocol, role: str, lang: Language) -> str:
    if role == UNSTATED:
        return word("unstated", lang)
    return protocol.role(role).name.in_language(lang)


def print_decision(
    compiled: Compiled,
    decision: Outcome | Leave,
    cautions: Mapping[StepKind, Text],
    lang: Language,
) -> None:
    """``cautions``: what stands beside steps of a kind, see ``Safety.cautions``."""
    if isinstance(decision, Leave):
        _print_leave(decision, lang)
    else:
        _print_outcome(compiled, decision, cautions, lang)


def _print_leave(decision: Leave, lang: Language) -> None:
    flag = decision.flag
    click.echo(f"! {flag.label.in_language(lang)}  ({word('ours', lang)})")
    for key, lines in (
        ("do", flag.do),
        ("for_parents", flag.for_parents),
        ("for_pupil", (flag.for_pupil,)),
        ("never", flag.never),
        ("tell", flag.tell),
    ):
        click.echo(f"\n{word(key, lang)}")
        for line in lines:
            click.echo(f"  - {line.in_language(lang)}")
    click.echo(f"\n{word('call', lang)}: {', '.join(flag.call)}")
    for line in decision.beside:
        click.echo(f"  {line.in_language(lang)} [{' '.join(line.sources)}]")
    click.echo(f"\n{flag.go_on.in_language(lang)}")


def _print_outcome(
    compiled: Compiled, outcome: Outcome, cautions: Mapping[StepKind, Text], lang: Language
) -> None:
    protocol = compiled.protocol

    def roles(ids: tuple[str, ...]) -> str:
        return ", ".join(role(protocol, r, lang) for r in ids)

    click.echo(f"{outcome.phase.name.in_language(lang)}: {outcome.phase.about.in_language(lang)}")
    click.echo(f"{word('lead', lang)}: {roles(outcome.lead)}")
    if outcome.ask:
        click.echo(f"{word('ask', lang)}: {roles(outcome.ask)}")
    for assumed in outcome.assumed:
        label = assumed.question.answer(assumed.answer).label.in_language(lang)
        click.echo(
            f"{word('assumed', lang)}: {label}. {assumed.question.find_out.in_language(lang)}"
        )
    click.echo(f"\n{word('steps', lang)}")
    for step in outcome.steps:
        may = "" if step.item.must else f" ({word('may', lang)})"
        term = f" · {step.item.term.in_language(lang)}" if step.item.term else ""
        click.echo(
            f"  - {roles(step.who)}{may}: {step.item.do.in_language(lang)}{term}{_tail(step, lang)}"
        )
        if caution := cautions.get(step.item.kind):
            click.echo(f"    {word('caution', lang)}: {caution.in_language(lang)}")
    if outcome.follow_up:
        click.echo(f"\n{word('follow_up', lang)}")
        for moment in outcome.follow_up:
            click.echo(
                f"  - {roles(moment.who)}: {moment.item.do.in_language(lang)}{_tail(moment, lang)}"
            )
    click.echo(f"\n{word('parents', lang)}")
    for line in outcome.parents:
        click.echo(
            f"  - {Text(nl=line.item.nl, en=line.item.en).in_language(lang)}{_tail(line, lang)}"
        )
    click.echo(f"\n{word('next', lang)}")
    for ahead in outcome.next:
        item = ahead.line.item
        to = f" → {ahead.phase.name.in_language(lang)}, {roles(ahead.lead)}" if ahead.phase else ""
        click.echo(
            f"  - {word(item.event, lang)}: {Text(nl=item.nl, en=item.en).in_language(lang)}{to}"
        )
    if outcome.open:
        click.echo(f"\n{word('open', lang)}")
        for point in outcome.open:
            click.echo(f"  - {Text(nl=point.item.nl, en=point.item.en).in_language(lang)}")
    click.echo(f"\n{word('why', lang)}")
    for rule in guide.explain(compiled, outcome).rules:
        click.echo(f"  - {rule.because.in_language(lang)} [{' '.join(rule.sources)}]")
    click.echo(f"\n{word('changes', lang)}")
    for change in guide.changes(compiled, outcome):
        label = change.question.answer(change.answer).label.in_language(lang)
        other = change.decision
        to = (
            f"{other.phase.name.in_language(lang)}, {roles(other.lead)}"
            if isinstance(other, Outcome)
            else other.question.ask.in_language(lang)
        )
        click.echo(f"  - {label} → {to}")


def _tail(held: Held[Any], lang: Language) -> str:
    condition = f" ({held.condition.in_language(lang)})" if held.condition else ""
    sources = " ".join(held.item.sources) or word("ours", lang)
    return f"{condition} [{sources}]"
