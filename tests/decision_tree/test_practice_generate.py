"""Composed cases: for every cell and several seeds, what is told is what the engine reads."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from decision_tree.errors import BadAnswer
from decision_tree.guide import RED_FLAG
from decision_tree.practice import FORMS, as_expected, expected
from decision_tree.practice_coverage import LEAST_FORM, composed, independence, roles_by, tail
from decision_tree.practice_generate import FEWEST, MOST
from decision_tree.protocol import LANGUAGES, UNKNOWN, UNSTATED
from decision_tree.table import Table
from tests.decision_tree.practising import (
    SAFETY,
    SCHOOLS,
    cases_of,
    compiled_school,
    composer_of,
    parts,
)

SEEDS = (0, 1, 123456789)
DRAWN = 300


@pytest.mark.parametrize("school", SCHOOLS)
def test_every_cell_can_be_told_and_is_read_as_its_rule(school: str) -> None:
    """The rule that fits the cell is among those that the engine finds for the composed case."""
    compiled, composer = compiled_school(school), composer_of(school)
    table = Table.of(compiled.protocol)
    for cell in composer.cells():
        for seed in SEEDS:
            case = composer.compose(composer.name(cell, seed))
            assert case.facts == cell
            found = expected(compiled, SAFETY, case)
            assert as_expected(compiled, SAFETY, case) == case.expect
            outcome = found.outcome or found.behind
            assert outcome is not None
            fitting = table.fitting({q: a for q, a in cell.items() if q != RED_FLAG})
            assert {rule.id for rule in outcome.rules} <= {rule.id for rule in fitting}


@pytest.mark.parametrize("school", SCHOOLS)
def test_every_composed_text_is_whole_short_and_gives_nothing_away(school: str) -> None:
    """25 to 90 words, no slot left, no phase, and nobody who leads is named."""
    compiled, composer = compiled_school(school), composer_of(school)
    leads = {role for rule in compiled.protocol.rules for role in rule.lead if role != UNSTATED}
    ids = [composer.name(cell, seed) for cell in composer.cells() for seed in SEEDS]
    for case in map(composer.compose, [*ids, *(composer.any_id(seed) for seed in range(DRAWN))]):
        for language in LANGUAGES:
            text = case.text.in_language(language)
            assert FEWEST <= len(text.split()) <= MOST, (case.id, text)
            assert not re.search(r"[{}]|  ", text), text
            secret = [p.name for p in compiled.protocol.phases if p.named]
            secret += [compiled.protocol.role(lead).name for lead in leads]
            for words in secret:
                assert not re.search(
                    rf"\b{re.escape(words.in_language(language))}\b", text, re.IGNORECASE
                ), text


@pytest.mark.parametrize("school", SCHOOLS)
def test_marks_of_composed_cases_stand_in_the_text_one_per_fact(school: str) -> None:
    """So that a learner can tap the sentence that matters."""
    composer = composer_of(school)
    for seed in range(DRAWN):
        case = composer.compose(composer.any_id(seed))
        facts = [m.fact for m in case.marks]
        assert len(facts) == len(set(facts))
        assert set(case.facts) - {RED_FLAG} <= set(facts)
        for language in LANGUAGES:
            assert all(
                m.in_language(language) in case.text.in_language(language) for m in case.marks
            )


@pytest.mark.parametrize("school", SCHOOLS)
def test_the_same_id_is_always_the_same_case(school: str) -> None:
    """A link to a case must show the case."""
    one, other = composer_of(school), composer_of.__wrapped__(school)
    for seed in range(50):
        assert one.compose(one.any_id(seed)) == other.compose(other.any_id(seed))


def test_an_id_made_today_still_says_the_same() -> None:
    """Guards the draw itself: another order of names would break every shared link."""
    case = composer_of("cals").compose("g7.verbal.first.same")
    assert [person.name for person in case.people] == PEOPLE_OF_SEED_7


PEOPLE_OF_SEED_7 = ["Jasmijn", "Femke", "Mateusz"]


@pytest.mark.parametrize("school", SCHOOLS)
def test_neighbours_differ_in_one_fact_and_end_elsewhere(school: str) -> None:
    """The pairs that teach: everything the same but one answer."""
    composer = composer_of(school)
    pairs = 0
    for seed in range(20):
        name = composer.any_id(seed)
        case = composer.compose(name)
        for other_name in composer.neighbours(name):
            other = composer.compose(other_name)
            shared = (set(case.facts) & set(other.facts)) - {RED_FLAG}
            assert sum(case.facts[q] != other.facts[q] for q in shared) == 1
            assert other.expect != case.expect
            pairs += 1
    assert pairs > 10


@pytest.mark.parametrize("school", SCHOOLS)
def test_random_draws_are_balanced(school: str) -> None:
    """No rare form; red flags and gaps come up; names do not predict roles."""
    drawn = composed(compiled_school(school), SAFETY, parts(), cases_of(school), DRAWN)
    forms = Counter(case.facets.form for case in drawn)
    for form in FORMS:
        assert forms[form] >= LEAST_FORM * DRAWN * 0.9, forms  # a random draw varies a little
    assert sum(case.flag is not None for case in drawn) >= DRAWN / 10
    assert sum(UNKNOWN in case.facts.values() for case in drawn) >= DRAWN / 40
    for trait in ("gender", "background"):
        assert roles_by(parts().names, drawn, trait).p > 0.05


@pytest.mark.parametrize("bad", ["", "g", "g1", "g1.verbal", "g1.verbal.first.nowhere", "g1.verbal._._",
                                 "g1.teasing.first.same", "g1.verbal.first.same!fire", "x.verbal.first.same",
                                 "g1.verbal.first.same.more", "g9999999999.teasing._._", "g1.VERBAL.first.same"])  # fmt: skip
def test_an_id_that_is_none_is_refused(bad: str) -> None:
    """Ids come from links, so from anywhere."""
    with pytest.raises(BadAnswer):
        composer_of("cals").compose(bad)


def test_names_are_balanced_and_unique() -> None:
    """As many of each gender, and half of each background."""
    names = parts().names
    assert len({n.name for n in names}) == len(names)
    genders, backgrounds = Counter(n.gender for n in names), Counter(n.background for n in names)
    assert genders["f"] == genders["m"]
    assert backgrounds["dutch"] == backgrounds["other"]


def test_chi_square_agrees_with_known_values() -> None:
    """The 5 % points of the usual tables."""
    for freedom, point in (
        (1, 3.841),
        (2, 5.991),
        (3, 7.815),
        (4, 9.488),
        (5, 11.070),
        (6, 12.592),
    ):
        assert tail(point, freedom) == pytest.approx(0.05, abs=1e-4)
    even = independence([("f", "a"), ("f", "b"), ("m", "a"), ("m", "b")] * 10)
    assert (even.statistic, even.p) == (0.0, 1.0)
    assert independence([("f", "a")] * 20 + [("m", "b")] * 20).p < 0.001
