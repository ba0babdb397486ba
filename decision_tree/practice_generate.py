"""Composes a short new case for any cell of the decision table, the same one for the same id.

The id says all: ``g12.online.first.same`` is seed 12 and one answer per question in order (``_``:
not asked, ``unknown``: not known); ``!images`` at the end adds that red flag. So a composed case
can be shared by link, and nothing about it is kept anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from decision_tree.errors import BadAnswer
from decision_tree.guide import NO_FLAG, RED_FLAG, decide, paths
from decision_tree.outcome import Ask, Outcome
from decision_tree.practice import (
    Case,
    Expectation,
    Facets,
    Mark,
    Person,
    Voice,
    as_expected,
)  # fmt: skip
from decision_tree.practice_chance import number, pick, shuffled
from decision_tree.practice_parts import AnswerParts, CaseFile, Parts, TextPart, facets_from
from decision_tree.protocol import UNKNOWN, Text
from decision_tree.safety import Safety
from decision_tree.tree import Compiled

FEWEST, MOST = 25, 90
"""Words of a composed case, in each language."""

_ID = re.compile(r"g(\d{1,9})((?:\.[a-z0-9_-]+)+)(?:!([a-z-]+))?")
_NOT_ASKED = "_"
_VOICES: tuple[Voice, ...] = ("mentor", "teacher", "parent", "pupil")


@dataclass(frozen=True, kw_only=True)
class Composer:
    """All that composing needs: a school, the safety layer, and the text parts."""

    compiled: Compiled
    safety: Safety
    parts: Parts
    file: CaseFile
    _made: dict[str, Case] = field(default_factory=dict)

    def cells(self) -> list[dict[str, str]]:
        """Every way through the tree as facts, with the red flag that an answer itself is."""
        return [self._with_flag(way) for way in paths(self.compiled)]

    def _with_flag(self, way: Mapping[str, str]) -> dict[str, str]:
        flags = [flag for q, a in way.items() if (flag := self._answer(q, a).red_flag)]
        return {**way, RED_FLAG: flags[0]} if flags else dict(way)

    def _answer(self, question: str, answer: str) -> AnswerParts:
        told = self.file.parts.get(question, {}).get(answer)
        if told is None:
            raise BadAnswer(
                f"a text for {question}={answer}", tuple(self.file.parts.get(question, ()))
            )
        return told

    def name(self, facts: Mapping[str, str], seed: int) -> str:
        """The id of the case with these facts and this seed."""
        answers = [facts.get(q.id, _NOT_ASKED) for q in self.compiled.protocol.questions]
        flag = facts.get(RED_FLAG, NO_FLAG)
        return f"g{seed}." + ".".join(answers) + ("" if flag == NO_FLAG else f"!{flag}")

    def facts(self, case_id: str) -> tuple[int, dict[str, str]]:
        """Seed and facts of an id; ``BadAnswer`` when it is no id of this school's protocol."""
        questions = self.compiled.protocol.questions
        match = _ID.fullmatch(case_id)
        answers = match[2][1:].split(".") if match else []
        if match is None or len(answers) != len(questions):
            raise BadAnswer(f"the case {case_id!r}", ("an id from a round or a link",))
        facts = {q.id: a for q, a in zip(questions, answers, strict=True) if a != _NOT_ASKED}
        decision = decide(self.compiled, facts)
        if not isinstance(decision, Outcome) or set(decision.trail) != set(facts):
            raise BadAnswer(f"the case {case_id!r}", ("answers to what is asked, and no others",))
        facts = self._with_flag(facts)
        if match[3]:
            facts[RED_FLAG] = match[3]
        return int(match[1]), facts

    def compose(self, case_id: str) -> Case:
        """The case with this id, as it always was. Raises ``BadAnswer``."""
        if case_id not in self._made:
            self._made[case_id] = self._compose(case_id)
        return self._made[case_id]

    def _compose(self, case_id: str) -> Case:
        seed, facts = self.facts(case_id)
        told = self._tell(seed, facts)
        names = [n.name for n in shuffled(self.parts.names, seed, "names")[:4]]
        k1, k2 = shuffled(self.parts.classes[self.compiled.protocol.school.kind], seed, "classes")[
            :2
        ]
        slots = dict(zip("abct", names, strict=True))
        dutch, english = {**slots, "k1": k1.nl, "k2": k2.nl}, {**slots, "k1": k1.en, "k2": k2.en}
        spoken = [(question, Text(nl=_start(part.nl.format_map(dutch)), en=_start(part.en.format_map(english))))
                  for question, part in told.parts]  # fmt: skip
        spoken = _fit(spoken, [Text(nl=f.nl, en=f.en) for f in shuffled(self.parts.fillers, seed, "filler")
                               if not f.voices or told.voice in f.voices])  # fmt: skip
        text = Text(nl=" ".join(t.nl for _, t in spoken), en=" ".join(t.en for _, t in spoken))
        both = told.facets.near_miss in {"mutual-teasing", "quarrel"}
        case = Case(
            id=case_id, voice=told.voice, text=text, facts=facts, facets=told.facets,
            marks=tuple(Mark(nl=t.nl, en=t.en, fact=q) for q, t in spoken if q),
            need_first=tuple(q for q, a in facts.items() if a == UNKNOWN),
            people=() if told.nobody else tuple(
                Person(name=name, part="both" if both else "bullied" if slot == "a" else "bullying")
                for slot, name in slots.items()
                if slot != "t" and re.search(rf"\b{re.escape(name)}\b", text.nl)
            ),
            expect=Expectation(status="ask"), note=_NOTE,
        )  # fmt: skip
        return replace(case, expect=as_expected(self.compiled, self.safety, case))

    def _tell(self, seed: int, facts: Mapping[str, str]) -> _Told:
        """A part per fact, all for the same number of people and for one voice."""
        asked = {q: a for q, a in facts.items() if q != RED_FLAG}
        for people in ((2, 3), (3, 2))[number(seed, "people") % 2]:
            told: list[tuple[str, TextPart]] = []
            facets: dict[str, str] = {}
            for question, answer in asked.items():
                found = self._part(seed, question, answer, people, facets.get("form"))
                if found is not None:
                    told.append((question, found[0]))
                    facets |= found[1]
            if len(told) == len(asked):
                break
        else:
            raise BadAnswer(f"parts that go together for {dict(facts)}", ("add parts",))
        parts = told + self._flag(seed, facts, people)
        voices = [
            v
            for v in self._voices()
            if all(not part.voices or v in part.voices for _, part in parts)
        ]
        if not voices:
            raise BadAnswer(f"one voice for {dict(facts)}", _VOICES)
        voice = pick(voices, seed, "voice")
        calm = any(part.calm for _, part in parts)
        opening, closing = (
            pick(
                [
                    part
                    for part in self._fitting(around, people, voice)
                    if part.calm in (None, calm)
                    and (not part.forms or facets.get("form") in part.forms)
                ],
                seed,
                name,
            )
            for around, name in ((self.parts.openings, "opening"), (self.parts.closings, "closing"))
        )
        return _Told(
            parts=[("", opening), *parts, ("", closing)],
            voice=voice,
            facets=facets_from({"told": opening.told or "colleague", **facets}),
            nobody=facets.get("people") == "none",
        )

    def _voices(self) -> tuple[Voice, ...]:
        """At a primary school nobody is a mentor."""
        return _VOICES[1:] if self.compiled.protocol.school.kind == "primary" else _VOICES

    def _flag(self, seed: int, facts: Mapping[str, str], people: int) -> list[tuple[str, TextPart]]:
        """The sentence that raises the red flag, unless an answer has already done so."""
        flag = facts.get(RED_FLAG, NO_FLAG)
        if flag == NO_FLAG or any(self._answer(q, a).red_flag == flag for q, a in facts.items()
                                  if q != RED_FLAG):  # fmt: skip
            return []
        if flag not in self.parts.flags:
            raise BadAnswer(f"{RED_FLAG}={flag}", tuple(self.parts.flags))
        return [(RED_FLAG, pick(self._fitting(self.parts.flags[flag], people), seed, flag))]

    def _part(
        self, seed: int, question: str, answer: str, people: int, form: str | None
    ) -> tuple[TextPart, dict[str, str]] | None:
        """A part that tells this answer, and the facets it brings."""
        told = self._answer(question, answer)
        pools = [
            (self.parts.pools[name].parts, self.parts.pools[name].facets) for name in told.pools
        ]
        choices = [
            ([p for p in self._fitting(parts, people) if not p.forms or form in p.forms], facets)
            for parts, facets in [*pools, (told.texts, {})]
        ]
        choices = [(parts, facets) for parts, facets in choices if parts]
        if not choices:
            return None
        parts, facets = pick(choices, seed, question, "pool")
        part = pick(parts, seed, question, "part")
        return part, {**facets, **told.facets, **({"form": part.form} if part.form else {})}

    def _fitting(
        self, parts: Sequence[TextPart], people: int, voice: Voice | None = None
    ) -> list[TextPart]:
        kind = self.compiled.protocol.school.kind
        return [part for part in parts
                if part.people in (None, people) and part.kind in (None, kind)
                and (voice is None or not part.voices or voice in part.voices)]  # fmt: skip

    def any_id(self, seed: int) -> str:
        """A case drawn at random: every form as likely; now and then a red flag or a gap."""
        walk: dict[str, str] = {}
        gap = number(seed, "gap") % 6 == 0
        while isinstance(here := decide(self.compiled, walk), Ask):
            question = here.question
            told = self.file.parts[question.id]
            answers = [a.id for a in question.answers]
            if not walk:  # an answer told by four pools is four times as likely
                answers = [a for a in answers for _ in range(max(1, len(told[a].pools)))]
            if gap and walk and UNKNOWN in told and number(seed, "here", question.id) % 2:
                gap, answers = False, [UNKNOWN]
            answers = self._sensible(walk, question.id, answers)
            walk[question.id] = pick(answers, seed, "walk", question.id)
        facts = self._with_flag(walk)
        if RED_FLAG not in facts and number(seed, "flag") % 5 == 0 and self._may_have_flag(walk):
            facts[RED_FLAG] = pick(sorted(self.parts.flags), seed, "which flag")
        return self.name(facts, seed)

    def _sensible(self, walk: Mapping[str, str], question: str, answers: list[str]) -> list[str]:
        """Without answers that go badly with what was drawn before; the table allows them all."""
        with_these = [self._answer(q, a).draws_with.get(question) for q, a in walk.items()]
        kept = [
            a for a in answers if all(allowed is None or a in allowed for allowed in with_these)
        ]
        return kept or answers

    def _may_have_flag(self, walk: Mapping[str, str]) -> bool:
        """Not with teasing, quarrels and staff among themselves: the words would not go together."""
        return UNKNOWN not in walk.values() and not any(
            self._answer(q, a).draws_no_flag for q, a in walk.items()
        )

    def neighbours(self, case_id: str) -> Iterator[str]:
        """Cases that differ from this one in a single fact and end elsewhere; same seed."""
        seed, facts = self.facts(case_id)
        here = self.compose(case_id).expect
        for question, answer in facts.items():
            for other in () if question == RED_FLAG else self.file.parts[question]:
                if other == answer or UNKNOWN in (other, answer):
                    continue
                ladder = {q: a for q, a in facts.items() if q != RED_FLAG} | {question: other}
                decision = decide(self.compiled, ladder)
                if not isinstance(decision, Outcome):
                    continue
                name = self.name(self._with_flag({q: ladder[q] for q in decision.trail}), seed)
                if self.compose(name).expect != here:
                    yield name


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    parts: list[tuple[str, TextPart]]
    voice: Voice
    facets: Facets
    nobody: bool
    """Staff are concerned: the names play no part among pupils."""


_NOTE = Text(
    nl="Deze casus is samengesteld. Verander één feit en vraag de groep wat er dan anders gaat.",
    en="This case was composed. Change one fact and ask the group what then goes differently.",
)


def _start(sentence: str) -> str:
    return sentence[0].upper() + sentence[1:]


def _fit(spoken: list[tuple[str, Text]], fillers: list[Text]) -> list[tuple[str, Text]]:
    """Not too long (closing, then opening go) and not too short (a sentence beside the point)."""
    while max(_words(spoken)) > MOST and any(not q for q, _ in spoken):
        last = max(i for i, (q, _) in enumerate(spoken) if not q)
        spoken = spoken[:last] + spoken[last + 1 :]
    while min(_words(spoken)) < FEWEST and fillers:
        spoken = [spoken[0], ("", fillers[0]), *spoken[1:]]
        fillers = fillers[1:]
    return spoken


def _words(spoken: list[tuple[str, Text]]) -> tuple[int, int]:
    return sum(len(t.nl.split()) for _, t in spoken), sum(len(t.en.split()) for _, t in spoken)
