"""Any data file of the engine, read as what its name and folder say it is."""

from __future__ import annotations

from pathlib import Path

from decision_tree.reading import (
    CONTACTS,
    SAFETY,
    Read,
    read_contacts,
    read_safety,
    read_with_source,
)
from decision_tree.reading_cases import CASES, PARTS, case_files, read_cases, read_parts


def other_files() -> list[Path]:
    """Our files besides the protocols."""
    return [SAFETY, CONTACTS, PARTS, *case_files().values()]


def read_any(path: Path) -> Read | None:
    """Read a file, a protocol if nothing says that it is something else; raises ``BadFile``.

    Only a protocol is given back, since only that has more to be proved.
    """
    if path.name == SAFETY.name:
        read_safety(path)
    elif path.name == CONTACTS.name:
        read_contacts(path)
    elif path.name == PARTS.name:
        read_parts(path)
    elif path.resolve().parent.name == CASES.name:
        read_cases(path)
    else:
        return read_with_source(path)
    return None
