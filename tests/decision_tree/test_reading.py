"""A file is read whole or refused with its line; nothing half-read is ever used."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from decision_tree.checks.examples import whole
from decision_tree.codec import to_plain
from decision_tree.errors import BadFile
from decision_tree.protocol import WAITS
from decision_tree.reading import (
    Read,
    json_schema,
    read_contacts,
    read_protocol,
    read_safety,
)
from decision_tree.yaml_source import MAX_BYTES, read_yaml
from tests.decision_tree.conftest import read_example

BROKEN = Path(__file__).parent.parent / "broken"


@pytest.mark.parametrize("name", sorted(path.stem for path in BROKEN.glob("*.yaml")))
def test_a_broken_file_is_refused_with_its_line_and_what_to_write(
    name: str, tmp_path: Path
) -> None:
    """Each file in tests/broken says in its first line where the error is and what it must say."""
    path = BROKEN / f"{name}.yaml"
    first = path.read_bytes().split(b"\n", 1)[0].decode()
    place, _, words = first.removeprefix("# expect: ").partition(": ")
    shutil.copy(path, tmp_path / "example.yaml")
    with pytest.raises(BadFile) as refused:
        read_protocol(tmp_path / "example.yaml")
    found = [f"{p.line}:{p.column} {p}" for p in refused.value.problems]
    assert any(f.startswith(f"{place} ") and words in f for f in found), found


def test_a_file_of_ten_megabytes_is_refused_before_it_is_read(tmp_path: Path) -> None:
    """Its size is told, and the most there may be."""
    path = tmp_path / "example.yaml"
    path.write_text("# " + "x" * 10_000_000)
    with pytest.raises(
        BadFile, match=rf"R03 the file has 10,000,002 bytes; the most is {MAX_BYTES:,}"
    ):
        read_protocol(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    """The whole path is shown, since the name may be the mistake."""
    with pytest.raises(BadFile, match=r"nowhere\.yaml: R04 cannot be read: No such file"):
        read_protocol(tmp_path / "nowhere.yaml")


def test_every_problem_is_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    """Who mends a file should not have to run the reader once per mistake."""
    text = whole().replace("phase: phase-1", "phase: phase-7").replace("id: ex-3", "id: ex-4")
    with pytest.raises(BadFile) as refused:
        read_example(tmp_path, text)
    lines = [p.line for p in refused.value.problems]
    assert len(lines) == 3
    assert lines == sorted(lines)


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    """Editors on Windows write one."""
    path = tmp_path / "example.yaml"
    path.write_text(whole(), "utf-8-sig")
    assert read_protocol(path).school.id == "example"


def test_yes_and_dates_stay_what_the_writer_typed(tmp_path: Path) -> None:
    """A date in YAML would become another type; here it stays text."""
    path = tmp_path / "dates.yaml"
    path.write_text("a: 2024-01-31\nb: '2'\n")
    assert read_yaml(path).value == {"a": "2024-01-31", "b": "2"}


def test_the_schema_for_editors_accepts_every_school(school: Read) -> None:
    """Editors and the reader agree, since both come from the same classes."""
    schema = json.loads(json_schema())
    Draft202012Validator.check_schema(schema)
    value = school.source.value
    assert list(Draft202012Validator(schema).iter_errors(value)) == []


def test_the_schema_for_editors_refuses_an_unknown_key(sound: Read) -> None:
    """The schema is strict too."""
    value = {**sound.source.value, "remarks": []} if isinstance(sound.source.value, dict) else {}
    errors = list(Draft202012Validator(json.loads(json_schema())).iter_errors(value))
    assert any("remarks" in error.message for error in errors)


def test_the_committed_schema_is_the_generated_one() -> None:
    """`python -m decision_tree schema` was run after the last change of the model."""
    committed = Path("decision_tree/protocol.schema.json").read_text("utf-8")
    assert committed == json_schema()


def test_the_safety_layer_has_the_seven_flags_in_the_order_of_asking() -> None:
    """Danger first; each with something to do, something never to do, and someone to call."""
    safety, contacts = read_safety(), read_contacts()
    ids = [flag.id for flag in safety.flags]
    assert ids == ["danger", "suicide", "images", "grooming", "staff", "home", "threats"]
    confirmed = {contact.id for contact in contacts.confirmed()}
    for flag in safety.flags:
        assert flag.do, flag.id
        assert flag.never, flag.id
        assert flag.tell, flag.id
        assert set(flag.call) <= confirmed, flag.id


def test_each_flag_after_which_the_guide_goes_on_says_what_it_changes_about_steps() -> None:
    """One sentence a kind of step; where the phases do not apply there is nothing to change."""
    for flag in read_safety().flags:
        kinds = [kind for caution in flag.cautions for kind in caution.kinds]
        assert len(kinds) == len(set(kinds)), flag.id
        assert bool(kinds) != flag.off_ladder, flag.id


def test_a_card_that_was_read_has_the_last_word_on_a_step() -> None:
    """While an answer is assumed, calls and sanctions wait; what a card says of them stands before that."""
    safety = read_safety()
    assert safety.cautions() == {}
    assert safety.cautions(assumed=True) == dict.fromkeys(WAITS, safety.while_assumed)
    for flag in safety.flags:
        alone, both = safety.cautions(flag.id), safety.cautions(flag.id, assumed=True)
        assert alone == {kind: caution for caution in flag.cautions for kind in caution.kinds}
        for kind in WAITS:
            waits = safety.while_assumed.nl
            assert both[kind].nl == (f"{alone[kind].nl} {waits}" if kind in alone else waits)
        assert {k: v for k, v in both.items() if k not in WAITS} == {
            k: v for k, v in alone.items() if k not in WAITS
        }


def test_no_step_speaks_of_parents_where_a_card_on_home_would_not_be_seen(school: Read) -> None:
    """Whatever kind of step it is, the card has a word beside it; what protects says so itself."""
    guarded = {*read_safety().cautions("home"), "protect"}
    with_parents = [step for step in school.protocol.steps if re.search(r"\bouders?\b", step.do.nl)]
    assert with_parents
    assert [step.id for step in with_parents if step.kind not in guarded] == []


def test_what_asks_to_keep_messages_can_be_told_from_other_steps(school: Read) -> None:
    """For a nude image the card says the opposite, so no such step may hide under another kind."""
    keeps = re.compile(r"berichten.* (laten )?bewa|bewaar.*berichten|berichten bewaard|print")
    for step in school.protocol.steps:
        asks = keeps.search(step.do.nl) and not step.do.nl.startswith(("Gaat het om", "Bekijk"))
        assert (step.kind == "evidence") == bool(asks), step.id


def test_a_contact_has_a_source_and_a_day_on_which_it_was_checked() -> None:
    """And a confirmed contact can be called or visited."""
    for contact in read_contacts().contacts:
        assert contact.source.startswith("http"), contact.id
        assert len(contact.checked_on.split("-")) == 3, contact.id
        assert not contact.confirmed or contact.phone or contact.url, contact.id


def test_no_advice_of_ours_says_to_delete_or_block_first() -> None:
    """Keep comes before block wherever both are named (never the other way round)."""
    for flag in read_safety().flags:
        for line in flag.do:
            for words, keep, block in (
                (line.en.lower(), "keep", "block"),
                (line.nl.lower(), "bewaar", "blokkeer"),
            ):
                if keep in words and block in words:
                    assert words.index(keep) < words.index(block), line.en


def test_every_line_is_in_both_languages_and_they_differ(school: Read) -> None:
    """A Dutch text copied into English would pass the reader; here it is caught."""
    for text in _texts(to_plain(replace(school.protocol, clauses=()))):
        if len(text["nl"].split()) > 6:
            assert text["nl"] != text["en"], text["nl"]


def _texts(value: object) -> list[dict[str, str]]:
    if isinstance(value, dict):
        here = [value] if "nl" in value and "en" in value else []
        return here + [t for item in value.values() for t in _texts(item)]
    return [t for item in value for t in _texts(item)] if isinstance(value, list) else []
