"""The prover against brute force, on protocols that Hypothesis makes up."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from decision_tree.boxes import bits
from decision_tree.protocol import Rule
from decision_tree.reading import Read
from decision_tree.table import Table
from tests.decision_tree.made_up import any_rules, question, questions, rule


@st.composite
def tables(draw: st.DrawFn) -> Table:
    asked = draw(questions())
    return Table(asked, draw(any_rules(asked)))


def fits(rule: Rule, cell: dict[str, str]) -> bool:
    """Written apart from the engine, so that the two can disagree."""
    return all(cell[name] in allowed for name, allowed in rule.when.items())


@given(tables())
def test_a_gap_is_found_exactly_when_brute_force_finds_one(table: Table) -> None:
    """And the counterexample really fits no rule."""
    uncovered = [cell for cell in table.cells() if not any(fits(r, cell) for r in table.rules)]
    gap = table.gap()
    assert (gap is None) == (not uncovered)
    if gap is not None:
        assert dict(gap.cell) in uncovered


@given(tables())
def test_overlaps_are_exactly_the_pairs_that_share_a_combination(table: Table) -> None:
    """And each comes with a combination that both rules fit."""
    shared = {
        (r.id, s.id)
        for i, r in enumerate(table.rules)
        for s in table.rules[i + 1 :]
        if any(fits(r, cell) and fits(s, cell) for cell in table.cells())
    }
    found = list(table.overlaps())
    assert {(o.first.id, o.second.id) for o in found} == shared
    for overlap in found:
        assert fits(overlap.first, dict(overlap.cell))
        assert fits(overlap.second, dict(overlap.cell))


@given(tables())
def test_a_rule_is_unreachable_exactly_when_no_combination_fits_it(table: Table) -> None:
    """An empty list of answers is the only way."""
    dead = [r for r in table.rules if not any(fits(r, cell) for cell in table.cells())]
    assert table.unreachable() == dead


@given(tables())
def test_the_domain_has_as_many_combinations_as_it_says(table: Table) -> None:
    """Each once."""
    cells = [tuple(cell.items()) for cell in table.cells()]
    assert len(cells) == len(set(cells)) == table.size


@given(tables(), st.data())
def test_fitting_keeps_exactly_the_rules_that_some_completion_fits(
    table: Table, data: st.DataObject
) -> None:
    """With part of the answers known."""
    whole = data.draw(st.sampled_from(list(table.cells())))
    known = {name: answer for name, answer in whole.items() if data.draw(st.booleans())}
    possible = {
        r.id
        for cell in table.cells()
        if known.items() <= cell.items()
        for r in table.rules
        if fits(r, cell)
    }
    assert {r.id for r in table.fitting(known)} == possible


@given(tables(), st.data())
def test_neighbours_are_the_rules_between_which_one_answer_decides(
    table: Table, data: st.DataObject
) -> None:
    """Compared with looking at every combination twice."""
    q = data.draw(st.integers(0, len(table.questions) - 1))
    name, ids = table.questions[q].id, table.answer_ids[q]
    a, b = data.draw(st.sampled_from(range(len(ids)))), data.draw(st.sampled_from(range(len(ids))))
    pairs = {
        (r, s)
        for cell in table.cells()
        if cell[name] == ids[a]
        for r, first in enumerate(table.rules)
        if fits(first, cell)
        for s, second in enumerate(table.rules)
        if fits(second, {**cell, name: ids[b]})
    }
    assert pairs == {
        (r, s)
        for r in bits(table.allowing[q][a])
        for s in bits(table.beside(r, q, table.allowing[q][b]))
    }
    for r, s in pairs:
        cell = table.between(q, a, r, s)
        assert cell[name] == ids[a]
        assert fits(table.rules[r], cell)
        assert fits(table.rules[s], {**cell, name: ids[b]})


def test_between_two_rules_lies_a_combination_inside_both() -> None:
    """The other questions get answers that both rules allow, not just one of them."""
    asked = (question("happened", 2), question("how_often", 3), question("classes", 3))
    one = rule(
        0, {"happened": ("a0",), "how_often": ("a0", "a2"), "classes": ("a1", "a2")}, "p0", "mentor"
    )
    two = rule(
        1, {"happened": ("a1",), "how_often": ("a1", "a2"), "classes": ("a0", "a1")}, "p1", "mentor"
    )
    table = Table(asked, (one, two))
    assert list(bits(table.beside(0, 0, table.allowing[0][1]))) == [1]
    assert table.between(0, 0, 0, 1) == {"happened": "a0", "how_often": "a2", "classes": "a1"}


def test_the_nearest_rule_misses_by_the_fewest_conditions() -> None:
    """It helps the writer to see which rule should have been wider."""
    asked = (question("happened", 3), question("how_often", 3))
    far = rule(0, {"happened": ("a0",), "how_often": ("a0",)}, "p0", "mentor")
    near = rule(1, {"happened": ("a1",), "how_often": ("a2",)}, "p0", "mentor")
    assert Table(asked, (far, near)).nearest({"happened": "a1", "how_often": "a1"}) == near
    assert Table(asked, ()).nearest({"happened": "a1", "how_often": "a1"}) is None


def test_every_combination_of_every_school_fits_exactly_one_rule(school: Read) -> None:
    """By walking all of them, which is how the certificate can be checked."""
    table = Table.of(school.protocol)
    counts = Counter(sum(fits(r, cell) for r in table.rules) for cell in table.cells())
    assert counts == {1: table.size}
