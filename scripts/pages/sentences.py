"""Small pieces of language made from data: lists, conditions, times."""

from __future__ import annotations

from collections.abc import Sequence

from decision_tree.guide import condition_words
from decision_tree.protocol import Delay, FollowUp, Language, Protocol, Scoped
from scripts.pages.words import say

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


def condition(item: Scoped, protocol: Protocol, language: Language) -> str:
    """When an item holds, in the words of the guide: "als het de tweede keer is; als dat nodig is", or ""."""
    words = condition_words(protocol, item.only_when, item.condition)
    return words.in_language(language) if words else ""


def limits(item: Scoped, protocol: Protocol, language: Language) -> list[str]:
    """The same to stand by itself, part by part: "Alleen als …", "Afhankelijk van …"."""
    starts = ("als ", "waar ", "if ", "when ", "where ")
    only = say("only", language)
    parts = (condition_words(protocol, item.only_when), item.condition)
    words = [part.in_language(language) for part in parts if part]
    return [f"{only} {part}" if part.startswith(starts) else capital(part) for part in words]


def delay(time: Delay, language: Language) -> str:
    """ "2 weken"."""
    parts = []
    for unit, (one, more) in _UNITS[language].items():
        number = getattr(time, unit)
        if number:
            parts.append(f"{number} {one if number == 1 else more}")
    return listed(parts, language)


def timing(item: Scoped, language: Language) -> str:
    """ "Na 2 weken", "4 weken lang"; "" where the document names no time, or the item is no follow-up."""
    if not isinstance(item, FollowUp):
        return ""
    if item.after:
        return f"{'Na' if language == 'nl' else 'After'} {delay(item.after, language)}"
    if item.during:
        span = delay(item.during, language)
        return f"{span} lang" if language == "nl" else f"For {span}"
    return ""


def in_days(time: Delay) -> int:
    """A measure to sort by, not to compute a date with."""
    return time.days + 7 * time.weeks + 30 * time.months


def capital(text: str) -> str:
    """The first letter as a capital, the rest untouched."""
    return text[:1].upper() + text[1:]
