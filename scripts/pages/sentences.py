"""Small pieces of language made from data: lists, conditions, times."""

from __future__ import annotations

from collections.abc import Sequence

from decision_tree.protocol import Conditions, Delay, Language, Protocol

_AND = {"nl": "en", "en": "and"}
_OR = {"nl": "of", "en": "or"}
_UNITS = {
    "nl": {"months": ("maand", "maanden"), "weeks": ("week", "weken"), "days": ("dag", "dagen")},
    "en": {"months": ("month", "months"), "weeks": ("week", "weeks"), "days": ("day", "days")},
}


def listed(parts: Sequence[str], language: Language, *, either: bool = False) -> str:
    """ "a, b en c", or with ``either`` "a, b of c"."""
    word = (_OR if either else _AND)[language]
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {word} {parts[-1]}"


def when(conditions: Conditions, protocol: Protocol, language: Language) -> str:
    """ "het de eerste keer is en de leerlingen in dezelfde klas zitten": completes "als …"."""
    parts = []
    for question_id, answer_ids in conditions.items():
        question = protocol.question(question_id)
        answers = [question.answer(a).condition.in_language(language) for a in answer_ids]
        parts.append(listed(answers, language, either=True))
    return listed(parts, language)


def delay(time: Delay, language: Language) -> str:
    """ "2 weken"."""
    parts = []
    for unit, (one, more) in _UNITS[language].items():
        number = getattr(time, unit)
        if number:
            parts.append(f"{number} {one if number == 1 else more}")
    return listed(parts, language)


def in_days(time: Delay) -> int:
    """A measure to sort by, not to compute a date with."""
    return time.days + 7 * time.weeks + 30 * time.months


def capital(text: str) -> str:
    """The first letter as a capital, the rest untouched."""
    return text[:1].upper() + text[1:]
