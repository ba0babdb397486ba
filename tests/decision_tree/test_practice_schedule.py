"""The scheduler: what is missed comes back soon, what is known comes back later, nothing leaks."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decision_tree.practice_chance import number, pick, shuffled
from decision_tree.practice_schedule import (
    REMEMBERED,
    WAITS,
    draw,
    ended,
    fresh,
    picture,
    recorded,
    restored,
)

CASES = {
    **{f"online-{i}": ("form:online", "who:mentor") for i in range(6)},
    **{f"verbal-{i}": ("form:verbal", "who:coach") for i in range(6)},
    **{f"flag-{i}": ("red_flag:images", "form:online") for i in range(4)},
}


def test_a_right_answer_moves_one_box_up_and_a_miss_back_to_the_first() -> None:
    """Leitner's rule, once a round at most."""
    progress = recorded(fresh("x"), "a", {"form:online": True})
    assert progress["facets"]["form:online"]["box"] == 2
    assert recorded(progress, "b", {"form:online": True})["facets"]["form:online"]["box"] == 2
    progress = recorded(ended(progress), "b", {"form:online": True})
    assert progress["facets"]["form:online"] == {
        "box": 3,
        "due": 1 + WAITS[2],
        "moved": 1,
        "right": 2,
        "seen": 2,
    }
    assert recorded(progress, "c", {"form:online": False})["facets"]["form:online"]["box"] == 1


def test_what_was_missed_comes_first_in_the_next_round() -> None:
    """And what went well waits."""
    progress = fresh("x")
    for name in ("form:online", "who:mentor", "who:coach", "red_flag:images"):
        progress = recorded(progress, "z", {name: True})
    progress = ended(recorded(progress, "z", {"form:verbal": False}))
    for seed in range(20):
        chosen = draw(CASES, progress, 2, seed)
        assert any(name.startswith("verbal") for name in chosen), chosen


@pytest.mark.parametrize("count", [5, 10])
def test_a_round_has_no_case_twice_and_red_flags_enough(count: int) -> None:
    """One in five, so at least one in six."""
    for seed in range(30):
        chosen = draw(CASES, fresh("x"), count, seed)
        assert len(set(chosen)) == count
        assert sum(name.startswith("flag") for name in chosen) * 6 >= count


def test_cases_seen_lately_wait_until_all_were_seen() -> None:
    """Round after round brings new cases first."""
    progress = fresh("x")
    seen: list[str] = []
    for seed in range(2):
        for name in draw(CASES, progress, 5, seed):
            seen.append(name)
            progress = recorded(progress, name, dict.fromkeys(CASES[name], True))
        progress = ended(progress)
    assert len(set(seen)) == 10
    assert draw(CASES, {**progress, "seen": list(CASES)}, 5, 9)


def test_the_same_progress_and_seed_draw_the_same_round() -> None:
    """A round can be shared by its seed."""
    assert draw(CASES, fresh("x"), 5, 4) == draw(CASES, fresh("x"), 5, 4)
    assert len({tuple(draw(CASES, fresh("x"), 5, seed)) for seed in range(20)}) > 10


def test_progress_is_plain_json_and_the_picture_has_every_facet() -> None:
    """It can be exported as it is."""
    progress = recorded(fresh("x"), "a", {"form:online": True, "who:mentor": False})
    assert json.loads(json.dumps(progress)) == progress
    shown = {
        facet["facet"]: facet["state"] for group in picture(progress) for facet in group["facets"]
    }
    assert shown == {"form:online": "growing", "who:mentor": "new"}


def test_only_so_many_cases_are_remembered() -> None:
    """The value stays small."""
    progress = fresh("x")
    for i in range(3 * REMEMBERED):
        progress = recorded(progress, f"case-{i}", {})
    assert len(progress["seen"]) == REMEMBERED


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=12,
)
cards = st.dictionaries(
    st.sampled_from(["box", "due", "moved", "right", "seen", "more"]), json_values
)


@settings(max_examples=50)
@given(st.one_of(json_values, st.fixed_dictionaries({
    "version": st.just(1), "school": st.just("x"), "round": json_values, "seen": json_values,
    "facets": st.dictionaries(st.sampled_from(["form:online", "evil", "who:mentor"]), cards),
})))  # fmt: skip
def test_whatever_is_imported_becomes_sound_progress(value: object) -> None:
    """A file can hold anything; a round can be drawn from it all the same."""
    progress = restored(value, "x")
    assert restored(progress, "x") == progress
    assert len(draw(CASES, progress, 5, 1)) == 5
    picture(ended(recorded(progress, "a", {"form:online": True})))


def test_chance_is_the_same_everywhere() -> None:
    """These numbers may never change: shared links rest on them."""
    assert number("seed", 7) == SEED_7
    assert sorted(shuffled("abcdef", 1)) == list("abcdef")
    assert {pick("abc", i) for i in range(50)} == set("abc")


SEED_7 = 12325709924808756344
