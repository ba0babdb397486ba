"""What nobody means is refused where it stands, with a code, and with what to write instead."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from decision_tree.characters import refused
from decision_tree.errors import BadFile
from decision_tree.protocol import LEAD
from decision_tree.reading import json_schema, read_protocol
from decision_tree.yaml_source import read_yaml

SOUND = Path("decision_tree/checks/examples/sound.yaml").read_text("utf-8")
CHECK = "after: {weeks: 2}"
HIGH = "9" * 5000


def said(folder: Path, text: str) -> str:
    """All that is said of a protocol file, a line each; "" if it is read."""
    path = folder / "example.yaml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        read_protocol(path)
    except BadFile as error:
        return str(error)
    return ""


def changed(old: str, new: str) -> tuple[str, str]:
    """The sound protocol with the first ``old`` replaced, and where that stands (line:column)."""
    assert old in SOUND, old
    before = SOUND[: SOUND.index(old)]
    return SOUND.replace(old, new, 1), f"{before.count('\n') + 1}:"


@pytest.mark.parametrize("value", ["true", "yes", "1.0", '"1"', "-1", "0x_", "0b_", "0x1F", "1_000", "12:30",
                                   "010", "1e3", ".inf", ".nan", "100", HIGH, "!!int abc", "!!int 1", "1,0"])  # fmt: skip
def test_a_weight_is_a_whole_number_from_0_to_99_and_nothing_else(
    tmp_path: Path, value: str
) -> None:
    """What PyYAML would take for one, or fall over, is refused as well."""
    text, line = changed("weight: 1,", f"weight: {value},")
    found = said(tmp_path, text)
    assert re.search(rf"^example\.yaml:{line}\d+: R(14|16|23|26) ", found, re.MULTILINE), found
    assert "→" in found


@pytest.mark.parametrize("value", ['"off"', "1", "0", "1.0", "yes", "no", "on", "off", '"true"', "y", "!!bool abc"])  # fmt: skip
def test_what_a_school_must_do_is_true_or_false_and_nothing_else(
    tmp_path: Path, value: str
) -> None:
    text, line = changed("must: true", f"must: {value}")
    assert re.search(rf"^example\.yaml:{line}\d+: R(16|23) .* → ", said(tmp_path, text), re.M)


@pytest.mark.parametrize("value", ["yes", "No", "on", "0x10", "1_000", "12:30", "2024-01-31", "0800-2000"])  # fmt: skip
def test_words_and_figures_that_old_yaml_takes_for_something_else_stay_text(
    tmp_path: Path, value: str
) -> None:
    """An editor reads them as YAML 1.2 does, and so do we."""
    path = tmp_path / "words.yaml"
    path.write_text(f"a: {value}\n")
    assert read_yaml(path).value == {"a": value}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("school: {id", "school: !!python/object:os.system {id"),
        ("roles:\n- {", "roles: !!set\n- {"),
        ("name: Voorbeeldschool", "name: !!str Voorbeeldschool"),
        ("name: Voorbeeldschool", "name: !mine Voorbeeldschool"),
        ("name: Voorbeeldschool", "name: ! Voorbeeldschool"),
        ("name: Voorbeeldschool", "name: !!timestamp x"),
        ("name: Voorbeeldschool", "name: !!float abc"),
        ("name: Voorbeeldschool", "!!str name: Voorbeeldschool"),
    ],
)
def test_no_tag_is_read_on_a_value_a_list_a_group_or_a_key(
    tmp_path: Path, old: str, new: str
) -> None:
    text, line = changed(old, new)
    assert re.search(rf"^example\.yaml:{line}\d+: R23 tags \(", said(tmp_path, text), re.M)


@pytest.mark.parametrize(
    ("now", "code"),
    [
        ("after: {weeks: -2}", "R26"),
        ("after: {weeks: 999999999}", "R26"),
        ("after: {months: 25}", "R26"),
        ("after: {weeks: 1.0}", "R16"),
        ("after: {weeks: yes}", "R16"),
        ("after: {weeks: true}", "R16"),
        ("after: {}", "R33"),
        ("during: {days: 0}", "R33"),
        ("after: {weeks: 2}, during: {weeks: 4}", "R33"),
    ],
)
def test_a_follow_up_is_at_one_time_that_comes(tmp_path: Path, now: str, code: str) -> None:
    """Not in the past, not after years, not twice, and not at no time at all."""
    text, line = changed(CHECK, now)
    assert re.search(rf"^example\.yaml:{line}\d+: {code} .* → ", said(tmp_path, text), re.M)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("lead: [mentor]", "lead: [mentor, mentor]", "R29"),
        ("sources: [ex-1]", "sources: [ex-1, ex-1]", "R29"),
        ("languages: [nl]", "languages: []", "R27"),
        ("languages: [nl]", "languages: [nl, nl]", "R29"),
        ("red_flags: []", "red_flags: [{flag: home, lines: []}]", "R27"),
        (
            "red_flags: []",
            "red_flags: [{flag: home, lines: [{nl: a, en: b}]}, {flag: home, lines: [{nl: a, en: b}]}]",
            "R18",
        ),
        (
            "readings: []",
            "readings: [{id: r, question: {nl: a, en: b}, options: [], preferred: {nl: a, en: b}}]",
            "R27",
        ),
        (
            "background: []",
            "background: [{id: b, topic: about, title: {nl: a, en: b}, lines: []}]",
            "R27",
        ),
        ('label: "1"', "label: ~", "R11"),
        ("refinements: []", "refinements: ~", "R11"),
        ("phases: [all], who: [lead]", "phases: [], who: [lead]", "R27"),
        ("title: Voorbeeld", "title: |\n    Voorbeeld", "R25"),
        ("title: Voorbeeld", 'title: "Voor\\nbeeld"', "R25"),
        ("title: Voorbeeld", 'title: "Voor\\rbeeld"', "R24"),
        ("title: Voorbeeld", 'title: "Voor\\tbeeld"', "R25"),
        ("id: same,", "id: unknown,", "R21"),
    ],
)  # fmt: skip
def test_what_must_stand_there_stands_there_once(
    tmp_path: Path, old: str, new: str, code: str
) -> None:
    text, _ = changed(old, new)
    assert re.search(rf"^example\.yaml:\d+:\d+: {code} .* → ", said(tmp_path, text), re.M)


NO_IDS = ["<script>", "a&b=c", "Same", "../x", "..", "a#b?c", "my school", "é", "1", "-a", "a-", "a--b", "_a", "a.b", "a" * 61]  # fmt: skip


@pytest.mark.parametrize("name", NO_IDS)
@pytest.mark.parametrize("old", ["id: same", "id: mentor", "id: phase-1", "id: how_often", "id: first-same",
                                 "id: talk", "id: check", "id: stops", "id: ex-1", "{id: example"])  # fmt: skip
def test_an_id_that_could_not_stand_in_an_address_is_refused(
    tmp_path: Path, old: str, name: str
) -> None:
    """Of an answer, a role, a phase, a question, …, and of the school."""
    text, line = changed(old, f"{old.partition('id')[0]}id: '{name}'")
    assert re.search(rf"^example\.yaml:{line}\d+: R19 .* → ", said(tmp_path, text), re.M)


@pytest.mark.parametrize(
    ("old", "name"),
    [
        *(("id: how_often", name) for name in ("red_flag", "view", "seen", "change", "unknown", "start", "none")),
        *(("id: mentor", name) for name in (LEAD, "all", "unstated")),
        ("id: phase-1", "all"),
        *(("{id: example", name) for name in ("core", "python")),
    ],
)  # fmt: skip
def test_an_id_that_means_something_by_itself_is_refused(
    tmp_path: Path, old: str, name: str
) -> None:
    """`core` and `python` are what a visitor's browser keeps for every school."""
    text, line = changed(old, f"{old.partition('id')[0]}id: {name}")
    assert re.search(rf"^example\.yaml:{line}\d+: R28 .* → ", said(tmp_path, text), re.M)


UNSEEN = ["\0", "\x07", "\x1b", "\x7f", "\x85", "\x9b", "\r", "\xad", "\u061c", "\u200b", "\u200d", "\u200e", "\u2028", "\u202e",
          "\u2060", "\u2066", "\u2800", "\u3164", "\ufdd0", "\ufeff", "\ufffd", "\uffff", "\ue000", "\U0001fffe", "\U000e0041", "\U0010ffff"]  # fmt: skip


@pytest.mark.parametrize("character", UNSEEN, ids=lambda c: f"{ord(c):04x}")
def test_a_character_that_nobody_sees_is_refused_where_it_stands_and_as_an_escape(
    tmp_path: Path, character: str
) -> None:
    """By its number, since it cannot be shown."""
    number = f"U+{ord(character):04X}"
    text, line = changed("Voorbeeldschool", f"Voor{character}school")
    assert re.search(rf"^example\.yaml:{line}\d+: R24 .*{re.escape(number)}", said(tmp_path, text))
    escape = f"\\U{ord(character):08x}"
    text, line = changed("Voorbeeldschool", f'"Voor{escape}school"')
    assert re.search(rf"^example\.yaml:{line}\d+: R24 .*{re.escape(number)}", said(tmp_path, text))


@pytest.mark.parametrize("escape", [r"\ud800", r"\U00110000", r"\UFFFFFFFF"])
def test_an_escape_that_is_no_character_is_refused(tmp_path: Path, escape: str) -> None:
    text, line = changed("Voorbeeldschool", f'"Voor{escape}school"')
    assert re.search(rf"^example\.yaml:{line}\d+: R(02|24) ", said(tmp_path, text))


@pytest.mark.parametrize("blank", [" ", "\xa0", "\u3000", "\u0301", "\ufe0f"])
def test_a_name_of_which_nothing_can_be_seen_is_empty(tmp_path: Path, blank: str) -> None:
    text, line = changed("Voorbeeldschool", f'"{blank}"')
    assert re.search(rf"^example\.yaml:{line}\d+: R11 ", said(tmp_path, text))


@pytest.mark.parametrize(
    "name",
    ["Het Kofschip 😀", "École d’Été", "Regenboog 🏳️‍🌈", "Gezin 👨‍👩‍👧", "≥ 10 €", "Ĳsselstein"],
)
def test_letters_signs_and_pictures_that_people_see_are_read(tmp_path: Path, name: str) -> None:
    """One picture may be made of several characters."""
    assert said(tmp_path, changed("Voorbeeldschool", name)[0]) == ""


def test_every_character_is_either_seen_or_refused() -> None:
    """Over all planes: nothing of control, of direction, private, or no character, gets through."""
    seen = {"\n", "\t"}
    kept = [
        character
        for number in range(0x110000)
        if (character := chr(number)) not in seen
        and unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
        and refused(character) is None
    ]
    scripts = ("ARABIC", "SYRIAC", "KAITHI", "EGYPTIAN")  # their marks around figures can be seen
    names = [unicodedata.name(character, f"{ord(character):04x}") for character in kept]
    assert [name for name in names if not name.startswith(scripts)] == []
    never = [chr(plane << 16 | low) for plane in range(17) for low in (0xFFFE, 0xFFFF)]
    assert all(refused(character) == 0 for character in never)


def test_line_ends_of_windows_are_read(tmp_path: Path) -> None:
    """As ours; a carriage return anywhere else is refused (above)."""
    assert said(tmp_path, SOUND.replace("\n", "\r\n")) == ""


def test_a_file_of_which_one_letter_is_wrong_everywhere_is_refused_with_the_first_hundred(
    tmp_path: Path,
) -> None:
    """A real file, each `nl:` written `NL:`."""
    path = tmp_path / "doultremont.yaml"
    real = Path("decision_tree/protocols/doultremont.yaml").read_text("utf-8")
    path.write_text(real.replace("nl:", "NL:"), "utf-8")
    with pytest.raises(BadFile) as error:
        read_protocol(path)
    problems = error.value.problems
    assert len(problems) == 100
    assert error.value.more
    assert str(error.value).endswith("… and more")
    assert [p.line for p in problems] == sorted(p.line for p in problems)
    assert any(p.hint == "did you mean `nl`?" for p in problems)
    assert problems[0].line == real[: real.index("nl:")].count("\n") + 1


@pytest.mark.parametrize(
    ("much", "code"),
    [
        (SOUND + "".join(f"k{i}: x\n" for i in range(150_000)), "R14"),
        ("school: {" + ", ".join(f"k{i}: 1" for i in range(150_000)) + "}\n", "R1[34]"),
        ("a: 1\n" * 300_000, "R10"),
        ("roles: [" + "!a b," * 300_000 + "]\n", "R23"),
        (SOUND.replace("readings: []", "readings:\n" + "".join(
            f"- {{id: r{i}, question: {{nl: a, en: a}}, options: [{{nl: a, en: b}}], "
            f"preferred: {{nl: a, en: b}}, sources: [z{i}]}}\n" for i in range(12_000))), "R17"),
    ],
    ids=["keys", "keys in a group", "keys twice", "tags", "names"],
)  # fmt: skip
def test_of_very_many_faults_the_first_hundred_are_told(
    tmp_path: Path, much: str, code: str
) -> None:
    path = tmp_path / "example.yaml"
    path.write_text(much, "utf-8")
    with pytest.raises(BadFile) as error:
        read_protocol(path)
    assert len(error.value.problems) == 100
    assert error.value.more
    assert all(re.fullmatch(code, p.code) for p in error.value.problems)


@pytest.mark.parametrize("much", ["roles: [" + "{}," * 600_000 + "]", "school: [" + "a," * 900_000 + "]"])  # fmt: skip
def test_more_values_than_any_school_has_are_refused_with_a_sentence(
    tmp_path: Path, much: str
) -> None:
    """Such a file passes the size limit, and would fill the memory."""
    assert "R03 the file holds more than 250,000 values" in said(tmp_path, much)


def test_the_schema_for_editors_refuses_what_the_reader_refuses(tmp_path: Path) -> None:
    """As far as a schema can say it: ids, words that are taken, bounds, and lists with nothing in them."""
    validator = Draft202012Validator(json.loads(json_schema()))
    for old, new in (
        ("id: same", "id: Same"),
        ("id: mentor", "id: lead"),
        ("{id: example", "{id: core"),
        ("weight: 1", "weight: -1"),
        ("{weeks: 2}", "{weeks: 999}"),
        ("languages: [nl]", "languages: []"),
        ('label: "1"', "label: ~"),
    ):
        path = tmp_path / "example.yaml"
        path.write_text(changed(old, new)[0], "utf-8")
        assert list(validator.iter_errors(read_yaml(path).value)), new
