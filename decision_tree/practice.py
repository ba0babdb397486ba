"""Practice mode: what a case is, and what the engine expects of whoever reads it.

A case is a short letter with facts. The facts are answers to the school's own questions, so the
right reaction is never typed in twice: :func:`expected` asks the engine. The field names are the
keys of the files in ``cases/``; what each key means to a writer is told in ``cases/README.md``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from decision_tree.errors import BadAnswer
from decision_tree.guide import NO_FLAG, RED_FLAG, decide
from decision_tree.outcome import Ask, Leave, Outcome
from decision_tree.protocol import UNKNOWN, Noun, Text
from decision_tree.safety import Safety
from decision_tree.tree import Compiled

Voice = Literal["mentor", "teacher", "parent", "pupil"]
Form = Literal["physical", "property", "verbal", "relational", "online", "signals"]
Count = Literal["once", "twice", "more", "long", "unknown"]
Where = Literal["same", "different", "mixed", "outside", "unknown"]
Told = Literal["seen", "pupil", "parent", "bystander", "colleague"]
NearMiss = Literal[
    "mutual-teasing", "quarrel", "single-rejection", "one-severe", "hits-back",
]  # fmt: skip
Part = Literal["bullied", "bullying", "beside", "both"]
Status = Literal["outcome", "ask", "leave"]

FORMS: tuple[Form, ...] = ("physical", "property", "verbal", "relational", "online", "signals")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark(Text):
    """A fragment of the text that matters, word for word.

    ``fact``: the question that it answers or shows to be open, or ``red_flag``.
    """

    fact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Noun):
    """A name in the case and the part it plays; ``both``: in a quarrel or in teasing."""

    name: str
    part: Part


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation(Noun):
    """What the author expects. A test fails where the engine says otherwise.

    ``leave``: only ``flag``. ``outcome``: phase, lead and first step. ``ask``: the same three,
    as they hold until the missing facts are known.
    """

    status: Status
    phase: str | None = None
    lead: tuple[str, ...] = ()
    first_step: str | None = None
    flag: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets(Noun):
    """What a case is about, in words that all schools share; practice is balanced over them."""

    form: Form
    count: Count
    classes: Where
    told: Told
    near_miss: NearMiss | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case(Noun):
    """One vignette. ``facts``: question id -> answer id, or ``unknown``; ``red_flag`` likewise.

    ``need_first``: the questions that must be asked first, since their answer is missing and can
    still change what follows. ``note``: for whoever leads a meeting.
    """

    id: str
    voice: Voice
    text: Text
    facts: Mapping[str, str]
    marks: tuple[Mark, ...]
    expect: Expectation
    facets: Facets
    note: Text
    people: tuple[Person, ...] = ()
    need_first: tuple[str, ...] = ()

    @property
    def flag(self) -> str | None:
        """The red flag in this case, or None."""
        flag = self.facts.get(RED_FLAG, NO_FLAG)
        return None if flag == NO_FLAG else flag


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What the engine makes of a case.

    ``outcome`` is None only for ``leave``; for ``ask`` it is what holds until the missing facts
    are known. ``behind``: for ``leave``, what the protocol would say without the red flag.
    """

    status: Status
    need_first: tuple[str, ...] = ()
    outcome: Outcome | None = None
    leave: Leave | None = None
    behind: Outcome | None = None


def expected(compiled: Compiled, safety: Safety, case: Case) -> Expected:
    """Put the facts of a case to the engine.

    Raises ``BadAnswer`` when a fact is not known to the protocol, or when the engine asks for a
    fact that the case neither gives nor calls unknown.
    """
    decision = decide(compiled, case.facts, safety)
    ladder = {q: a for q, a in case.facts.items() if q != RED_FLAG}
    if isinstance(decision, Leave):
        behind = decide(compiled, ladder)
        return Expected(status="leave", leave=decision,
                        behind=behind if isinstance(behind, Outcome) else None)  # fmt: skip
    answers = {q: a for q, a in ladder.items() if a != UNKNOWN}
    missing: list[str] = []
    here = decide(compiled, answers)
    while isinstance(here, Ask):
        name = here.question.id
        if ladder.get(name) != UNKNOWN:
            raise BadAnswer(f"the case `{case.id}` without `{name}`",
                            (*(a.id for a in here.question.answers), UNKNOWN))  # fmt: skip
        missing.append(name)
        answers[name] = UNKNOWN
        here = decide(compiled, answers)
    assert isinstance(here, Outcome)  # without a red flag the ladder is never left
    return Expected(status="ask" if missing else "outcome", need_first=tuple(missing), outcome=here)


def as_expected(compiled: Compiled, safety: Safety, case: Case) -> Expectation:
    """The engine's reading in the words of an author's expectation, to compare the two."""
    found = expected(compiled, safety, case)
    if found.outcome is None:
        return Expectation(status="leave", flag=found.leave.flag.id if found.leave else None)
    return Expectation(status=found.status, phase=found.outcome.phase.id, lead=found.outcome.lead,
                       first_step=found.outcome.first_step.item.id)  # fmt: skip
