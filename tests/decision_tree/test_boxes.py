"""Boxes against brute force: which meet, and what they leave out."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decision_tree.boxes import Boxes, Effort, bits, left_out
from decision_tree.errors import TooLarge

WIDTHS = st.lists(st.integers(1, 3), min_size=1, max_size=4).map(tuple)


@st.composite
def collections(draw: st.DrawFn, widths: tuple[int, ...]) -> Boxes:
    """Any boxes over these questions; some allow nothing."""
    box = st.tuples(*(st.integers(0, (1 << width) - 1) for width in widths))
    return Boxes(tuple(draw(st.lists(box, max_size=5))), widths)


def inside(boxes: Boxes, cell: tuple[int, ...]) -> set[int]:
    """Written apart from the engine: the boxes that hold this combination."""
    return {
        place
        for place, masks in enumerate(boxes.masks)
        if all(mask >> answer & 1 for mask, answer in zip(masks, cell, strict=True))
    }


def cells(widths: tuple[int, ...]) -> list[tuple[int, ...]]:
    return list(product(*(range(width) for width in widths)))


@given(st.data())
def test_the_first_combination_that_is_left_out_is_found_or_there_is_none(
    data: st.DataObject,
) -> None:
    """Inside one of the rooms, in none of the boxes, and the first of all such."""
    widths = data.draw(WIDTHS)
    rooms, boxes = data.draw(collections(widths)), data.draw(collections(widths))
    wanted = [cell for cell in cells(widths) if inside(rooms, cell) and not inside(boxes, cell)]
    found = left_out(rooms, boxes, Effort())
    first = tuple(1 << answer for answer in wanted[0]) if wanted else None
    assert found == first


@given(st.data())
def test_two_boxes_touch_where_they_share_an_answer_to_each_of_these_questions(
    data: st.DataObject,
) -> None:
    """Of all questions: where they share a combination."""
    widths = data.draw(WIDTHS)
    boxes = data.draw(collections(widths))
    one = data.draw(st.tuples(*(st.integers(0, (1 << width) - 1) for width in widths)))
    among = data.draw(st.integers(0, boxes.all))
    asked = data.draw(st.lists(st.sampled_from(range(len(widths))), unique=True))
    assert set(bits(boxes.touching(one, asked, among))) == {
        place for place in bits(among) if all(one[q] & boxes.masks[place][q] for q in asked)
    }
    shared = {
        place
        for cell in cells(widths)
        if inside(Boxes((one,), widths), cell)
        for place in inside(boxes, cell)
    }
    assert set(bits(boxes.touching(one, range(len(widths)), boxes.all))) == shared


def test_a_search_that_would_not_end_in_seconds_says_so_instead_of_passing() -> None:
    """Boxes of three answers each, over forty questions: what they leave out is hard to find."""
    widths = (2,) * 40
    boxes = tuple(
        tuple(1 + (place * 7 + q) % 2 if (place + q * 3) % 13 == 0 else 3 for q in range(40))
        for place in range(200)
    )
    with pytest.raises(TooLarge, match="too many combinations"):
        left_out(Boxes(((3,) * 40,), widths), Boxes(boxes, widths), Effort(20))
