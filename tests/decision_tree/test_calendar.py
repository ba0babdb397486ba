"""Follow-up dates and the iCalendar file, read back by someone else's parser."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from decision_tree.calendar import add, due_dates, icalendar, next_school_day, read_day
from decision_tree.errors import BadDay
from decision_tree.guide import decide, paths
from decision_tree.outcome import Outcome
from decision_tree.protocol import LANGUAGES, Delay
from decision_tree.reading import Read
from decision_tree.tree import Compiled, compile_tree

DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
FRIDAY = date(2026, 11, 27)
CASE = "a secret that was made up"
NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "delay", "day"),
    [
        (date(2026, 11, 23), Delay(days=2), date(2026, 11, 25)),
        (date(2026, 11, 23), Delay(weeks=2), date(2026, 12, 7)),
        (date(2026, 11, 23), Delay(months=2), date(2027, 1, 23)),
        (date(2026, 12, 31), Delay(months=2), date(2027, 2, 28)),
        (date(2027, 12, 31), Delay(months=2), date(2028, 2, 29)),
        (date(2026, 11, 23), Delay(weeks=4), date(2026, 12, 21)),
    ],
)
def test_a_delay_is_counted_as_people_count(start: date, delay: Delay, day: date) -> None:
    """Two months after 31 December is the last day of February."""
    assert add(start, delay) == day


@given(st.dates())
def test_a_day_is_read_back_as_it_was_written_or_refused(day: date) -> None:
    """A school's case starts in this century; what lies outside is a slip of the finger."""
    if date(2000, 1, 1) <= day <= date(2099, 12, 31):
        assert read_day(day.isoformat()) == day
    else:
        with pytest.raises(BadDay, match="2000-01-01 to 2099-12-31, as YYYY-MM-DD"):
            read_day(day.isoformat())


@pytest.mark.parametrize(
    "text",
    ["", "tomorrow", "2026-02-30", "20261123", "2026-W48-1", "12026-01-05", "275760-09-13", "9999-12-31",
     "-2026-01-05", "2026-1-5", "２０２６-01-05", " 2026-01-05", "2026-01-05T00:00"],
)  # fmt: skip
def test_what_is_no_day_of_a_school_is_refused_with_what_to_write(text: str) -> None:
    """Never a traceback, never another day than the one that was meant."""
    with pytest.raises(BadDay, match="is no day here; possible: 2000-01-01 to"):
        read_day(text)


@pytest.mark.parametrize("weeks", [5_000, 999_999_999, 10**30])
def test_a_moment_beyond_all_calendars_is_refused_by_its_name(sound: Read, weeks: int) -> None:
    """A delay in a file may be anything; a date may not."""
    (check,) = sound.protocol.follow_up
    far = replace(check, after=Delay(weeks=weeks * 100))
    compiled = compile_tree(replace(sound.protocol, follow_up=(far,)))
    outcome = decide(compiled, {"how_often": "again"})
    assert isinstance(outcome, Outcome)
    with pytest.raises(BadDay, match="The follow-up `check` would fall beyond all calendars"):
        due_dates(outcome, FRIDAY)


def test_a_holiday_to_the_end_of_time_is_refused_too(compiled: Compiled) -> None:
    """There is no school day after it."""
    for way in paths(compiled):
        outcome = decide(compiled, way)
        assert isinstance(outcome, Outcome)
        if due_dates(outcome, FRIDAY):
            with pytest.raises(BadDay, match="beyond all calendars; possible: an earlier start"):
                due_dates(outcome, FRIDAY, [(FRIDAY, date.max)])


@given(DAYS)
def test_a_weekend_moves_to_monday_and_a_school_day_stays(day: date) -> None:
    """Never earlier, never more than two days later."""
    moved = next_school_day(day)
    assert moved.weekday() < 5
    assert moved == day if day.weekday() < 5 else timedelta(0) < moved - day <= timedelta(2)


@given(DAYS, st.lists(st.tuples(DAYS, st.integers(0, 60)), max_size=4))
def test_a_holiday_moves_to_the_first_school_day_after_it(
    day: date, blocks: list[tuple[date, int]]
) -> None:
    """However holidays and weekends follow on each other."""
    holidays = [(first, first + timedelta(days=length)) for first, length in blocks]
    moved = next_school_day(day, holidays)
    free = [d for n in range((moved - day).days) if (d := day + timedelta(days=n)) < moved]
    assert all(d.weekday() >= 5 or any(a <= d <= b for a, b in holidays) for d in free)
    assert moved.weekday() < 5
    assert not any(a <= moved <= b for a, b in holidays)


def test_the_file_is_read_by_a_real_parser_with_one_event_per_dated_follow_up(
    compiled: Compiled,
) -> None:
    """For every path of every school, in both languages: valid, all-day, on a school day."""
    start = date(2026, 11, 21)
    for way in paths(compiled):
        outcome = decide(compiled, way)
        assert isinstance(outcome, Outcome)
        due = due_dates(outcome, start)
        assert [d.day for d in due] == sorted(d.day for d in due)
        for language in LANGUAGES:
            text = icalendar(compiled.protocol, outcome, start, language, CASE, now=NOW)
            read = Calendar.from_ical(text)
            assert not read.errors
            events = read.walk("VEVENT")
            days = [e.decoded("DTSTART") for e in events]
            assert days == [d.day for d in due]
            assert all(type(day) is date and day.weekday() < 5 for day in days)
            assert len({str(e["UID"]) for e in events}) == len(events)
            for event, moment in zip(events, due, strict=True):
                assert (
                    moment.follow_up.item.do.in_language(language)
                    in str(event["DESCRIPTION"]) + "."
                )


def test_every_line_ends_as_the_standard_asks_and_is_short_enough(compiled: Compiled) -> None:
    """RFC 5545: CRLF, at most 75 octets a line."""
    for way in paths(compiled):
        outcome = decide(compiled, way)
        assert isinstance(outcome, Outcome)
        raw = icalendar(
            compiled.protocol, outcome, date(2026, 11, 21), "nl", CASE, now=NOW
        ).encode()
        lines = raw.split(b"\r\n")
        assert lines[0] == b"BEGIN:VCALENDAR"
        assert lines[-2:] == [b"END:VCALENDAR", b""]
        assert all(len(line) <= 75 and b"\n" not in line for line in lines)


def test_the_file_tells_nothing_about_anyone(compiled: Compiled) -> None:
    """No answer that was given stands in it: a shared calendar must not tell what happened."""
    for way in paths(compiled):
        outcome = decide(compiled, way)
        assert isinstance(outcome, Outcome)
        text = icalendar(compiled.protocol, outcome, date(2026, 11, 21), "en", CASE, now=NOW)
        unfolded = text.replace("\r\n ", "")
        for name, answer in way.items():
            label = compiled.protocol.question(name).answer(answer).label.en
            assert label not in unfolded
        assert "ATTENDEE" not in unfolded
        assert "ORGANIZER" not in unfolded


def test_the_file_calls_a_day_a_school_day_only_where_it_was_told_the_holidays(
    compiled: Compiled,
) -> None:
    """Without them each event asks the reader to look; with them none does."""
    told, untold = (
        [
            str(event["DESCRIPTION"])
            for way in paths(compiled)
            if isinstance(outcome := decide(compiled, way), Outcome)
            for event in Calendar.from_ical(
                icalendar(compiled.protocol, outcome, FRIDAY, "en", CASE, holidays)
            ).walk("VEVENT")
        ]
        for holidays in ([(FRIDAY, FRIDAY + timedelta(days=400))], [])
    )
    assert all("Moved to the next school day." in text for text in told)
    assert not any("Check that the school is open then" in text for text in told)
    assert not any("next school day" in text for text in untold)
    assert all("Check that the school is open then" in text for text in untold)
