"""Whose steps the guide's view for the mentor shows."""

from __future__ import annotations

import pytest

from decision_tree.protocol import UNSTATED
from decision_tree.reading import read_protocol, school_files
from scripts.pages.guide import guide_data


@pytest.mark.parametrize("school", sorted(school_files()))
def test_the_mentor_sees_the_steps_of_the_mentor_of_all_staff_and_of_nobody(school: str) -> None:
    """A step whose actor the document leaves open is done by nobody if nobody sees it."""
    protocol = read_protocol(school_files()[school])
    mine = {role.id for role in protocol.roles if role.stands_for} | {UNSTATED}
    (mentor,) = (role.id for role in protocol.roles if role.stands_for == "mentor")
    seen = 0
    for screens, _ in guide_data(protocol)["outcomes"]:
        for screen in screens:
            for group in screen.groups:
                for held in group.items:
                    theirs = bool(mine & set(held.who)) and mentor not in held.item.to
                    theirs = theirs or held == screen.outcome.first_step
                    assert (held.item.id in group.own) == theirs, (screen.number, held.item.id)
                    seen += 1
    assert seen


@pytest.mark.parametrize("school", sorted(school_files()))
def test_only_what_the_document_leaves_free_stands_under_optional(school: str) -> None:
    """Advice of ours on safety stands where it is needed, marked as ours."""
    protocol = read_protocol(school_files()[school])
    for screens, _ in guide_data(protocol)["outcomes"]:
        for screen in screens:
            for group in screen.groups:
                for held in group.items:
                    free = not held.item.must and bool(held.item.sources)
                    assert (group.name == "may") == free, (screen.number, held.item.id)
