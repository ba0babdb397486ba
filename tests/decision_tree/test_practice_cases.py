"""Written cases: they cover the school's table, and their author agrees with the engine."""

from __future__ import annotations

import re
from itertools import combinations, pairwise
from pathlib import Path

import pytest

from decision_tree.errors import BadFile
from decision_tree.practice import FORMS, Case, as_expected, expected
from decision_tree.practice_coverage import LEAST_FORM, covered, roles_by
from decision_tree.practice_schedule import FLAG_EVERY
from decision_tree.protocol import LANGUAGES, UNKNOWN
from decision_tree.reading_cases import read_cases
from tests.decision_tree.practising import SAFETY, SCHOOLS, cases_of, compiled_school, parts

CASES = [
    pytest.param(school, case, id=f"{school}-{case.id}")
    for school in SCHOOLS
    for case in cases_of(school).cases
]


@pytest.mark.parametrize(("school", "case"), CASES)
def test_author_and_engine_agree(school: str, case: Case) -> None:
    """The author wrote down what should happen; the engine computes it from the facts."""
    assert as_expected(compiled_school(school), SAFETY, case) == case.expect


@pytest.mark.parametrize(("school", "case"), CASES)
def test_what_must_be_asked_first_is_what_the_engine_would_ask(school: str, case: Case) -> None:
    """No fact is asked for that can no longer matter, and none that the text already tells."""
    found = expected(compiled_school(school), SAFETY, case)
    assert found.need_first == case.need_first
    assert all(case.facts[question] == UNKNOWN for question in case.need_first)


@pytest.mark.parametrize(("school", "case"), CASES)
def test_a_text_has_sixty_to_a_hundred_and_twenty_words_in_both_languages(
    school: str, case: Case
) -> None:
    """A letter, neither a note nor a report; and the English is no copy."""
    for language in LANGUAGES:
        assert 60 <= len(case.text.in_language(language).split()) <= 120, language
    assert case.text.nl != case.text.en


@pytest.mark.parametrize(("school", "case"), CASES)
def test_marks_stand_in_the_text_and_do_not_overlap(school: str, case: Case) -> None:
    """The page cuts the text at the marks."""
    assert case.marks
    for language in LANGUAGES:
        text = case.text.in_language(language)
        places = sorted(
            (text.index(m.in_language(language)), len(m.in_language(language))) for m in case.marks
        )
        for (start, length), (following, _) in pairwise(places):
            assert start + length <= following, text[start:]


@pytest.mark.parametrize(("school", "case"), CASES)
def test_every_fact_that_counts_is_marked(school: str, case: Case) -> None:
    """With a red flag only the flag counts; otherwise all that the engine asked for."""
    found = expected(compiled_school(school), SAFETY, case)
    marked = {mark.fact for mark in case.marks}
    if found.outcome is None:
        assert "red_flag" in marked
    else:
        assert set(found.outcome.trail) <= marked


@pytest.mark.parametrize(("school", "case"), CASES)
def test_names_are_from_the_balanced_list_and_stand_in_the_text(school: str, case: Case) -> None:
    """Otherwise the balance could not be counted."""
    known = {name.name for name in parts().names}
    for person in case.people:
        assert person.name in known
        for language in LANGUAGES:
            assert re.search(rf"\b{person.name}", case.text.in_language(language)), person.name
    spoken = {name for name in known if re.search(rf"\b{name}\b", case.text.nl)}
    assert spoken <= {person.name for person in case.people}, "a name of the list without a part"


@pytest.mark.parametrize(("school", "case"), CASES)
def test_no_text_names_the_phase(school: str, case: Case) -> None:
    """A case does not give away its answer."""
    for phase in compiled_school(school).protocol.phases:
        if phase.named:
            for language in LANGUAGES:
                pattern = rf"\b{re.escape(phase.name.in_language(language))}\b"
                assert not re.search(pattern, case.text.in_language(language), re.IGNORECASE)


@pytest.mark.parametrize("school", SCHOOLS)
def test_written_cases_cover_every_rule_and_every_answer(school: str) -> None:
    """Each boundary of the table lies between two answers; both sides have a case."""
    assert covered(compiled_school(school), SAFETY, cases_of(school)).missing == []


@pytest.mark.parametrize("school", SCHOOLS)
def test_there_are_enough_of_each_kind(school: str) -> None:
    """24 cases, one in six with a red flag, three that ask first, all near-misses and voices."""
    found = covered(compiled_school(school), SAFETY, cases_of(school))
    assert found.cases >= 24
    assert sum(found.flags.values()) * 6 >= found.cases
    assert found.ask_first >= 3
    assert set(found.near_misses) >= {
        "mutual-teasing",
        "quarrel",
        "one-severe",
        "hits-back",
        "single-rejection",
    }
    primary = compiled_school(school).protocol.school.kind == "primary"  # where nobody is a mentor
    assert set(found.voices) == {"teacher", "parent", "pupil"} | (set() if primary else {"mentor"})
    assert FLAG_EVERY <= 6


@pytest.mark.parametrize("school", SCHOOLS)
def test_no_form_is_rare(school: str) -> None:
    """Relational and online bullying are missed in practice when they are rare in training."""
    found = covered(compiled_school(school), SAFETY, cases_of(school))
    for form in FORMS:
        assert found.forms[form] >= LEAST_FORM * found.cases, form


@pytest.mark.parametrize("trait", ["gender", "background"])
@pytest.mark.parametrize("school", [*SCHOOLS, "all"])
def test_names_do_not_predict_roles(school: str, trait: str) -> None:
    """Chi-square over who is bullied and who bullies, per school and over all."""
    chosen = SCHOOLS if school == "all" else (school,)
    test = roles_by(parts().names, [c for s in chosen for c in cases_of(s).cases], trait)
    assert test.p > 0.05, test


@pytest.mark.parametrize("school", SCHOOLS)
def test_no_two_cases_are_alike(school: str) -> None:
    """Measured by shared runs of four words; a new name on an old story would share most of them."""
    for one, other in combinations(cases_of(school).cases, 2):
        a, b = _runs(one.text.nl), _runs(other.text.nl)
        assert len(a & b) <= 0.06 * min(len(a), len(b)), (one.id, other.id, a & b)
        assert one.text.en != other.text.en


def test_ids_differ_between_schools_or_texts_do() -> None:
    """The same story is not told for two schools."""
    texts = [case.text.nl for school in SCHOOLS for case in cases_of(school).cases]
    assert len(set(texts)) == len(texts)


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[i : i + 4]) for i in range(len(words) - 3)}


def test_an_error_in_a_case_file_is_not_taken_for_one_in_the_protocol_of_that_name(
    tmp_path: Path,
) -> None:
    """Both are called after the school."""
    file = tmp_path / "cases" / "cals.yaml"
    file.parent.mkdir()
    for text, said in (("school: cals\nkases: []\n", ":2:1: R14 "), ("school: [\n", ":2:1: R02 ")):
        file.write_text(text, encoding="utf-8")
        with pytest.raises(BadFile) as refused:
            read_cases(file)
        assert f"cases/cals.yaml{said}" in str(refused.value)
