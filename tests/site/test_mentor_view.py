"""Whose steps the guide's view for the mentor shows."""

from __future__ import annotations

import pytest

from decision_tree.protocol import ALL, UNSTATED
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
                    safety = held.item.kind in {"protect", "evidence"} and not held.item.sources
                    theirs = theirs or safety
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


@pytest.mark.parametrize("school", sorted(school_files()))
def test_whoever_does_not_lead_is_told_whom_to_tell(school: str) -> None:
    """Wherever someone of the school leads, unless the first step itself is to tell them."""
    protocol = read_protocol(school_files()[school])
    for screens, _ in guide_data(protocol)["outcomes"]:
        for screen in screens:
            outcome = screen.outcome
            told = outcome.first_step.item.first
            assert screen.hand_over == (UNSTATED not in outcome.lead and not told), screen.number


@pytest.mark.parametrize("school", sorted(school_files()))
def test_what_parents_read_first_holds_in_this_very_phase(school: str) -> None:
    """Not a line that stands above every outcome of the school."""
    protocol = read_protocol(school_files()[school])
    for screens, _ in guide_data(protocol)["outcomes"]:
        for screen in screens:
            first = screen.first_for_parents
            assert first is not None
            assert ALL not in first.phases, screen.number
            assert len(first.phases) < len(protocol.phases), screen.number
