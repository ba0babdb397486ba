"""A protocol that may be published: read from its file and proved sound."""

from __future__ import annotations

from pathlib import Path

from decision_tree.checks import run_checks
from decision_tree.errors import BadFile
from decision_tree.protocol import Protocol
from decision_tree.reading import read_with_source


def prove(path: Path) -> Protocol:
    """Read a school's file and run every check on it.

    Raises ``BadFile`` with every problem, each with its line: of a file that cannot be read
    (codes R) or, where it can, of a table or text that does not hold (codes P).
    """
    read = read_with_source(path)
    if problems := run_checks(read):
        raise BadFile(problems)
    return read.protocol
