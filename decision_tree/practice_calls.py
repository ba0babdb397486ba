"""What the practice page may ask, and the JSON it gets: the contract between page and engine.

Every payload holds ``school``; every answer is JSON, or ``{"error": …, "possible": […]}``. Texts
are ``{"nl", "en"}``. Nothing is kept here: the page holds the progress and hands it in.

===================  =====================================  =======================================
call                 payload                                answer
===================  =====================================  =======================================
practice_list        –                                      ``{"cases": [CASE, …]}``, the written ones
practice_case        ``case``                               ``CASE``
practice_draw        ``count`` 5|10, ``seed``, ``progress``  ``{"cases": [id, …]}``
practice_next        ``used`` [id…], ``seed``, ``progress``  ``{"case": id}`` (adapts within a round)
practice_generate    ``seed``, perhaps ``facts``            ``CASE`` (composed)
practice_neighbours  ``case`` (a composed one)              ``{"cases": [id, …]}``: one fact changed
practice_options     ``case``, ``seed``                     ``{"questions": [QUESTION, …]}``
practice_mark        ``case``, ``given``, ``seed``          ``MARKED``
practice_record      ``progress``, ``case``, ``facets``,    ``{"progress", "picture"}``; ``end``: the
                     ``end``                                round is over
practice_progress    ``progress`` (kept or imported)        ``{"progress", "picture"}``, cleaned
===================  =====================================  =======================================

- ``CASE``: ``{"id", "voice", "text": {nl, en}, "pieces": {"nl": [PIECE…], "en": […]}, "marks":
  [{"nl", "en", "fact"}], "facets": {…}, "red_flag", "composed", "note"}``. ``PIECE``: ``{"text",
  "mark"}``, the text in tappable pieces in order; ``mark`` is a place in ``marks``, or null.
- ``QUESTION``: ``{"part", "ask", "options": [{"id", "label"}]}``; ``part`` is ``first``, then
  ``flag`` and ``step`` for a red flag, else ``phase``, ``who``, ``step``. Show ``first`` alone and
  only then the others: which ones follow gives ``first`` away.
- ``given``: ``{"first": id, "phase": id, …, "marks": [places]}``; any part may be left out, so a
  page can ask for feedback after each question. Use the same ``seed`` as for the options.
- ``MARKED``: ``{"case", "status": outcome|ask|leave, "parts": [{"part", "given", "right": [ids],
  "good", "words", "sources"}], "marks": {"found": [places], "overlooked": [places]}, "why":
  [{"because", "sources", "reading"}], "change": {"question", "answer", "words"}|null, "answers":
  {question: answer} for the guide, "need_first": [ids], "decision": as in ``decide``, "facets":
  {facet: bool}}``. Hand ``facets`` to ``practice_record`` once all parts are given.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from decision_tree.codec import from_plain, to_plain
from decision_tree.errors import BadAnswer
from decision_tree.guide import RED_FLAG
from decision_tree.outcome import decision_json, text_json
from decision_tree.practice import Case, expected
from decision_tree.practice_chance import number
from decision_tree.practice_feedback import curly
from decision_tree.practice_generate import Composer
from decision_tree.practice_marking import Marked, facet_parts, mark
from decision_tree.practice_options import Choice, PartId, choices
from decision_tree.practice_parts import CaseFile, Parts
from decision_tree.practice_schedule import draw, ended, following, picture, recorded, restored
from decision_tree.protocol import LANGUAGES, Language, Text
from decision_tree.safety import Safety
from decision_tree.tree import Compiled

COMPOSED_BESIDE = 12
"""So many composed cases stand beside the written ones when a round is drawn."""

_ASKS: dict[PartId, Text] = {
    "first": Text(nl="Wat doe je het eerst?", en="What do you do first of all?"),
    "flag": Text(nl="Welke rode vlag is dit?", en="Which red flag is this?"),
    "phase": Text(nl="Waar past dit in het protocol?", en="Where does this fit in the protocol?"),
    "who": Text(nl="Wie is er nu aan zet?", en="Who acts next?"),
    "step": Text(nl="Wat is de eerste stap?", en="What is the first step?"),
}

_files: dict[str, tuple[CaseFile, Parts]] = {}
_composers: dict[str, Composer] = {}
_facets: dict[str, dict[str, tuple[str, ...]]] = {}


def dump_cases(file: CaseFile, parts: Parts) -> str:
    """What :func:`load_cases` reads: a school's cases and the text parts."""
    return json.dumps({"file": to_plain(file), "parts": to_plain(parts)},
                      ensure_ascii=False, separators=(",", ":"))  # fmt: skip


def load_cases(json_text: str) -> str:
    """Load the cases of one school; returns its id. The school itself is loaded separately."""
    plain = json.loads(json_text)
    file = from_plain(CaseFile, plain["file"])
    _files[file.school] = file, from_plain(Parts, plain["parts"])
    _composers.pop(file.school, None)
    _facets[file.school] = {}
    return file.school


class Practice:
    """One school's practice: its cases, written and composed."""

    def __init__(self, compiled: Compiled, safety: Safety) -> None:
        school = compiled.protocol.school.id
        if school not in _files:
            raise BadAnswer(f"cases of {school}", tuple(_files))
        self.compiled, self.safety = compiled, safety
        self.file, parts = _files[school]
        if school not in _composers or _composers[school].compiled is not compiled:
            _composers[school] = Composer(
                compiled=compiled, safety=safety, parts=parts, file=self.file
            )
        self.composer = _composers[school]

    def case(self, case_id: object) -> Case:
        """A written or composed case; ``BadAnswer`` for an id that is neither."""
        for case in self.file.cases:
            if case.id == case_id:
                return case
        return self.composer.compose(str(case_id))

    def candidates(self, seed: int) -> dict[str, tuple[str, ...]]:
        """Case id -> facets: all written cases and some composed for this seed."""
        ids = [
            self.composer.any_id(number(seed, "beside", i) % 10**9) for i in range(COMPOSED_BESIDE)
        ]
        cases = [*self.file.cases, *map(self.composer.compose, ids)]
        known = _facets.setdefault(self.file.school, {})
        for case in cases:
            if case.id not in known:
                found = expected(self.compiled, self.safety, case)
                known[case.id] = tuple(name for name, _ in facet_parts(case, found))
        return {case.id: known[case.id] for case in cases}


def pieces(case: Case, language: Language) -> list[dict[str, Any]]:
    """The text in tappable pieces: marks whole, the rest cut at commas and full stops."""
    text = case.text.in_language(language)
    found = sorted((text.index(m.in_language(language)), m.in_language(language), i)
                   for i, m in enumerate(case.marks))  # fmt: skip
    cut: list[dict[str, Any]] = []
    at = 0
    for start, words, i in found:
        if start < at:  # it lies in the mark before
            continue
        cut += [{"text": piece, "mark": None} for piece in _pieces(text[at:start])]
        cut.append({"text": words, "mark": i})
        at = start + len(words)
    return cut + [{"text": piece, "mark": None} for piece in _pieces(text[at:])]


def _pieces(text: str) -> list[str]:
    return re.findall(r".+?(?:[.,;:!?]['’”\"]?\s+|$)", text, flags=re.DOTALL)


def case_json(case: Case) -> dict[str, Any]:
    """A case as the page shows it."""
    return {
        "id": case.id, "voice": case.voice, "text": text_json(case.text),
        "pieces": {language: pieces(case, language) for language in LANGUAGES},
        "marks": [{"nl": m.nl, "en": m.en, "fact": m.fact} for m in case.marks],
        "facets": to_plain(case.facets), "red_flag": case.flag,
        "composed": case.id[:1] == "g" and case.id[1:2].isdigit(), "note": text_json(case.note),
    }  # fmt: skip


def choice_json(choice: Choice) -> dict[str, Any]:
    """A question as the page shows it; the right ids stay here."""
    return {"part": choice.part, "ask": text_json(_ASKS[choice.part]),
            "options": [{"id": o.id, "label": text_json(curly(o.label))} for o in choice.options]}  # fmt: skip


def marked_json(marked: Marked) -> dict[str, Any]:
    """The feedback as the page shows it."""
    decision = marked.expected.leave or marked.expected.outcome
    assert decision is not None  # one of the two is always there
    change = marked.change
    return {
        "case": marked.case.id, "status": marked.expected.status,
        "parts": [{"part": p.part, "given": p.given, "right": list(p.right), "good": p.good,
                   "words": text_json(curly(p.words)), "sources": list(p.sources)} for p in marked.parts],
        "marks": {"found": list(marked.found), "overlooked": list(marked.overlooked)},
        "why": [{"because": text_json(rule.because), "sources": list(rule.sources), "reading": rule.reading}
                for rule in marked.rules],
        "change": None if marked.change_words is None else {
            "question": change.question.id if change else RED_FLAG, "answer": change.answer if change else "none",
            "words": text_json(curly(marked.change_words))},
        "answers": dict(marked.case.facts), "need_first": list(marked.expected.need_first),
        "decision": decision_json(decision), "facets": dict(marked.facets),
    }  # fmt: skip


def _seed(payload: Mapping[str, Any]) -> int:
    seed = payload.get("seed", 0)
    if not isinstance(seed, int) or not 0 <= seed < 10**9:
        raise BadAnswer(f"seed={seed!r}", ("a whole number from 0 to 999999999",))
    return seed


def _list(practice: Practice, _: Mapping[str, Any]) -> Any:
    return {"cases": [case_json(case) for case in practice.file.cases]}


def _case(practice: Practice, payload: Mapping[str, Any]) -> Any:
    return case_json(practice.case(payload["case"]))


def _draw(practice: Practice, payload: Mapping[str, Any]) -> Any:
    seed, count = _seed(payload), min(max(int(payload.get("count", 5)), 1), 20)
    return {"cases": draw(practice.candidates(seed), _progress(practice, payload), count, seed)}


def _next(practice: Practice, payload: Mapping[str, Any]) -> Any:
    seed = _seed(payload)
    used = [str(name) for name in payload.get("used", ())]
    return {"case": following(practice.candidates(seed), _progress(practice, payload), used, seed)}


def _generate(practice: Practice, payload: Mapping[str, Any]) -> Any:
    composer, seed = practice.composer, _seed(payload)
    facts = payload.get("facts")
    return case_json(
        composer.compose(composer.name(facts, seed) if facts else composer.any_id(seed))
    )


def _neighbours(practice: Practice, payload: Mapping[str, Any]) -> Any:
    return {"cases": list(practice.composer.neighbours(str(payload["case"])))}


def _options(practice: Practice, payload: Mapping[str, Any]) -> Any:
    case = practice.case(payload["case"])
    asked = choices(practice.compiled, practice.safety, case, _seed(payload))
    return {"questions": [choice_json(choice) for choice in asked]}


def _mark(practice: Practice, payload: Mapping[str, Any]) -> Any:
    case = practice.case(payload["case"])
    return marked_json(
        mark(practice.compiled, practice.safety, case, payload["given"], _seed(payload))
    )


def _record(practice: Practice, payload: Mapping[str, Any]) -> Any:
    facets = {str(name): value is True for name, value in dict(payload.get("facets") or {}).items()}
    progress = recorded(_progress(practice, payload), str(payload["case"]), facets)
    progress = ended(progress) if payload.get("end") else progress
    return {"progress": progress, "picture": picture(progress)}


def _restore(practice: Practice, payload: Mapping[str, Any]) -> Any:
    progress = _progress(practice, payload)
    return {"progress": progress, "picture": picture(progress)}


def _progress(practice: Practice, payload: Mapping[str, Any]) -> dict[str, Any]:
    return restored(payload.get("progress"), practice.file.school)


CALLS: dict[str, Callable[[Practice, Mapping[str, Any]], Any]] = {
    "practice_list": _list,
    "practice_case": _case,
    "practice_draw": _draw,
    "practice_next": _next,
    "practice_generate": _generate,
    "practice_neighbours": _neighbours,
    "practice_options": _options,
    "practice_mark": _mark,
    "practice_record": _record,
    "practice_progress": _restore,
}


def practise(name: str, compiled: Compiled, safety: Safety, payload: Mapping[str, Any]) -> Any:
    """Answer one of the calls above; ``BadAnswer`` where the payload lacks something."""
    try:
        return CALLS[name](Practice(compiled, safety), payload)
    except KeyError as error:
        raise BadAnswer(f"{name} without {error}", tuple(payload)) from error
    except (TypeError, ValueError) as error:
        raise BadAnswer(f"{name}: {error}", ("the shapes told in practice_calls",)) from error
