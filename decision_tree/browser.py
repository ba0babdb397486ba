"""The door to the page: JSON in, JSON out. Runs in Pyodide; knows no page and no file."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from decision_tree import guide
from decision_tree.codec import from_plain, to_plain
from decision_tree.errors import BadAnswer
from decision_tree.outcome import (
    Outcome,
    decision_json,
    phase_json,
    question_json,
    rule_json,
    text_json,
)
from decision_tree.protocol import Language
from decision_tree.safety import Safety
from decision_tree.tree import Compiled

__all__ = ["call", "dump", "load", "load_cases", "loaded_version", "version"]

_loaded: dict[str, Compiled] = {}
_versions: dict[str, str] = {}
_safety: list[Safety] = []


def dump(compiled: Compiled, safety: Safety) -> str:
    """What :func:`load` reads: one school with its tree, without what deciding does not need."""
    return _json({"version": version(compiled, safety), **_lean(compiled, safety)})


def version(compiled: Compiled, safety: Safety) -> str:
    """The hash of all that deciding goes by: a page takes decisions of its own version only."""
    from hashlib import sha256  # only a build makes versions; the browser starts the sooner

    return sha256(_json(_lean(compiled, safety)).encode()).hexdigest()[:16]


def _lean(compiled: Compiled, safety: Safety) -> dict[str, Any]:
    protocol = replace(compiled.protocol, background=(), readings=(), clauses=())
    return {
        "compiled": to_plain(replace(compiled, protocol=protocol)),
        "safety": to_plain(safety),
    }


def _json(plain: Mapping[str, Any]) -> str:
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def load(json_text: str) -> str:
    """Load one school from the text of :func:`dump`; returns its id. Loading twice is harmless."""
    plain = json.loads(json_text)
    compiled = from_plain(Compiled, plain["compiled"])
    _loaded[compiled.protocol.school.id] = compiled
    _versions[compiled.protocol.school.id] = plain["version"]
    _safety[:] = [from_plain(Safety, plain["safety"])]
    return compiled.protocol.school.id


def loaded_version(school: str) -> str:
    """The version of a school that was loaded; "" of one that was not."""
    return _versions.get(school, "")


def call(name: str, payload_json: str) -> str:
    """Answer one question of the page. A bad answer is an answer too: ``{"error": …}``."""
    payload = json.loads(payload_json)
    try:
        if payload.get("school") not in _loaded:
            raise BadAnswer(f"school={payload.get('school')}", tuple(_loaded))
        answer = _CALLS.get(name) or _practice(name)
        return json.dumps(answer(_loaded[payload["school"]], payload), ensure_ascii=False)
    except BadAnswer as error:
        return json.dumps({"error": str(error), "possible": list(error.possible)})


def _decide(compiled: Compiled, payload: Mapping[str, Any]) -> Any:
    return decision_json(guide.decide(compiled, payload["answers"], _safety[0]))


def _outcome(compiled: Compiled, payload: Mapping[str, Any]) -> Outcome:
    decision = guide.decide(compiled, payload["answers"])
    if not isinstance(decision, Outcome):
        raise BadAnswer("this case is not decided yet", ("more answers",))
    return decision


def _explain(compiled: Compiled, payload: Mapping[str, Any]) -> Any:
    return explain_json(compiled, _outcome(compiled, payload))


def _changes(compiled: Compiled, payload: Mapping[str, Any]) -> Any:
    return changes_json(compiled, _outcome(compiled, payload))


def _calendar(compiled: Compiled, payload: Mapping[str, Any]) -> Any:
    # Imported when dates are asked for: questions need none, and the guide starts the sooner.
    from decision_tree import calendar

    start = calendar.read_day(str(payload["start"]))
    case = payload.get("case")  # made up by the page, when it wants the file as well
    language: Language = "en" if payload.get("language") == "en" else "nl"
    outcome = _outcome(compiled, payload)
    return {
        "dates": [
            {
                "id": due.follow_up.item.id,
                "day": due.day.isoformat(),
                "moved": due.moved,
                "until": due.until,
            }
            for due in calendar.due_dates(outcome, start)
        ],
        "ics": case and calendar.icalendar(compiled.protocol, outcome, start, language, case),
    }


def explain_json(compiled: Compiled, outcome: Outcome) -> Any:
    """Why this outcome, as plain values."""
    reason = guide.explain(compiled, outcome)
    assumed = {a.question.id: a.answer for a in outcome.assumed}
    return {
        "rules": [rule_json(rule) for rule in reason.rules],
        "counted": [
            {
                "question": question.id,
                "answer": (taken := assumed.get(question.id, answer)),
                "assumed": question.id in assumed,
                "condition": text_json(question.answer(taken).condition),
            }
            for question, answer in reason.counted
        ],
    }


def changes_json(compiled: Compiled, outcome: Outcome) -> Any:
    """What would change the outcome, as plain values."""
    return [
        {
            "question": change.question.id,
            "answer": change.answer,
            "label": text_json(change.question.answer(change.answer).label),
            "condition": text_json(change.question.answer(change.answer).condition),
            **(
                {
                    "status": "outcome",
                    "phase": phase_json(change.decision.phase),
                    "lead": list(change.decision.lead),
                }
                if isinstance(change.decision, Outcome)
                else {"status": "ask", "asks": question_json(change.decision.question)}
            ),
        }
        for change in guide.changes(compiled, outcome)
    ]


# Practice mode is imported when it is asked for: the guide never practises, and starts the sooner.


def load_cases(json_text: str) -> str:
    """Load the cases of one school, before any call of practice mode; returns the school's id."""
    from decision_tree import practice_calls

    return practice_calls.load_cases(json_text)


def _practice(name: str) -> Callable[[Compiled, Mapping[str, Any]], Any]:
    """A call of practice mode, told in ``practice_calls``; needs :func:`load_cases`."""
    from decision_tree.practice_calls import practise

    return lambda compiled, payload: practise(name, compiled, _safety[0], payload)


_CALLS: dict[str, Callable[[Compiled, Mapping[str, Any]], Any]] = {
    "decide": _decide,
    "explain": _explain,
    "changes": _changes,
    "calendar": _calendar,
}
