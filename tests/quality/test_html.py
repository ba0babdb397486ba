"""Valid HTML, as the W3C's validator (vnu) reads it."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from scripts.find_java import HELP, find_java
from scripts.progress import ROOT
from tests.site.conftest import BuiltSite

VNU = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"

KNOWN = {
    r"Resource violates Content Security Policy \(meta tag\): external (stylesheet|script) .*": (
        "the validator reads files and so knows no 'self'; browsers, which do, are asked in tests/site"
    ),
    "The “list” role is unnecessary for element “[uo]l”.": (
        "Safari takes a list without markers for none, and so reads no list aloud, unless it says so itself"
    ),
}
"""Messages that are no fault of a page, each with the reason."""


def test_every_page_is_valid_html(site: BuiltSite) -> None:
    """Errors and warnings alike; SVG drawn into a page counts as part of it."""
    program = find_java()
    if program is None:
        pytest.skip(HELP)
    found = [
        f"{Path(message['url']).relative_to(f'file:{site.folder}')}:{message.get('lastLine')}: "
        f"{message['message']} {message.get('extract', '')[:120]!r}"
        for message in complaints(program, site.folder)
        if not any(re.fullmatch(pattern, message["message"]) for pattern in KNOWN)
    ]
    assert found == []


def complaints(program: str, folder: Path) -> list[dict[str, str]]:
    """What the validator says of every page of this folder."""
    done = subprocess.run(
        [program, "-jar", str(VNU), "--stdout", "--format", "json", "--skip-non-html", str(folder)],
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.stdout, f"the validator did not run: {done.stderr}"
    messages: list[dict[str, str]] = json.loads(done.stdout)["messages"]
    return messages
