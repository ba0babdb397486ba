"""Our own files, read as strictly: the safety layer, the contacts, cases and what they are made of."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from decision_tree.errors import BadFile
from decision_tree.reading import CONTACTS, SAFETY, read_contacts, read_safety
from decision_tree.reading_cases import CASES, PARTS, read_cases, read_parts
from decision_tree.safety_references import (
    CALLED_FROM_PAGES,
    FLAGS_ON_PAGES,
    NAMED_BY_PAGES,
    PRINCIPLES_ON_PAGES,
)
from scripts.pages.views import _NOTES
from scripts.progress import ROOT

FLAG = """- id: {id}
  label: {{nl: a, en: b}}
  help: {{nl: a, en: b}}
  do: {do}
  for_parents: [{{nl: a, en: b}}]
  for_pupil: {{nl: a, en: b}}
  never: [{{nl: a, en: b}}]
  call: {call}
  tell: [{{nl: a, en: b}}]
  go_on: {{nl: a, en: b}}
  background: {{nl: a, en: b}}
  basis: [https://www.example.nl/]

- id: suicide
"""


def flag(name: str = "new", do: str = "[{nl: a, en: b}]", call: str = "[emergency]") -> str:
    """One more red flag, before the one on suicide."""
    return FLAG.format(id=name, do=do, call=call)


def refused(
    read: Callable[[Path], object], file: Path, folder: Path, old: str, new: str
) -> BadFile:
    """What is said of one of our files with one place changed, which must then be refused."""
    text = file.read_text("utf-8")
    assert old in text
    path = folder / file.name
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(BadFile) as error:
        read(path)
    assert all(p.line and p.column and p.hint for p in error.value.problems)
    return error.value


def told(error: BadFile, code: str) -> bool:
    return any(problem.code == code for problem in error.problems)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("url: https://www.113.nl", "url: javascript:alert(1)", "R30"),
        ("url: https://www.113.nl", "url: data:text/html,x", "R30"),
        ("url: https://www.113.nl", "url: www.113.nl", "R30"),
        ("url: https://www.113.nl", "url: https://", "R30"),
        ("url: https://www.113.nl", "url: https://[", "R30"),
        ("url: https://www.113.nl", "url: https://113@evil.nl", "R30"),
        ("url: https://www.113.nl", 'url: https://www.113.nl/"onclick=', "R30"),
        ("source: https://www.augeo.nl", "source: in a drawer, https://www.augeo.nl", "R30"),
        ('phone: "113"', "phone: bel ons", "R31"),
        ('phone: "113"', 'phone: "1-1-"', "R31"),
        ('phone: "113"', 'phone: "13"', "R31"),
        ('phone: "113"', "phone: 113", "R16"),
        ("checked_on: 2026-11-21", "checked_on: lately", "R32"),
        ("checked_on: 2026-11-21", "checked_on: 2026-02-30", "R32"),
        ("checked_on: 2026-11-21", "checked_on: 20261121", "R16"),
        ("id: police", "id: helpwanted", "R18"),
        ("id: police", "id: Police", "R19"),
        ("id: police", "id: politie", "R35"),
        ('  phone: "112"\n', "", "R34"),
        ("\n  confirmed: true", "\n  confirmed: false", "R34"),
        ("\n  confirmed: true", "\n  confirmed: yes", "R16"),
        ("languages: [nl, en]", "languages: []", "R27"),
        ("instead: [", "instead: [nobody, ", "R17"),
    ],
)
def test_a_contact_can_be_reached_and_stands_there_once(
    tmp_path: Path, old: str, new: str, code: str
) -> None:
    assert told(refused(read_contacts, CONTACTS, tmp_path, old, new), code)


@pytest.mark.parametrize("lost", [*CALLED_FROM_PAGES, *NAMED_BY_PAGES])
def test_a_contact_that_pages_call_cannot_be_taken_out(tmp_path: Path, lost: str) -> None:
    """Nor misspelt: the page would call nobody."""
    error = refused(read_contacts, CONTACTS, tmp_path, f"id: {lost}\n", f"id: {lost}-old\n")
    assert told(error, "R35")
    assert f"`{lost}`" in str(error)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("- id: suicide\n", flag(call="[]"), "R27"),
        ("- id: suicide\n", flag(call="[parents-line]"), "R34"),
        ("- id: suicide\n", flag(call="[nobody]"), "R17"),
        ("- id: suicide\n", flag(do="[]"), "R27"),
        ("- id: suicide\n", flag("danger"), "R18"),
        ("- id: suicide\n", flag("none"), "R28"),
        ("- id: suicide\n", flag("unknown"), "R28"),
        ("- id: suicide\n", flag("Danger"), "R19"),
        ("id: images\n", "id: pictures\n", "R35"),
        ("call: [emergency, police]", "call: [emergency, polize]", "R17"),
        ("call: [emergency, police]", "call: [emergency, emergency]", "R29"),
        ("- kinds: [agree]", "- kinds: [talk]", "R29"),
        ("- https://www.113.nl/onderwijs", "- javascript:alert(1)", "R30"),
        ("id: no-blame", "id: safe-first", "R18"),
        ("while_assumed:", "while-assumed:", "R14"),
    ],
)
def test_a_card_says_what_to_do_and_whom_to_call(
    tmp_path: Path, old: str, new: str, code: str
) -> None:
    assert told(refused(read_safety, SAFETY, tmp_path, old, new), code)


@pytest.mark.parametrize("lost", PRINCIPLES_ON_PAGES)
def test_a_principle_that_pages_show_cannot_be_taken_out(tmp_path: Path, lost: str) -> None:
    """Nor misspelt: *safety comes first* would stand on no outcome any more."""
    error = refused(read_safety, SAFETY, tmp_path, f"id: {lost}\n", f"id: {lost}s\n")
    assert told(error, "R35")
    assert f"`{lost}`" in str(error)


def test_what_pages_name_is_what_the_reader_asks_for() -> None:
    """A page that names one more contact, principle or flag needs it to be there."""
    pages = [path.read_text("utf-8") for path in (ROOT / "overrides").rglob("*.html")]
    pages += [path.read_text("utf-8") for path in (ROOT / "docs").glob("*.md")]
    named = re.findall(r"reachable\(\(([^()]*)\)\)", "".join(pages))
    contacts = {name for names in named for name in re.findall(r'["\']([\w-]+)["\']', names)}
    assert contacts == {*CALLED_FROM_PAGES, *NAMED_BY_PAGES}
    principles = set(re.findall(r'principles if x\.id == "([\w-]+)"', "".join(pages)))
    principles |= {name for notes in _NOTES.values() for name in notes.principles}
    assert principles == set(PRINCIPLES_ON_PAGES)
    assert {notes.flag for notes in _NOTES.values() if notes.flag} == set(FLAGS_ON_PAGES)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("pools: [physical, property]", "pools: [physical, propertie]", "R17"),
        ("{pools: [verbal]}", "{pools: []}", "C06"),
        ("facets: {form: physical,", "facets: {form: fysical,", "R15"),
        ("phase: fase-1", "phase: fase-9", "R17"),
        ("first_step: gather-information", "first_step: gather", "R17"),
        ("people: [{name: Stijn", "people: [{name: Stein", "R17"),
        ("marks:\n  - {nl: \"drie", "marks: []\n  marked:\n  - {nl: \"drie", "R27"),
        ("draws_no_flag: true", "draws_no_flag: 1", "R16"),
        ("draws_no_flag: true", "red_flag: fire", "R17"),
        ("draws_no_flag: true", "draws_with: {how_often: [never]}", "R17"),
        ("draws_no_flag: true", "facets: {count: some}", "R17"),
        ("draws_no_flag: true", "facets: {colour: red}", "R17"),
        ("draws_no_flag: true", "texts: [{nl: \"{a} {x}\", en: \"{a}\"}]", "R36"),
        ("draws_no_flag: true", "texts: [{nl: \"{a.b}\", en: \"{a}\"}]", "R36"),
        ("draws_no_flag: true", "texts: [{nl: \"{a\", en: \"{a}\"}]", "R36"),
        ("id: handball", "id: g12", "C02"),
        ("school: cals", "school: nowhere", "C01"),
    ],
)  # fmt: skip
def test_a_case_names_only_what_is_there(tmp_path: Path, old: str, new: str, code: str) -> None:
    """Or composing one would end in a traceback, on a visitor's screen."""
    assert told(refused(read_cases, CASES / "cals.yaml", tmp_path, old, new), code)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("{name: Lotte,", "{name: Sanne,", "C06"),
        ("gender: f", "gender: x", "R15"),
        ("\nopenings:", "\nopening:", "R13"),
        ('nl: "{a}', 'nl: "{d}', "R36"),
    ],
)
def test_the_parts_of_cases_fit_together(tmp_path: Path, old: str, new: str, code: str) -> None:
    assert told(refused(read_parts, PARTS, tmp_path, old, new), code)


@pytest.mark.parametrize("lost", [f.id for f in read_safety().flags])
def test_every_red_flag_has_words_that_raise_it(tmp_path: Path, lost: str) -> None:
    before, flags, after = PARTS.read_text("utf-8").partition("\nflags:")
    path = tmp_path / PARTS.name
    path.write_text(before + flags + after.replace(f"\n  {lost}:", "\n  fire:", 1), "utf-8")
    with pytest.raises(BadFile) as error:
        read_parts(path)
    assert told(error.value, "C06")
    assert told(error.value, "R17")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in the file system here")
def test_a_pipe_is_refused_instead_of_waited_for(tmp_path: Path) -> None:
    """Whatever is asked to read it."""
    path = tmp_path / "contacts.yaml"
    os.mkfifo(path)
    with pytest.raises(BadFile, match="R04 cannot be read: this is no plain file → "):
        read_contacts(path)


@pytest.mark.parametrize("where", [os.devnull, "/dev/zero", "."])
def test_a_device_or_folder_is_refused(tmp_path: Path, where: str) -> None:
    """Also behind a link with the right name."""
    if not Path(where).exists():
        pytest.skip(f"no {where} here")
    path = tmp_path / "contacts.yaml"
    path.symlink_to(Path(where).resolve())
    with pytest.raises(BadFile, match=r"R04 cannot be read: this is (no plain file|a folder) → "):
        read_contacts(path)
