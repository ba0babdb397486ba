"""What the safety layer says to whom: a parent and a pupil are not told what staff must do."""

from __future__ import annotations

import re
from pathlib import Path

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
