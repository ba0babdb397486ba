"""The command line and files that are no protocols, or that would steer the terminal."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from decision_tree import reading
from decision_tree.checks.examples import whole
from decision_tree.command_line import main
from decision_tree.errors import Problem, printable
from decision_tree.reading import CONTACTS, SAFETY
from decision_tree.reading_cases import CASES, PARTS

ESCAPE = "\x1b[2J"


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


@pytest.mark.parametrize(
    "path", [SAFETY, CONTACTS, PARTS, CASES / "cals.yaml"], ids=lambda p: p.name
)
def test_check_reads_a_file_as_what_its_name_says(path: Path, tmp_path: Path) -> None:
    """None of these is a protocol; each has its own faults."""
    assert run("check", str(path)).exit_code == 0
    copy = tmp_path / path.parent.name / path.name
    copy.parent.mkdir()
    copy.write_text(path.read_text("utf-8") + "remarks: []\n", "utf-8")
    result = run("check", str(copy))
    assert result.exit_code == 1
    assert "R14 `remarks` is not a key that is known here" in result.stderr
    assert "rules" not in result.stderr
    assert f"{path.name}: 1 to mend" in result.stderr


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in the file system here")
def test_check_of_a_pipe_ends(tmp_path: Path) -> None:
    """It waited for ever for someone to write."""
    os.mkfifo(tmp_path / "example.yaml")
    result = run("check", str(tmp_path / "example.yaml"))
    assert result.exit_code == 1
    assert "R04 cannot be read: this is no plain file" in result.stderr


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("id: mentor", f'id: "{ESCAPE}"'),
        ("id: mentor", r'id: "\e[2J"'),
        ("place: Nergens", r'"\e[2J": Nergens'),
        ("phase: phase-1", r'phase: "\u202e"'),
        ("name: Voorbeeldschool", r'name: ["\e]0;x\a"]'),
    ],
)
@pytest.mark.parametrize("command", ["check", "show", "table", "ask"])
def test_no_escape_sequence_of_a_file_reaches_the_terminal(
    tmp_path: Path, command: str, old: str, new: str
) -> None:
    text = whole()
    assert old in text
    path = tmp_path / "example.yaml"
    path.write_text(text.replace(old, new, 1), "utf-8")
    result = run(command, str(path))
    assert result.exit_code in (1, 2)
    assert result.stderr
    assert all(line.isprintable() for line in result.output.splitlines())


def test_nor_does_one_of_a_file_name_or_of_what_was_typed(tmp_path: Path) -> None:
    strange = tmp_path / f"{ESCAPE}.yaml"
    shutil.copy("tests/broken/tab.yaml", strange)
    for words in (("check", str(strange)), ("show", ESCAPE), ("decide", "cals", ESCAPE), ("check", "--explain", ESCAPE)):  # fmt: skip
        result = run(*words)
        assert result.exit_code in (1, 2)
        assert result.stderr
        assert all(line.isprintable() for line in result.output.splitlines()), words


def test_what_cannot_be_seen_is_shown_by_its_number() -> None:
    assert printable("a\x1bé\u202e😀\n") == "a\\u001bé\\u202e😀\\u000a"
    assert str(Problem("a\x1b.yaml", 1, 2, "R01", "b")) == "a\\u001b.yaml:1:2: R01 b"


@pytest.mark.parametrize("words", [("ask", "cals"), ("decide", "cals", "red_flag=images")])
def test_a_fault_in_the_safety_layer_is_told_by_any_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    """Not only by those that look for faults."""
    path = tmp_path / "contacts.yaml"
    path.write_text(CONTACTS.read_text("utf-8").replace("id: emergency", "id: Emergency"), "utf-8")
    monkeypatch.setattr(reading, "read_contacts", lambda: reading.CONTACTS_FILE.read(path)[0])
    result = run(*words)
    assert result.exit_code == 2
    assert "contacts.yaml" in result.stderr
    assert "R19 the id `Emergency` is not usable" in result.stderr
