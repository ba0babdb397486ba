"""Follow-up moments as dates, and as an iCalendar file that says nothing about anyone.

Dates count from a day the user picks. A date on a weekend, or in a holiday that the caller
names, moves to the next school day; the document's own measure ("2 weeks") stays beside it.
"""

from __future__ import annotations

import calendar as months
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from decision_tree.errors import BadDay
from decision_tree.outcome import Held, Outcome
from decision_tree.protocol import UNSTATED, Delay, FollowUp, Language, Protocol

Holidays = Sequence[tuple[date, date]]
"""First and last day of each holiday, both included."""

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)
"""The days on which a case can start; what is typed outside them is a mistake."""

_WRITTEN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A follow-up with its day; ``moved``: not the literal day, which was no school day.

    ``until``: the follow-up lasts the whole period that ends on ``day``.
    """

    follow_up: Held[FollowUp]
    day: date
    moved: bool
    until: bool


def read_day(text: str) -> date:
    """A day as it is typed; ``BadDay`` where there is no such day, or it is far from now."""
    try:
        found = date.fromisoformat(text) if _WRITTEN.fullmatch(text) else None
    except ValueError:
        found = None
    if found is None or not FIRST_DAY <= found <= LAST_DAY:
        raise BadDay(f"`{text[:20]}` is no day here", f"{FIRST_DAY} to {LAST_DAY}, as YYYY-MM-DD")
    return found


def add(day: date, delay: Delay) -> date:
    """``day`` plus a delay; a month later than 31 January is the last day of February.

    ``OverflowError`` or ``ValueError`` beyond the year 9999.
    """
    month = day.month - 1 + delay.months
    year, month = day.year + month // 12, month % 12 + 1
    last = months.monthrange(year, month)[1]
    return date(year, month, min(day.day, last)) + timedelta(days=delay.days, weeks=delay.weeks)


def next_school_day(day: date, holidays: Holidays = ()) -> date:
    """The first day from ``day`` on that is no Saturday, Sunday or holiday."""
    moved = None
    while moved != day:
        moved = day
        day += timedelta(days=(7 - day.weekday()) % 7 if day.weekday() >= 5 else 0)
        for first, last in holidays:
            if first <= day <= last:
                day = last + timedelta(days=1)
    return day


def due_dates(outcome: Outcome, start: date, holidays: Holidays = ()) -> list[Due]:
    """The follow-ups that the document gives a time for, soonest first.

    ``BadDay`` where one would fall beyond all calendars.
    """
    due = []
    for held in outcome.follow_up:
        delay = held.item.after or held.item.during
        if delay is not None:
            try:
                literal = add(start, delay)
                day = next_school_day(literal, holidays)
            except (OverflowError, ValueError) as error:
                raise BadDay(
                    f"The follow-up `{held.item.id}` would fall beyond all calendars",
                    "an earlier start, a shorter holiday, or a shorter delay in the school's file",
                ) from error
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
    case: str,
    holidays: Holidays = (),
    now: datetime | None = None,
) -> str:
    """An iCalendar (RFC 5545) text with one all-day event per follow-up.

    It names the phase and the roles, never a person, a class or what happened. Where no holidays
    are given each event asks the reader to look whether the school is open.

    ``case``: a secret that the caller makes up at random, one per pupil. With the same one and the
    same answers to what was asked an event is the same, on whatever day it then falls: a calendar
    that has it moves it. With another it is another event, also for a case that is alike in
    everything: a moment that stands twice is better than one that took another pupil's place.
    """
    made = (now or datetime.now(UTC)).astimezone(UTC)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Protocolwijzer//Guide//NL",
        "CALSCALE:GREGORIAN",
    ]
    dues = due_dates(outcome, start, holidays)
    for number, due in enumerate(dues, 1):
        title = _title(protocol, outcome, due, (number, len(dues)), language)
        told = [_told(protocol, due, language), *_notes(due, language, holidays)]
        lines += _event(due, _uid(protocol, outcome, due, case), made, title, " ".join(told))
    lines.append("END:VCALENDAR")
    return "".join(folded + "\r\n" for line in lines for folded in _fold(line))


def _notes(due: Due, language: Language, holidays: Holidays) -> list[str]:
    """What is to be known about the day itself."""
    words = _WORDS[language]
    if holidays:
        return [words["moved"]] if due.moved else []
    return [*([words["not-at-weekend"]] if due.moved else []), words["look"]]


def _title(
    protocol: Protocol, outcome: Outcome, due: Due, place: tuple[int, int], language: Language
) -> str:
    """Events of one case are told apart: which of how many, and who acts."""
    words = _WORDS[language]
    what = words["until" if due.until else "moment"]
    if place[1] > 1:
        what += words["of"].format(*place)
    roles = [role for role in due.follow_up.who if role != UNSTATED]
    who = ", ".join(role_name(protocol, role, language) for role in roles)
    return f"{what} ({outcome.phase.name.in_language(language)}){who and f': {who}'}"


def _told(protocol: Protocol, due: Due, language: Language) -> str:
    held = due.follow_up
    who = ", ".join(role_name(protocol, role, language) for role in held.who)
    what = held.item.do.in_language(language)
    condition = f" ({held.condition.in_language(language)})" if held.condition else ""
    return f"{who}: {what}{condition}.".replace("..", ".")


def _uid(protocol: Protocol, outcome: Outcome, due: Due, case: str) -> str:
    """Says nothing to whoever does not know ``case``, which stands in no file."""
    answers = [(question, outcome.answers[question]) for question in outcome.trail]
    seed = json.dumps([case, protocol.school.id, answers, due.follow_up.item.id])
    return f"{sha256(seed.encode()).hexdigest()[:32]}@protocolwijzer.invalid"


def _event(due: Due, uid: str, made: datetime, title: str, told: str) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"DTSTAMP:{made:%Y%m%dT%H%M%SZ}",
        # A file made later goes before one made earlier, without anyone keeping count.
        f"SEQUENCE:{max(0, int((made - _COUNT_FROM).total_seconds()))}",
        f"DTSTART;VALUE=DATE:{due.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{due.day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escape(title)}",
        f"DESCRIPTION:{_escape(told)}",
        "TRANSP:TRANSPARENT",
        "CLASS:PRIVATE",
        "END:VEVENT",
    ]


_COUNT_FROM = datetime(2026, 1, 1, tzinfo=UTC)

_WORDS: dict[Language, dict[str, str]] = {
    "nl": {
        "moment": "Opvolgmoment",
        "until": "Laatste dag van de controle",
        "moved": "Verplaatst naar de eerstvolgende schooldag.",
        "not-at-weekend": "Verplaatst: niet in het weekend.",
        "of": " {} van {}",
        "look": "Kijk zelf of de school dan open is; vakanties en feestdagen zijn niet meegeteld.",
    },
    "en": {
        "moment": "Follow-up",
        "until": "Last day of the check",
        "moved": "Moved to the next school day.",
        "not-at-weekend": "Moved: not at the weekend.",
        "of": " {} of {}",
        "look": "Check that the school is open then; holidays are not taken into account.",
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
    text = text.replace("\r\n", "\n").replace("\r", "\n")
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
