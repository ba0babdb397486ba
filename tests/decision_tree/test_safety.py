"""What the safety layer says to whom: a parent and a pupil are not told what staff must do."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

import pytest

from decision_tree.errors import BadFile
from decision_tree.reading import SAFETY, read_contacts, read_safety
from tests.scripts.test_help_lines import NUMBER


def test_each_flag_says_what_a_parent_and_a_pupil_do_in_both_languages() -> None:
    """Two to four lines for the parent and one for the child; a number in one is a number in the other."""
    for flag in read_safety().flags:
        assert 2 <= len(flag.for_parents) <= 4, flag.id
        for line in (*flag.for_parents, flag.for_pupil):
            assert line.nl != line.en, flag.id
            assert sorted(NUMBER.findall(line.nl)) == sorted(NUMBER.findall(line.en)), line.nl


@pytest.mark.parametrize("key", ["for_parents", "for_pupil"])
def test_a_flag_without_words_for_the_family_is_refused(tmp_path: Path, key: str) -> None:
    path = tmp_path / "safety.yaml"
    path.write_text(SAFETY.read_text("utf-8").replace(f"  {key}:\n", f"  {key}_too:\n", 1), "utf-8")
    with pytest.raises(BadFile) as refused:
        read_safety(path)
    assert f"`{key}` is missing here" in str(refused.value)


def test_a_family_is_sent_only_to_contacts_that_are_confirmed_and_on_the_card() -> None:
    """So that each number in a sentence can be tapped further down, and none is one we are not sure of."""
    listed = read_contacts()
    phones = {contact.id: contact.phone for contact in listed.confirmed()}
    doubtful = [c.name.nl.split(" (")[0] for c in listed.contacts if not c.confirmed]
    for flag in read_safety().flags:
        on_card = {phones[contact] for contact in flag.call}
        for line in (*flag.for_parents, flag.for_pupil):
            for said in (line.nl, line.en):
                named = set(NUMBER.findall(said))
                assert named - on_card == set(), said
                assert [name for name in doubtful if name in said] == [], said
                for contact in ("Veilig Thuis", "Kindertelefoon", "Helpwanted"):
                    ids = {c.id for c in listed.confirmed() if contact in c.name.nl}
                    assert contact not in said or ids & set(flag.call), said


def test_no_parent_is_sent_at_another_child_its_parents_or_an_adult() -> None:
    """Where someone else does it, each card says to leave them alone; no line ever says the reverse."""
    leave = re.compile(
        r"do not (approach|confront|go in)|nothing about it to the person", re.IGNORECASE
    )
    face = re.compile(r"\b(approach|confront|spreek|aanspreken)\b", re.IGNORECASE)
    for flag in read_safety().flags:
        said = [line.en for line in flag.for_parents]
        assert flag.id == "suicide" or any(map(leave.search, said)), flag.id
        for line in flag.for_parents:
            for words in (line.nl, line.en):
                assert not face.search(words) or re.search(r"\b(niet|not)\b", words), words


@pytest.mark.parametrize("reader", ["staff", "parent"])
def test_at_any_school_each_reader_has_a_short_list_of_their_own(
    reader: Literal["staff", "parent"],
) -> None:
    """Something at once and something later; no line is for nobody."""
    safety = read_safety()
    advice = safety.advice(reader)
    assert 4 <= len(advice) <= 7
    assert {line.moment for line in advice} == {"now", "this-week", "later"}
    assert set(safety.advice("staff")) | set(safety.advice("parent")) == set(safety.general)


def test_no_parent_is_told_to_handle_both_pupils_or_to_call_other_parents() -> None:
    """That is for staff, whose list does say so; the complaint route is a parent's."""
    of_staff = re.compile(
        r"beide leerlingen|elke leerling|both pupils|each pupil|ouders van|parents of"
    )
    of_a_parent = re.compile(r"klachtenroute|complaint route|je kind|your child")
    safety = read_safety()
    said = {
        reader: [words for line in lines for words in (line.nl, line.en)]
        for reader, lines in (
            ("staff", safety.advice("staff")),
            ("parent", safety.advice("parent")),
        )
    }
    assert [words for words in said["parent"] if of_staff.search(words)] == []
    assert [words for words in said["staff"] if of_a_parent.search(words)] == []
    assert any(map(of_staff.search, said["staff"]))
    assert any(map(of_a_parent.search, said["parent"]))


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ("reader: parents", "R15 `parents` is not possible for `reader`"),
        ("readers: parent", "R13 `reader` is missing here"),
    ],
)
def test_advice_for_an_unknown_reader_is_refused_with_its_line(
    tmp_path: Path, now: str, said: str
) -> None:
    text = SAFETY.read_text("utf-8").replace("reader: parent", now, 1)
    path = tmp_path / "safety.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(BadFile) as refused:
        read_safety(path)
    assert said in str(refused.value)
    lines = text.splitlines()
    [at] = {p.line for p in refused.value.problems if said[4:] in str(p)}
    assert now in "\n".join(lines[at - 1 : at + 3])
