"""The scripts of the page make no markup out of text, and no code either."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scripts.progress import ROOT

OURS = [*(ROOT / "overrides").rglob("*.js"), *(ROOT / "overrides").rglob("*.mjs"),
        ROOT / "scripts" / "offline_worker.js"]  # fmt: skip

MARKUP_FROM_TEXT = re.compile(
    r"\.(innerHTML|outerHTML|srcdoc)\s*=(?!=)|insertAdjacentHTML|document\.write|createContextualFragment"
)
CODE_FROM_TEXT = re.compile(
    r"\beval\s*\(|new Function\b|set(Timeout|Interval)\(\s*[\"'`]|javascript:"
)


@pytest.mark.parametrize("file", OURS, ids=[file.name for file in OURS])
def test_a_script_never_turns_text_into_markup_or_code(file: Path) -> None:
    """What comes from the data, from Python or from the address stays text."""
    text = file.read_text(encoding="utf-8")
    assert MARKUP_FROM_TEXT.search(text) is None
    assert CODE_FROM_TEXT.search(text) is None


def test_no_template_trusts_its_data() -> None:
    """`| safe` would undo the escaping. The frame passes on pages that are drawn already."""
    for file in (ROOT / "overrides" / "pages").rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        assert re.search(r"\|\s*safe\b|autoescape\s+false", text) is None, file.name
