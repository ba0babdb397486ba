"""Follow-up moments as dates, and as an iCalendar file that says nothing about anyone.

Dates count from a day the user picks. A date on a weekend, or in a holiday that the caller
names, moves to the next school day; the document's own measure ("2 weeks") stays beside it.
"""

from __future__ import annotations

import calendar as months
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from decision_tree.outcome import Held, Outcome
from decision_tree.protocol import Delay, FollowUp, Language, Protocol

Holidays = Sequence[tuple[date, date]]
"""First and last day of each holiday, both included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A follow-up with its day; ``moved``: not the literal day, which was no school day.

    ``until``: the follow-up lasts the whole period that ends on ``day``.
    """

    follow_up: Held[FollowUp]
    day: date
    moved: bool
    until: bool


def add(day: date, delay: Delay) -> date:
    """``day`` plus a delay; a month later than 31 January is the last day of February."""
    month = day.month - 1 + delay.months
    year, month = day.year + month // 12, month % 12 + 1
    last = months.monthrange(year, month)[1]
    return date(year, month, min(day.day, last)) + timedelta(days=delay.days, weeks=delay.weeks)


def next_school_day(day: date, holidays: Holidays = ()) -> date:
    """The first day from ``day`` on that is no Saturday, Sunday or holiday."""
    while day.weekday() >= 5 or any(first <= day <= last for first, last in holidays):
        day += timedelta(days=1)
    return day


def due_dates(outcome: Outcome, start: date, holidays: Holidays = ()) -> list[Due]:
    """The follow-ups that the document gives a time for, soonest first."""
    due = []
    for held in outcome.follow_up:
        delay = held.item.after or held.item.during
        if delay is not None:
            literal = add(start, delay)
            day = next_school_day(literal, holidays)
            due.append(
                Due(
                    follow_up=held,
                    day=day,
                    moved=day != literal,
                    until=held.item.during is not None,
                )
            )
    return sorted(due, key=lambda d: d.day)


def icalendar(
    protocol: Protocol,
    outcome: Outcome,
    start: date,
    language: Language,
    holidays: Holidays = (),
    now: datetime | None = None,
) -> str:
    """An iCalendar (RFC 5545) text with one all-day event per follow-up.

    It names the phase and the roles, never a person, a class or what happened. Where no holidays
    are given each event asks the reader to look whether it falls in one.
    """
    stamp = (now or datetime.now(UTC)).astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Protocolwijzer//Guide//NL",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
    ]
    for due in due_dates(outcome, start, holidays):
        notes = _notes(due, language, holidays)
        lines += _event(protocol, outcome, due, start, language, stamp, notes)
    lines.append("END:VCALENDAR")
    return "".join(folded + "\r\n" for line in lines for folded in _fold(line))


def _notes(due: Due, language: Language, holidays: Holidays) -> list[str]:
    """What is to be known about the day itself."""
    words = _WORDS[language]
    if holidays:
        return [words["moved"]] if due.moved else []
    return [*([words["not-at-weekend"]] if due.moved else []), words["look"]]


def _event(
    protocol: Protocol,
    outcome: Outcome,
    due: Due,
    start: date,
    language: Language,
    stamp: str,
    notes: Sequence[str],
) -> list[str]:
    held = due.follow_up
    who = ", ".join(role_name(protocol, role, language) for role in held.who)
    words = _WORDS[language]
    what = held.item.do.in_language(language)
    condition = f" ({held.condition.in_language(language)})" if held.condition else ""
    told = f"{who}: {what}{condition}.".replace("..", ".")
    seed = f"{protocol.school.id}|{held.item.id}|{start.isoformat()}|{due.day.isoformat()}"
    return [
        "BEGIN:VEVENT",
        f"UID:{sha256(seed.encode()).hexdigest()[:24]}@protocolwijzer.invalid",
        f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{due.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{due.day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escape(words['until' if due.until else 'moment'])}"
        f" ({_escape(outcome.phase.name.in_language(language))})",
        f"DESCRIPTION:{_escape(' '.join([told, *notes]))}",
        "TRANSP:TRANSPARENT",
        "CLASS:PRIVATE",
        "END:VEVENT",
    ]


_WORDS: dict[Language, dict[str, str]] = {
    "nl": {
        "moment": "Opvolgmoment",
        "until": "Laatste dag van de controle",
        "moved": "Verplaatst naar de eerstvolgende schooldag.",
        "not-at-weekend": "Verplaatst: niet in het weekend.",
        "look": "Kijk zelf of het dan vakantie is.",
    },
    "en": {
        "moment": "Follow-up",
        "until": "Last day of the check",
        "moved": "Moved to the next school day.",
        "not-at-weekend": "Moved: not at the weekend.",
        "look": "Check yourself for school holidays.",
    },
}

UNSTATED_WORDS = {"nl": "het protocol zegt niet wie", "en": "the protocol does not say who"}


def role_name(protocol: Protocol, role: str, language: Language) -> str:
    """The name of a role, or that the document names none."""
    for known in protocol.roles:
        if known.id == role:
            return known.name.in_language(language)
    return UNSTATED_WORDS[language]


def _escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _fold(line: str) -> Iterator[str]:
    """Lines of at most 75 bytes, never split inside a character (RFC 5545, 3.1)."""
    part = ""
    for character in line:
        if len((part + character).encode()) > 75:
            yield part
            part = " "
        part += character
    yield part
