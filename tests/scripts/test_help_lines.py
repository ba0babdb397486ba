"""A help line has one number: that of contacts.yaml, wherever a text of ours names it."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from decision_tree.reading import read_contacts
from scripts.progress import ROOT

TEXTS = ("decision_tree/*.yaml", "decision_tree/protocols/*.yaml", "decision_tree/cases/*.yaml",
         "docs/*.md", "docs/*.yaml", "overrides/*.html", "overrides/*.mjs", "overrides/*.js",
         "scripts/pages/*.yaml", "scripts/*.py")  # fmt: skip
"""Everything that words on a page come from."""

NUMBER = re.compile(
    r"(?<![\w-])(?:0[89]00[- ]?\d{3,7}|0\d\d[- ]\d{3}(?: ?\d\d){2}|11[236]|tel:\d+)(?![\w%])"
)
"""Of a help line, or as a link that calls: 0800-2000, 020-261 52 75, 113."""


def texts() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *TEXTS],
        cwd=ROOT, capture_output=True, check=True,
    ).stdout.decode()  # fmt: skip
    files = [ROOT / name for name in listed.split("\0") if name and "contacts.yaml" not in name]
    return [file for file in files if file.is_file()]


def digits(number: str) -> str:
    return re.sub(r"\D", "", number)


def test_every_number_of_a_help_line_in_a_text_is_one_of_contacts_yaml() -> None:
    """Who changes a number there is told each place where the old one still stands.

    A number that only a school's document gives may stand in that school's file, where it is
    listed in contacts.yaml as one that we do not confirm.
    """
    listed = read_contacts()
    known = {c.phone for c in listed.contacts if c.phone and c.confirmed}
    known |= {n for c in listed.contacts if c.note for n in NUMBER.findall(c.note.nl)}
    unknown = []
    for file in texts():
        named = (e.name for e in listed.unpublished_from_documents if file.stem in e.said_by)
        allowed = {digits(n) for n in known.union(*map(NUMBER.findall, named))}
        unknown += [
            f"{file.relative_to(ROOT)}:{line}: {found}"
            for line, text in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
            for found in NUMBER.findall(text) if digits(found) not in allowed
        ]  # fmt: skip
    assert unknown == []
