"""The nouns: what one school's protocol is made of.

Every class is a frozen dataclass from the standard library, because the same
objects are read from YAML on a desk and rebuilt from JSON in the browser.
The field names are the keys of the data files in ``protocols/``; what each key
means to a writer is told in ``protocols/README.md``.

Annotations are real types here, in ``safety`` and in ``tree``, and not text (no ``from __future__
import annotations``): the codec needs them, and in the browser each text would be compiled first.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Literal

UNSTATED = "unstated"
"""The document does not say: a value of an actor and of a lead."""

LEAD = "lead"
"""An actor that stands for whoever leads in this outcome."""

UNKNOWN = "unknown"
"""The answer *I don't know*, possible with every question."""

ALL = "all"
"""In ``phases`` of an item: it holds in every phase."""

CORE_QUESTIONS = ("happened", "how_often", "classes")
"""What happened, how often, which classes: asked also where they change only a step."""

Language = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = ("nl", "en")

Conditions = Mapping[str, tuple[str, ...]]
"""Question id -> the answers that satisfy it. A question left out does not matter."""

ClauseKind = Literal[
    "contact-parents",
    "definition",
    "duty",
    "escalation",
    "follow-up",
    "form",
    "gap",
    "intervention",
    "link",
    "prevention",
    "register",
    "role",
    "rule",
    "sanction",
    "signal",
    "tip",
    "vision",
]

StepKind = Literal[
    "protect",
    "evidence",
    "report",
    "investigate",
    "talk",
    "agree",
    "parents",
    "inform",
    "support",
    "class",
    "sanction",
    "register",
    "check",
    "refer",
]

WAITS: tuple[StepKind, ...] = ("parents", "sanction")
"""What cannot be taken back when an assumption turns out wrong: it waits until the answer is known."""

Topic = Literal[
    "about",
    "vision",
    "definition",
    "teasing",
    "forms",
    "group-roles",
    "causes",
    "signals",
    "consequences",
    "prevention",
    "online",
    "online-steps",
    "online-safe-use",
    "images",
    "stalking",
    "discrimination",
    "grooming",
    "group-apps",
    "pupil-tips",
    "parent-tips",
    "talk-bullied",
    "talk-bullying",
    "contract",
    "escalation",
    "sanctions",
    "registration",
    "contact-parents",
    "aftercare",
    "information",
    "links",
]

Moment = Literal["now", "this-week", "later"]
Event = Literal["goes-on", "again", "stops"]
Side = Literal["school", "family", "pupil", "outside"]
StandsFor = Literal["mentor", "staff"]


class Noun:
    """Base of all: the reader (pydantic) refuses keys that a class does not have."""

    __slots__ = ()
    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Noun):
    """The same words in Dutch and in English; neither is ever empty."""

    nl: str
    en: str

    def in_language(self, language: Language) -> str:
        return self.nl if language == "nl" else self.en


@dataclass(frozen=True, slots=True, kw_only=True)
class Line(Text):
    """A statement. Without ``sources`` it is ours, not the school's, and is shown as ours."""

    sources: tuple[str, ...] = ()
    reading: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class School(Noun):
    """``id`` is the file name without ending and part of every page address."""

    id: str
    name: str
    place: str
    kind: Literal["primary", "secondary"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Noun):
    """The document that the school published and that this file renders.

    ``languages`` are the languages of the document itself; everything else in the file
    in another language is our own unofficial translation.
    """

    title: str
    languages: tuple[Language, ...]
    date: Text
    status: Line
    about: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause(Noun):
    """One numbered fact of the document; kind ``gap``: announced, missing, contradictory or silent."""

    id: str
    kind: ClauseKind
    where: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Role(Noun):
    """Someone who acts or is told. ``coordinator``: the anti-bullying coordinator of this school.

    ``stands_for``: ``mentor``, whoever has the pupil's class, to whom the guide's view for the
    mentor speaks (at most one role); ``staff``, whoever works here, so the mentor as well.
    """

    id: str
    name: Text
    side: Side
    does: tuple[Line, ...]
    coordinator: bool = False
    stands_for: StandsFor | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(Noun):
    """``condition`` completes "if ..." and is used in explanations and beside conditional steps."""

    id: str
    label: Text
    condition: Text
    help: Text | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(Noun):
    """``careful``: the answer assumed for *I don't know*; ``find_out``: what to find out first."""

    id: str
    ask: Text
    answers: tuple[Answer, ...]
    careful: str
    find_out: Text
    help: Text | None = None
    sources: tuple[str, ...] = ()

    def answer(self, answer_id: str) -> Answer:
        """The answer with this id; ``KeyError`` if there is none."""
        for answer in self.answers:
            if answer.id == answer_id:
                return answer
        raise KeyError(answer_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Noun):
    """A row of the decision table: if all of ``when`` holds, this phase and this lead.

    ``ask``: whom to ask when the document names no lead. ``because``: the rule in one sentence.
    """

    id: str
    when: Conditions
    phase: str
    lead: tuple[str, ...]
    because: Text
    sources: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()
    reading: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase(Noun):
    """An outcome of the table: a phase of the document, or a situation it treats apart.

    ``named``: the document itself calls it a phase or step; ``label``: what stands in the badge
    ("0A", "2"), none where the document counts no phases. ``weight``: how far up, 0 the least;
    it proves that *I don't know* never leads lower.
    """

    id: str
    name: Text
    about: Line
    weight: int
    named: bool
    label: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scoped(Noun):
    """Where an item holds: in these phases, and only for these answers (empty: for all)."""

    phases: tuple[str, ...]
    only_when: Conditions = field(default_factory=dict)
    condition: Text | None = None
    sources: tuple[str, ...] = ()
    reading: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Scoped):
    """Who does what. ``must`` false: the document leaves it free ("may", "can").

    ``condition``: words of the document that limit the step ("if it fits"). ``term``: by when,
    in the document's own measure. ``moment`` only orders the list and is ours. ``to``: whom a
    report goes to; who receives it is not asked to send it. ``first``: whoever leads, this is what
    comes first, for instance telling the one who will lead. ``also``: what else it is, for whoever
    looks for all that a protocol says of parents, sanctions or talks.
    """

    id: str
    who: tuple[str, ...]
    do: Text
    must: bool
    kind: StepKind
    moment: Moment
    how: Text | None = None
    term: Text | None = None
    register: Text | None = None
    to: tuple[str, ...] = ()
    first: bool = False
    also: tuple[StepKind, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Delay(Noun):
    """A time after the day of the case."""

    days: int = 0
    weeks: int = 0
    months: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp(Scoped):
    """A moment to look again: ``after`` a delay, or ``during`` a period that ends then.

    Neither: the document asks for a follow-up and names no time. ``also``: as of a step.
    """

    id: str
    who: tuple[str, ...]
    do: Text
    after: Delay | None = None
    during: Delay | None = None
    also: tuple[StepKind, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ParentLine(Scoped):
    """What a parent reads. ``contact``: who calls you; ``home``: what you can do;
    ``turn-to``: whom you turn to next. ``first``: what stands above all the rest."""

    nl: str
    en: str
    about: Literal["expect", "contact", "home", "turn-to"]
    moment: Moment
    first: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Next(Scoped):
    """What comes after. ``answers``: what changes in the case; the table gives the new outcome.

    No ``answers``: the document names no next phase, and the words say what it does give.
    """

    event: Event
    nl: str
    en: str
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPoint(Scoped):
    """Something the document leaves open; ``sources`` are its gap clauses; ``ask``: whom to ask."""

    id: str
    nl: str
    en: str
    ask: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading(Noun):
    """A place where the text allows more than one reading, and the one this file follows."""

    id: str
    question: Text
    options: tuple[Text, ...]
    preferred: Text
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Background(Noun):
    """What the document says besides who does what, under one topic."""

    id: str
    topic: Topic
    title: Text
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside(Noun):
    """What this school's own document says about a red flag, shown beside our safety layer."""

    flag: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Protocol(Noun):
    """One school's protocol, whole. The order of ``questions`` is the order of asking.

    ``refinements`` are questions that change single steps only; they are never asked first,
    the step shows its condition and the user may answer.
    """

    school: School
    document: Document
    roles: tuple[Role, ...]
    questions: tuple[Question, ...]
    refinements: tuple[Question, ...]
    phases: tuple[Phase, ...]
    rules: tuple[Rule, ...]
    steps: tuple[Step, ...]
    follow_up: tuple[FollowUp, ...]
    parents: tuple[ParentLine, ...]
    next: tuple[Next, ...]
    open: tuple[OpenPoint, ...]
    readings: tuple[Reading, ...]
    red_flags: tuple[Beside, ...]
    background: tuple[Background, ...]
    clauses: tuple[Clause, ...]

    def role(self, role_id: str) -> Role:
        """The role with this id; ``KeyError`` if there is none."""
        return _by_id(self.roles, role_id)

    def phase(self, phase_id: str) -> Phase:
        """The phase with this id; ``KeyError`` if there is none."""
        return _by_id(self.phases, phase_id)

    def question(self, question_id: str) -> Question:
        """The question or refinement with this id; ``KeyError`` if there is none."""
        return _by_id(self.questions + self.refinements, question_id)

    def rule(self, rule_id: str) -> Rule:
        """The rule with this id; ``KeyError`` if there is none."""
        return _by_id(self.rules, rule_id)


def _by_id[T: (Role, Phase, Question, Rule)](things: tuple[T, ...], wanted: str) -> T:
    for thing in things:
        if thing.id == wanted:
            return thing
    raise KeyError(wanted)
