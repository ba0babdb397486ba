"""What is said about one answer of a practice round: short and kind, with what a wrong one would
have led to for whoever it happens to: mostly a pupil, in some protocols a member of staff, so the words
fit both. The words are ours; the rule and the steps in them are the school's."""

from __future__ import annotations

import re

from decision_tree.guide import Change
from decision_tree.outcome import Outcome
from decision_tree.practice import Expected
from decision_tree.practice_options import ASK, LEAVE, joined, roles_text
from decision_tree.protocol import UNSTATED, Question, Text
from decision_tree.tree import Compiled

type Said = tuple[Text, tuple[str, ...]]
"""Words, and the clauses of the document behind them (none where the safety layer speaks)."""


def _say_first(compiled: Compiled, engine: Expected, given: str, good: bool) -> Said:
    if engine.leave is not None:
        if good:  # which flag it is, and what to do about it, is asked after this
            return Text(nl="Goed gezien. Hier is iets wat voor elke fase gaat.",
                        en="Well spotted. Something here comes before any phase."), ()  # fmt: skip
        return Text(
            nl="Hier speelt iets wat voorgaat: een rode vlag. Op de ladder was er te laat hulp gekomen.",
            en="Something here comes first: a red flag. On the ladder, help would have come too late.",
        ), ()  # fmt: skip
    if engine.need_first:
        question = compiled.protocol.question(engine.need_first[0])
        if good:
            question = compiled.protocol.question(given.removeprefix(ASK))  # any that is missing
            return _two(
                "Ja, dat weet je nog niet en het maakt verschil. {}",
                "Yes, you do not know that yet and it matters. {}",
                question.find_out,
            ), question.sources
        if given == LEAVE:
            return Text(nl=f"Veiligheid eerst is een goede reflex, maar een rode vlag staat er niet. Wel mist er een feit: {question.ask.nl}",
                        en=f"Safety first is a good reflex, but there is no red flag here. A fact is missing, though: {question.ask.en}"), question.sources  # fmt: skip
        return Text(nl=f"Er mist nog iets: {question.ask.nl} Zonder dat antwoord gok je, en dat merkt wie dit overkomt. {question.find_out.nl}",
                    en=f"Something is still missing: {question.ask.en} Without that answer you would guess, and whoever this happens to would notice. {question.find_out.en}"), question.sources  # fmt: skip
    if good:
        return Text(nl="Klopt: alles wat de uitkomst bepaalt, staat in het bericht.",
                    en="Right: everything that decides the outcome is in the message."), ()  # fmt: skip
    if given == LEAVE:
        return Text(nl="Even stilstaan bij veiligheid is altijd goed. Een rode vlag staat hier niet; het protocol kan gewoon verder, en zo hoeft niemand te wachten.",
                    en="Pausing for safety is always good. There is no red flag here; the protocol can simply go on, so that nobody has to wait."), ()  # fmt: skip
    if given.removeprefix(ASK) in _outcome(engine).trail:
        return Text(nl="Navragen mag altijd, maar dit staat al in het bericht. Je kunt vandaag nog beginnen.",
                    en="You may always check, but this is already in the message. You can start today."), ()  # fmt: skip
    return Text(nl="Navragen mag altijd, maar dit verandert hier niets meer. Je kunt vandaag nog beginnen.",
                en="You may always check, but here it no longer changes anything. You can start today."), ()  # fmt: skip


def _say_flag(compiled: Compiled, engine: Expected, given: str, good: bool) -> Said:
    assert engine.leave is not None  # asked for red flags only
    flag = engine.leave.flag
    start = ("Klopt.", "Right.") if good else ("Veiligheid eerst, dat is juist. De kaart is een andere: " + _low(flag.label.nl) + ".",
                                               "Safety first, that is right. The card is another one: " + _low(flag.label.en) + ".")  # fmt: skip
    return Text(nl=f"{start[0]} {flag.background.nl}", en=f"{start[1]} {flag.background.en}"), ()


def _say_phase(compiled: Compiled, engine: Expected, given: str, good: bool) -> Said:
    outcome = _outcome(engine)
    because, sources = _facts(compiled, outcome)
    if good:
        return Text(nl=f"Klopt. {because.nl}", en=f"Right. {because.en}"), sources
    chosen = next((p for p in compiled.protocol.phases if p.id == given), outcome.phase)
    if chosen.weight < outcome.phase.weight:
        led = (f"Met ‘{chosen.name.nl}’ was er te licht ingegrepen, en had het langer kunnen duren voor wie dit overkomt.",
               f"With ‘{chosen.name.en}’ the response would have been too light, and it could have lasted longer for whoever this happens to.")  # fmt: skip
    elif chosen.weight > outcome.phase.weight:
        led = (f"Met ‘{chosen.name.nl}’ was het meteen groter gemaakt dan nodig, en had wie dit overkomt er minder over te zeggen.",
               f"With ‘{chosen.name.en}’ it would have been made bigger than needed, and whoever this happens to would have had less say in it.")  # fmt: skip
    else:
        led = (f"Met ‘{chosen.name.nl}’ was je een andere weg ingeslagen, en had wie dit overkomt de stappen van hier gemist.",
               f"With ‘{chosen.name.en}’ you would have taken another route, and whoever this happens to would have missed the steps due here.")  # fmt: skip
    return Text(
        nl=f"Nog niet. {because.nl} {led[0]}", en=f"Not yet. {because.en} {led[1]}"
    ), sources


def _say_who(compiled: Compiled, engine: Expected, given: str, good: bool) -> Said:
    outcome, protocol = _outcome(engine), compiled.protocol
    because, sources = _because(compiled, outcome)
    ask = roles_text(protocol, outcome.ask) if outcome.ask else None
    if UNSTATED in outcome.lead:
        right = Text(nl="Het protocol wijst hier niemand aan." + (f" Vraag het aan: {ask.nl}." if ask else ""),
                     en="The protocol names nobody here." + (f" Ask: {ask.en}." if ask else ""))  # fmt: skip
    else:
        lead = roles_text(protocol, outcome.lead)
        right = Text(nl=f"Nu aan zet: {lead.nl}.", en=f"Acts next: {lead.en}.")
        first = outcome.first_step.who
        if UNSTATED not in first and set(first).isdisjoint(
            outcome.lead
        ):  # as when anyone reports it
            does = roles_text(protocol, first)
            right = Text(nl=f"{right.nl} De eerste stap is wel voor: {does.nl}.",
                         en=f"{right.en} The first step, though, is for: {does.en}.")  # fmt: skip
    if good:
        return Text(
            nl=f"Klopt. {right.nl} {because.nl}", en=f"Right. {right.en} {because.en}"
        ), sources
    roles = [r for r in given.split("+") if r in {role.id for role in protocol.roles}]
    if UNSTATED in outcome.lead:
        led = ("Wie er vanzelf van uitgaat dat een ander het oppakt, laat wie dit overkomt misschien wachten; spreek het dus af.",
               "Whoever assumes that someone else will take it up may leave whoever this happens to waiting; so agree on it.")  # fmt: skip
    elif roles:
        who = roles_text(protocol, roles)
        led = (f"Blijft het bij een ander liggen ({who.nl}), dan wacht wie dit overkomt, terwijl wie aan zet is van niets weet.",
               f"Left with someone else ({who.en}), whoever this happens to keeps waiting while those whose turn it is know nothing.")  # fmt: skip
    else:
        led = ("Het protocol zegt het wel; weet je dat niet, dan wacht wie dit overkomt voor niets.",
               "The protocol does say; not knowing that would leave whoever this happens to waiting for no reason.")  # fmt: skip
    return Text(
        nl=f"Nog niet. {right.nl} {because.nl} {led[0]}",
        en=f"Not yet. {right.en} {because.en} {led[1]}",
    ), sources


def _say_step(compiled: Compiled, engine: Expected, given: str, good: bool) -> Said:
    chosen = next((s for s in compiled.protocol.steps if s.id == given), None)
    if engine.leave is not None:
        do, never = engine.leave.flag.do[0], engine.leave.flag.never[0]
        if good:
            return Text(
                nl=f"Klopt. En onthoud: {_low(never.nl)}",
                en=f"Right. And remember: {_low(never.en)}",
            ), ()
        return Text(nl=f"Dat is een stap van de ladder en die wacht nu. Eerst: {do.nl} Anders blijft er gevaar voor wie dit overkomt, terwijl er gepraat wordt.",
                    en=f"That is a step of the ladder, and the ladder waits. First: {do.en} Otherwise whoever this happens to stays at risk while people talk."), ()  # fmt: skip
    outcome = _outcome(engine)
    first = outcome.first_step
    who = None if UNSTATED in first.who else roles_text(compiled.protocol, first.who)
    said = Text(nl=first.item.do.nl + (f" Dat doet: {who.nl}." if who else ""),
                en=first.item.do.en + (f" Done by: {who.en}." if who else ""))  # fmt: skip
    sources = first.item.sources
    if good:
        return Text(
            nl=f"Klopt, zo begint het. {said.nl}", en=f"Right, that is how it starts. {said.en}"
        ), sources
    here = next((h for h in outcome.steps if h.item.id == given), None)
    if here is not None and here.item.moment != "now":
        # Said of any step, from asking advice to a sanction: only that something else comes first.
        when = ("komt", "comes") if here.item.must else ("mag", "may come")
        led = (f"Die stap {when[0]} later. Begin je daar, dan wacht wie dit overkomt op wat nu nodig is.",
               f"That step {when[1]} later. Starting there leaves whoever this happens to waiting for what is needed now.")  # fmt: skip
    elif here is not None:
        led = (
            "Die stap mag ook nu, maar begint ergens anders.",
            "That step may be taken now too, but it starts elsewhere.",
        )
    else:
        phase = next(
            (p for p in compiled.protocol.phases if chosen and p.id in chosen.phases), None
        )
        name = phase.name if phase and phase.id != outcome.phase.id else None
        led = ((f"Die stap hoort bij ‘{name.nl}’; hier is die niet aan de orde, en was wie dit overkomt er niet mee geholpen.",
                f"That step belongs to ‘{name.en}’; here it is not due, and would not have helped whoever this happens to.")
               if name else ("Die stap hoort bij een ander geval; hier is die niet aan de orde, en was wie dit overkomt er niet mee geholpen.",
                             "That step belongs to another case; here it is not due, and would not have helped whoever this happens to."))  # fmt: skip
    return Text(
        nl=f"Nog niet. Eerst: {said.nl} {led[0]}", en=f"Not yet. First: {said.en} {led[1]}"
    ), sources


FEEDBACK = {
    "first": _say_first,
    "flag": _say_flag,
    "phase": _say_phase,
    "who": _say_who,
    "step": _say_step,
}


def change_words(compiled: Compiled, engine: Expected, change: Change | None) -> Text | None:
    protocol = compiled.protocol
    if engine.leave is not None:
        if engine.behind is None:
            return None
        phase, lead = engine.behind.phase.name, roles_text(protocol, engine.behind.lead)
        return Text(nl=f"Zonder deze rode vlag was het ‘{phase.nl}’ geweest; aan zet: {_low(lead.nl)}.",
                    en=f"Without this red flag it would have been ‘{phase.en}’; acting next: {_low(lead.en)}.")  # fmt: skip
    if change is None:
        return None
    condition = change.question.answer(change.answer).condition
    there = change.decision
    if isinstance(there, Outcome):
        lead = roles_text(protocol, there.lead)
        here = engine.outcome
        if here is not None and there.phase.id == here.phase.id:
            nl = (
                "veranderen alleen de stappen"
                if there.lead == here.lead
                else f"is aan zet: {_low(lead.nl)}"
            )
            en = (
                "only the steps change"
                if there.lead == here.lead
                else f"the one to act is: {_low(lead.en)}"
            )
            return Text(nl=f"Als {condition.nl}, blijft het ‘{there.phase.name.nl}’ en {nl}.",
                        en=f"If {condition.en}, it stays ‘{there.phase.name.en}’ and {en}.")  # fmt: skip
        return Text(nl=f"Als {condition.nl}, wordt het ‘{there.phase.name.nl}’; aan zet: {_low(lead.nl)}.",
                    en=f"If {condition.en}, it becomes ‘{there.phase.name.en}’; acting next: {_low(lead.en)}.")  # fmt: skip
    return Text(nl=f"Als {condition.nl}, komt er een vraag bij: {there.question.ask.nl}",
                en=f"If {condition.en}, there is one more question: {there.question.ask.en}")  # fmt: skip


def _outcome(engine: Expected) -> Outcome:
    assert engine.outcome is not None  # asked where there is no red flag
    return engine.outcome


def _because(compiled: Compiled, outcome: Outcome) -> Said:
    """The rule in a sentence. Several rules may fit when what parts them was not asked."""
    because = outcome.rules[0].because
    assumed = _assumed(compiled, outcome)
    if assumed:
        because = Text(nl=f"{assumed.nl} Dan geldt: {because.nl}",
                       en=f"{assumed.en} Then this holds: {because.en}")  # fmt: skip
    return because, _sources(outcome)


def _facts(compiled: Compiled, outcome: Outcome) -> Said:
    """The answers that the rule looks at. Its own sentence may name who leads, which is asked next."""
    unknown = {assumed.question.id for assumed in outcome.assumed}
    known = [
        question.answer(outcome.answers[question.id]).condition
        for question in _decisive(compiled, outcome)
        if question.id not in unknown
    ]
    where = outcome.phase.name
    assumed = _assumed(compiled, outcome)
    facts = _listed(known) if known else None
    if assumed:
        why_nl = f", omdat {facts.nl}" if facts else ""
        why_en = f", since {facts.en}" if facts else ""
        words = Text(nl=f"{assumed.nl} Dan geldt ‘{where.nl}’{why_nl}.",
                     en=f"{assumed.en} Then ‘{where.en}’ applies{why_en}.")  # fmt: skip
        return words, _sources(outcome)
    if facts is None:
        return _because(compiled, outcome)
    return Text(nl=f"‘{where.nl}’ geldt als {facts.nl}.",
                en=f"‘{where.en}’ applies if {facts.en}."), _sources(outcome)  # fmt: skip


def _assumed(compiled: Compiled, outcome: Outcome) -> Text | None:
    """What the rule looks at and nobody knows yet: never told as a fact."""
    decisive = _decisive(compiled, outcome)
    taken = [
        a.question.answer(a.answer).condition for a in outcome.assumed if a.question in decisive
    ]
    if not taken:
        return None
    facts = _listed(taken)
    return Text(nl=f"Of {facts.nl}, weet je nog niet; zolang gaan we daarvan uit.",
                en=f"Whether {facts.en} is not known yet; until it is, we assume so.")  # fmt: skip


def _decisive(compiled: Compiled, outcome: Outcome) -> list[Question]:
    """The questions that were asked and that the rule looks at."""
    return [
        question
        for question in compiled.protocol.questions
        if question.id in outcome.trail and any(question.id in rule.when for rule in outcome.rules)
    ]


def _sources(outcome: Outcome) -> tuple[str, ...]:
    return tuple(dict.fromkeys(s for rule in outcome.rules for s in rule.sources))


def _listed(facts: list[Text]) -> Text:
    return Text(nl=joined([fact.nl for fact in facts], " en "),
                en=joined([fact.en for fact in facts], " and "))  # fmt: skip


def as_at(kind: str, words: Text) -> Text:
    """A primary school has children, not pupils."""
    if kind != "primary":
        return words
    return Text(
        nl=words.nl.replace("de leerling ", "het kind ").replace("de leerling.", "het kind."),
        en=words.en.replace("the pupil", "the child"),
    )


_OPENING = re.compile(r"""(?<![^\s(\[‘“])(?:"|'(?=\w)(?![stnm]\b))""")
"""A quotation mark before a word; not the apostrophe of *'s avonds*."""


def curly(words: Text) -> Text:
    """With the quotation marks that our own words have: those of the files may be straight."""

    def drawn(said: str) -> str:
        return re.sub(r"['\"]", "’", _OPENING.sub("‘", said))

    return Text(nl=drawn(words.nl), en=drawn(words.en))


def _two(nl: str, en: str, words: Text) -> Text:
    return Text(nl=nl.format(words.nl), en=en.format(words.en))


def _low(words: str) -> str:
    """For use inside a sentence: the first letter small, and no full stop at the end twice."""
    return words[:1].lower() + words[1:]
