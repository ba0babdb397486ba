"""Every code that is printed can be explained, and nothing is explained that is never said."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from decision_tree.checks import CHECKS
from decision_tree.codes import MEANINGS
from decision_tree.command_line import main

CODE = re.compile(r'"([A-Z]\d\d)"')
RAISED = {
    code
    for folder in ("decision_tree", "scripts/pages")
    for path in Path(folder).rglob("*.py")
    if path.name != "codes.py"
    for code in CODE.findall(path.read_text("utf-8"))
}


def test_every_code_that_is_raised_is_explained_and_no_other() -> None:
    assert {*MEANINGS, *(check.code for check in CHECKS)} == RAISED
    assert not MEANINGS.keys() & {check.code for check in CHECKS}


@pytest.mark.parametrize("code", sorted(RAISED))
def test_the_command_line_explains_a_code_in_a_sentence(code: str) -> None:
    result = CliRunner().invoke(main, ["check", "--explain", code.lower()])
    assert result.exit_code == 0
    assert re.match(rf"{code}  [A-Z*].*\.$", result.stdout, re.MULTILINE)
