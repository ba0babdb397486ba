"""Marking: right is right whatever the seed, wrong is told kindly, and always with the reason."""

from __future__ import annotations

import functools
import itertools
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from decision_tree import browser
from decision_tree.codec import from_plain, to_plain
from decision_tree.outcome import Outcome
from decision_tree.practice import Case, expected
from decision_tree.practice_calls import dump_cases, pieces
from decision_tree.practice_feedback import as_at
from decision_tree.practice_marking import Graded, mark
from decision_tree.practice_options import (
    ASK,
    GO,
    LEAVE,
    MOST_FIRST,
    MOST_STEPS,
    MOST_WHO,
    Choice,
    choices,
    roles_text,
)
from decision_tree.practice_parts import CaseFile
from decision_tree.protocol import LANGUAGES, UNSTATED, Language, Text
from tests.decision_tree.practising import (
    SAFETY,
    SCHOOLS,
    cases_of,
    compiled_school,
    composer_of,
    parts,
)


@functools.cache
def all_cases(school: str) -> tuple[Case, ...]:
    """The written cases and some composed ones."""
    composer = composer_of(school)
    return (
        *cases_of(school).cases,
        *(composer.compose(composer.any_id(seed)) for seed in range(40)),
    )


@pytest.mark.parametrize("school", SCHOOLS)
def test_the_right_answers_are_offered_and_marked_right(school: str) -> None:
    """For every case and several orders of the choices."""
    compiled = compiled_school(school)
    for case in all_cases(school):
        for seed in (0, 99):
            asked = choices(compiled, SAFETY, case, seed)
            given: dict[str, str] = {}
            for choice in asked:
                ids = [option.id for option in choice.options]
                assert len(ids) == len(set(ids)), (case.id, ids)
                assert set(choice.right) <= set(ids), (case.id, choice)
                assert len(ids) >= 2, (case.id, choice.part)
                given[choice.part] = choice.right[0]
            marked = mark(compiled, SAFETY, case, given, seed)
            assert [p.part for p in marked.parts] == [c.part for c in asked]
            assert all(p.good for p in marked.parts)
            assert all(marked.facets.values())
            assert marked.facets


@pytest.mark.parametrize("school", SCHOOLS)
def test_every_choice_is_told_why_in_both_languages(school: str) -> None:
    """Right or not, kindly; a wrong phase, role or step tells what it had led to for whom it happens to."""
    for told in all_told(school):
        for graded, choice in zip(told.parts, told.asked, strict=True):
            assert graded.good == (graded.given in choice.right)
            assert graded.words.nl != graded.words.en
            for words in (graded.words.nl, graded.words.en):
                assert words.endswith((".", "?", "”", "’", "!", ")")), words
                assert len(words.split()) <= 90, words
                assert not UNKIND.search(words), words
                assert "{" not in words
            if not graded.good and graded.part in ("phase", "who", "step"):
                assert SUFFERS.search(graded.words.nl), graded.words.nl
                assert SUFFERS.search(graded.words.en), graded.words.en


@pytest.mark.parametrize("school", SCHOOLS)
def test_what_is_said_of_one_question_does_not_answer_the_next(school: str) -> None:
    """A case may name someone in its facts; beyond these the words keep silent about who and what."""
    compiled = compiled_school(school)
    facts = [a.condition for q in compiled.protocol.questions for a in q.answers]
    facts += [phase.name for phase in compiled.protocol.phases]
    for told in all_told(school):
        for (_, following), said in zip(itertools.pairwise(told.asked), told.parts, strict=False):
            answers = [o.label for o in following.options if o.id in following.right]
            for language in LANGUAGES:
                words = said.words.in_language(language).lower()
                for fact in facts:
                    words = words.replace(fact.in_language(language).lower(), "")
                for answer in answers:
                    given_away = answer.in_language(language).lower().rstrip(".")
                    assert not re.search(rf"\b{re.escape(given_away)}\b", words), (
                        told.case.id,
                        words,
                    )


SUFFERS = re.compile(r"wie dit overkomt|whoever this happens to")
UNKIND = re.compile(r"\b(fout|wrong|helaas|unfortunately|score|punten|points)\b", re.IGNORECASE)


@pytest.mark.parametrize("school", SCHOOLS)
def test_no_word_of_ours_takes_a_colleague_who_is_bullied_for_a_pupil(school: str) -> None:
    """A protocol may be for staff too, and nothing in its data says which: our words fit both."""
    looked = 0
    for told, graded in each_told(school):
        for language in LANGUAGES:
            words = graded.words.in_language(language)
            if OF_PUPILS.search(words):
                looked += 1
                for quoted in quotable(school)[language]:
                    words = words.replace(quoted, "")
            assert not OF_PUPILS.search(words), (told.case.id, words)
    assert looked > 0


@pytest.mark.parametrize("school", SCHOOLS)
def test_what_is_only_assumed_is_never_told_as_a_fact(school: str) -> None:
    """Where the message is silent, the words first say that it is not known, then draw on it."""
    looked = 0
    for told, graded in each_told(school):
        outcome = told.outcome
        if outcome is None or graded.part not in ("phase", "who"):
            continue
        for assumed in outcome.assumed:
            if not any(assumed.question.id in rule.when for rule in outcome.rules):
                continue
            looked += 1
            condition = assumed.question.answer(assumed.answer).condition
            for language, act in ACT_AS_IF.items():
                words = graded.words.in_language(language)
                because = outcome.rules[0].because.in_language(language)
                before = words[: words.index(act)]
                assert condition.in_language(language) in before, words
                assert because not in before, words
    assert looked > 0


@pytest.mark.parametrize("school", SCHOOLS)
def test_where_another_does_the_first_step_it_is_said_who(school: str) -> None:
    """Beside who acts next, as when whoever sees it steps in before the coach has the case."""
    compiled = compiled_school(school)
    for told, graded in each_told(school):
        outcome = told.outcome
        if outcome is None or graded.part != "who" or UNSTATED in outcome.lead:
            continue
        who = outcome.first_step.who
        other = UNSTATED not in who and set(who).isdisjoint(outcome.lead)
        assert ("De eerste stap is wel voor: " in graded.words.nl) == other, (
            told.case.id,
            graded.words,
        )
        if other:
            assert f"is for: {roles_text(compiled.protocol, who).en}." in graded.words.en


OF_PUPILS = re.compile(r"\b(leerling|kind|pupil|child)", re.IGNORECASE)
ACT_AS_IF: dict[Language, str] = {"nl": "zolang gaan we daarvan uit.", "en": "we assume so."}


@dataclass(frozen=True)
class Told:
    """What was asked of a case, what the engine makes of it, and what was said of one answer to each."""

    case: Case
    outcome: Outcome | None
    asked: tuple[Choice, ...]
    parts: tuple[Graded, ...]


@functools.cache
def all_told(school: str) -> tuple[Told, ...]:
    """Every choice of every case, marked: one of each at once.

    Of what was marked only the words are kept: all its outcomes together would fill the memory.
    """
    compiled = compiled_school(school)
    found: list[Told] = []
    for case in all_cases(school):
        asked = choices(compiled, SAFETY, case)
        outcome = expected(compiled, SAFETY, case).outcome
        for i in range(max(len(choice.options) for choice in asked)):
            given = {str(c.part): c.options[i % len(c.options)].id for c in asked}
            parts = mark(compiled, SAFETY, case, given).parts
            found.append(Told(case, outcome, asked, parts))
    return tuple(found)


def each_told(school: str) -> Iterator[tuple[Told, Graded]]:
    """Each choice of each case once."""
    seen: set[tuple[str, str, str]] = set()
    for told in all_told(school):
        for graded in told.parts:
            this = (told.case.id, graded.part, graded.given)
            if this not in seen:
                seen.add(this)
                yield told, graded


@functools.cache
def quotable(school: str) -> dict[Language, tuple[str, ...]]:
    """What feedback may quote of the data, the longest first, as it is said at this kind of school."""
    protocol = compiled_school(school).protocol
    found: list[Text] = []

    def gather(thing: object) -> None:
        if isinstance(thing, dict):
            if isinstance(thing.get("nl"), str) and isinstance(thing.get("en"), str):
                found.append(Text(nl=thing["nl"], en=thing["en"]))
            for value in thing.values():
                gather(value)
        elif isinstance(thing, list | tuple):
            for value in thing:
                gather(value)

    gather(to_plain(protocol))
    gather(to_plain(SAFETY))
    quotes: dict[Language, tuple[str, ...]] = {}
    for language in LANGUAGES:
        forms = set[str]()
        for text in found:
            for words in {
                each.in_language(language) for each in (text, as_at(protocol.school.kind, text))
            }:
                if len(words) > 8:  # the bare word would hide what the test looks for
                    forms |= {words, words[:1].lower() + words[1:]}
        quotes[language] = tuple(sorted(forms, key=len, reverse=True))
    return quotes


@pytest.mark.parametrize("school", SCHOOLS)
def test_choices_are_few_and_differ_in_words(school: str) -> None:
    """Two choices that read the same would be a riddle."""
    compiled = compiled_school(school)
    for case in all_cases(school):
        for choice in choices(compiled, SAFETY, case):
            most = {"first": MOST_FIRST, "who": MOST_WHO, "step": MOST_STEPS}.get(choice.part, 99)
            assert len(choice.options) <= max(most, len(choice.right) + 2)
            for language in LANGUAGES:
                labels = [option.label.in_language(language) for option in choice.options]
                assert len(set(labels)) == len(labels), labels


@pytest.mark.parametrize("school", SCHOOLS)
def test_a_step_that_may_be_taken_now_is_never_offered_as_wrong(school: str) -> None:
    """Making safe at once is right in every phase, even where another step comes first."""
    compiled = compiled_school(school)
    for case in all_cases(school):
        found = expected(compiled, SAFETY, case)
        if found.outcome is None:
            continue
        now = {held.item.id for held in found.outcome.steps if held.item.moment == "now"}
        step = choices(compiled, SAFETY, case)[-1]
        assert {option.id for option in step.options} & now == set(step.right)


@pytest.mark.parametrize("school", SCHOOLS)
def test_the_first_question_always_offers_the_ladder_and_leaving_it(school: str) -> None:
    """So that its choices give nothing away."""
    compiled = compiled_school(school)
    for case in all_cases(school):
        first = choices(compiled, SAFETY, case)[0]
        ids = [option.id for option in first.options]
        assert ids[0] == GO
        assert ids[-1] == LEAVE
        assert any(option.startswith(ASK) for option in ids)
        assert first.right == (
            (LEAVE,) if case.flag else tuple(ASK + q for q in case.need_first) or (GO,)
        )


@pytest.mark.parametrize("school", SCHOOLS)
def test_something_would_have_changed_it(school: str) -> None:
    """Each case with a rule has one fact on which it turned, told in words."""
    compiled = compiled_school(school)
    for case in all_cases(school):
        marked = mark(compiled, SAFETY, case, {"first": GO})
        if marked.expected.outcome is not None:
            assert marked.change is not None
            assert marked.change_words is not None
            assert marked.rules


def test_the_change_told_is_the_one_that_makes_a_wrong_answer_right() -> None:
    """Whoever says phase 2 for a first time hears: if it had persisted."""
    compiled = compiled_school("cals")
    case = next(c for c in cases_of("cals").cases if c.id == "handball")
    marked = mark(compiled, SAFETY, case, {"phase": "fase-2"})
    assert marked.change is not None
    assert (marked.change.question.id, marked.change.answer) == ("how_often", "persistent")
    marked = mark(compiled, SAFETY, case, {"who": "pupil-coordinator", "phase": "fase-1"})
    assert marked.change is not None
    assert marked.change.question.id == "classes"


def test_tapped_marks_are_told_apart() -> None:
    """Found and overlooked, nothing counted."""
    compiled = compiled_school("cals")
    case = next(c for c in cases_of("cals").cases if c.id == "handball")
    marked = mark(compiled, SAFETY, case, {"marks": [0, 2, 77]})
    assert (marked.found, marked.overlooked) == ((0, 2), (1,))
    untouched = mark(compiled, SAFETY, case, {})
    assert (untouched.found, untouched.overlooked, untouched.parts) == ((), (), ())


@pytest.mark.parametrize("school", SCHOOLS)
def test_pieces_put_together_are_the_text(school: str) -> None:
    """The page shows the text in pieces; none may be lost, and each mark is one piece."""
    for case in all_cases(school):
        for language in LANGUAGES:
            cut = pieces(case, language)
            assert "".join(piece["text"] for piece in cut) == case.text.in_language(language)
            assert {piece["mark"] for piece in cut} - {None} == set(range(len(case.marks)))


@pytest.mark.parametrize("school", SCHOOLS)
def test_the_browser_rebuilds_the_very_same_cases(school: str) -> None:
    """What is written as JSON at build time is read back equal."""
    file = cases_of(school)
    assert from_plain(CaseFile, json.loads(json.dumps(to_plain(file)))) == file
    assert from_plain(type(parts()), json.loads(json.dumps(to_plain(parts())))) == parts()


@pytest.mark.parametrize("school", SCHOOLS)
def test_a_whole_round_through_the_door(school: str) -> None:
    """Draw, show, choose, mark, record: JSON in, JSON out, as the page will do it."""
    browser.load(browser.dump(compiled_school(school), SAFETY))
    browser.load_cases(dump_cases(cases_of(school), parts()))

    def ask(name: str, **payload: object) -> dict[str, object]:
        answer: dict[str, object] = json.loads(
            browser.call(name, json.dumps({"school": school, **payload}))
        )
        assert "error" not in answer, answer
        return answer

    progress: object = None
    used: list[object] = []
    for case_id in _list(ask("practice_draw", count=5, seed=3, progress=progress)["cases"]):
        case = ask("practice_case", case=case_id)
        assert case["id"] == case_id
        given: dict[object, object] = {}
        for question in _list(ask("practice_options", case=case_id, seed=3)["questions"]):
            given[question["part"]] = question["options"][0]["id"]
        marked = ask("practice_mark", case=case_id, seed=3, given=given | {"marks": [0]})
        assert marked["parts"]
        used.append(case_id)
        answer = ask(
            "practice_record",
            progress=progress,
            case=case_id,
            facets=marked["facets"],
            end=len(used) == 5,
        )
        progress = answer["progress"]
        assert ask("practice_progress", progress=progress) == answer
    assert len(set(used)) == 5
    assert isinstance(progress, dict)
    assert progress["round"] == 1
    assert ask("practice_next", used=used, seed=3, progress=progress)["case"] not in used
    made = ask("practice_generate", seed=8)
    assert made["composed"]
    ask("practice_neighbours", case=made["id"])
    assert len(_list(ask("practice_list")["cases"])) == len(cases_of(school).cases)


@pytest.mark.parametrize(("name", "payload"), [
    ("practice_case", {"case": "nowhere"}), ("practice_case", {}), ("practice_draw", {"seed": -1}),
    ("practice_draw", {"seed": "x"}), ("practice_mark", {"case": "handball"}),
    ("practice_mark", {"case": "handball", "given": {"marks": ["x"]}}),
    ("practice_generate", {"seed": 1, "facts": {"happened": "fire"}}),
])  # fmt: skip
def test_what_makes_no_sense_is_answered_in_words(name: str, payload: dict[str, object]) -> None:
    """A link may hold anything; the page gets a sentence, not a crash."""
    browser.load(browser.dump(compiled_school("cals"), SAFETY))
    browser.load_cases(dump_cases(cases_of("cals"), parts()))
    answer = json.loads(browser.call(name, json.dumps({"school": "cals", **payload})))
    assert answer["error"]


def _list(value: object) -> list[dict[str, list[dict[str, str]]]]:
    assert isinstance(value, list)
    return value
