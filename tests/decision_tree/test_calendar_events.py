"""Whose events a calendar takes for the same: one pupil's move, two pupils' stand beside each other."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from itertools import product

import pytest
from icalendar import Calendar

from decision_tree import browser
from decision_tree.calendar import icalendar
from decision_tree.guide import decide, paths
from decision_tree.outcome import Outcome
from decision_tree.protocol import LANGUAGES, Language
from decision_tree.reading import read_safety
from decision_tree.tree import Compiled

START = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
ONE, TWO = "secret of one page", "secret of another"


def outcomes(compiled: Compiled) -> Iterator[Outcome]:
    for way in paths(compiled):
        outcome = decide(compiled, way)
        assert isinstance(outcome, Outcome)
        yield outcome


def events(
    compiled: Compiled,
    outcome: Outcome,
    case: str = ONE,
    start: date = START,
    now: datetime = NOW,
    language: Language = "nl",
) -> list[dict[str, str]]:
    text = icalendar(compiled.protocol, outcome, start, language, case, now=now)
    found = []
    for part in text.replace("\r\n ", "").split("BEGIN:VEVENT")[1:]:
        pairs = (line.partition(":") for line in part.split("\r\n"))
        found.append({name: value.replace("\\", "") for name, _, value in pairs})
    return found


def uids(found: list[dict[str, str]]) -> list[str]:
    return sorted(event["UID"] for event in found)


def test_two_pupils_with_the_same_answers_and_day_are_two_events(compiled: Compiled) -> None:
    """A follow-up that takes another's place is a follow-up that nobody sees."""
    for outcome in outcomes(compiled):
        one, two = (uids(events(compiled, outcome, case)) for case in (ONE, TWO))
        assert not set(one) & set(two)


def test_the_same_pupil_on_another_day_is_the_same_events_with_a_higher_number(
    compiled: Compiled,
) -> None:
    """A start day that was mended moves the events, in either language, however weekends fall."""
    for outcome in outcomes(compiled):
        first = events(compiled, outcome)
        for days, language in product((1, 3, 5), LANGUAGES):
            moved = events(
                compiled,
                outcome,
                ONE,
                START + timedelta(days),
                NOW + timedelta(seconds=1),
                language,
            )
            assert uids(moved) == uids(first)
            assert all(
                int(a["SEQUENCE"]) > int(b["SEQUENCE"]) for a, b in zip(moved, first, strict=True)
            )


def test_other_answers_are_other_events_even_on_one_page(compiled: Compiled) -> None:
    """Whoever changes an answer may have another pupil in mind."""
    found = [uid for outcome in outcomes(compiled) for uid in uids(events(compiled, outcome))]
    assert len(found) == len(set(found))


def test_an_answer_that_only_refines_the_list_leaves_the_events_the_same(
    compiled: Compiled,
) -> None:
    """It is given in the outcome itself, of the same pupil."""
    for outcome in outcomes(compiled):
        for question in compiled.protocol.refinements:
            for answer in question.answers:
                refined = decide(compiled, {**outcome.answers, question.id: answer.id})
                assert isinstance(refined, Outcome)
                assert set(uids(events(compiled, refined))) <= set(uids(events(compiled, outcome)))


def test_nobody_can_undo_a_uid_by_trying_schools_follow_ups_and_days(compiled: Compiled) -> None:
    """All that is known of a case, hashed in every way that was ever ours, is in no file."""
    school = compiled.protocol.school.id
    for outcome in outcomes(compiled):
        told = {uid.partition("@")[0] for uid in uids(events(compiled, outcome))}
        answers = [(q, outcome.answers[q]) for q in outcome.trail]
        for item in compiled.protocol.follow_up:
            seeds = [json.dumps(["", school, answers, item.id])]
            seeds += [
                f"{school}|{item.id}|{START}|{START + timedelta(days)}" for days in range(100)
            ]
            guesses = {sha256(seed.encode()).hexdigest()[:32] for seed in seeds}
            assert not guesses & told
        assert not any(ONE in uid or school in uid for uid in told)


def test_every_event_of_a_file_has_a_title_of_its_own(compiled: Compiled) -> None:
    """Which of how many, of which phase, and whose it is; and no follow-up hides behind another."""
    for outcome, language in product(outcomes(compiled), LANGUAGES):
        titles = [event["SUMMARY"] for event in events(compiled, outcome, language=language)]
        assert len(titles) == len(set(titles))
        assert all(f"({outcome.phase.name.in_language(language)})" in title for title in titles)
        if len(titles) > 1:
            for number, title in enumerate(titles, 1):
                assert f" {number} {'van' if language == 'nl' else 'of'} {len(titles)} (" in title


def test_the_file_is_no_invitation(compiled: Compiled) -> None:
    """A method is for sending, and asks for an organizer, who would be somebody."""
    for outcome in outcomes(compiled):
        text = icalendar(compiled.protocol, outcome, START, "nl", ONE, now=NOW)
        assert "METHOD" not in text
        assert "ORGANIZER" not in text


def test_a_carriage_return_in_a_text_begins_no_line_of_its_own(compiled: Compiled) -> None:
    """No word of a file becomes part of the calendar's own language."""
    from dataclasses import replace

    follow_up = tuple(
        replace(f, do=replace(f.do, nl="Kijk\rATTENDEE:mailto:a@b.c\r\nMETHOD:REQUEST"))
        for f in compiled.protocol.follow_up
    )
    protocol = replace(compiled.protocol, follow_up=follow_up)
    for outcome in outcomes(replace(compiled, protocol=protocol)):
        text = icalendar(protocol, outcome, START, "nl", ONE, now=NOW).replace("\r\n", "\n")
        assert "\r" not in text
        assert not [x for x in text.split("\n") if x.startswith(("ATTENDEE", "METHOD"))]


def call(compiled: Compiled, answers: Mapping[str, str], **more: object) -> dict[str, object]:
    school = browser.load(browser.dump(compiled, read_safety()))
    payload = {"school": school, "answers": answers, "language": "nl", **more}
    answer: dict[str, object] = json.loads(browser.call("calendar", json.dumps(payload)))
    return answer


@pytest.mark.parametrize("start", ["9999-12-31", "12026-01-05", "275760-09-13", "", "0001-01-01"])
def test_the_page_gets_a_sentence_for_a_day_that_is_none(compiled: Compiled, start: str) -> None:
    """An error that Python tells, not one that the page must guess from silence."""
    answer = call(compiled, next(paths(compiled)), start=start, case=ONE)
    assert f"`{start}` is no day here" in str(answer["error"])
    assert "ics" not in answer


def test_the_page_gets_dates_alone_until_it_wants_a_file(compiled: Compiled) -> None:
    """And with the code that it made up, the file that the desk would make."""
    way = next(paths(compiled))
    assert call(compiled, way, start="2026-11-23")["ics"] is None
    answer = call(compiled, way, start="2026-11-23", case=ONE)
    outcome = decide(compiled, way)
    assert isinstance(outcome, Outcome)
    read = Calendar.from_ical(str(answer["ics"])).walk("VEVENT")
    assert sorted(str(event["UID"]) for event in read) == uids(events(compiled, outcome))
