"""A mutant of a data file is read or refused with line and hint; never anything else, whatever the kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mutants import fate, kinds, mutants

KINDS = kinds()
COUNT = 60


@pytest.mark.parametrize("name", KINDS)
def test_a_mutant_is_read_or_refused_with_its_line_and_what_to_write(
    name: str, tmp_path: Path
) -> None:
    """Always the same ones; ``python -m tests.mutants`` tries more, with another seed."""
    kind = KINDS[name]
    assert fate(kind, kind.text, tmp_path) == ()
    refused = 0
    for text in mutants(kind, f"suite {name}", COUNT):
        try:
            refused += bool(fate(kind, text, tmp_path))
        except Exception as error:
            error.add_note(f"the mutant is {tmp_path / kind.name}")
            raise
    assert COUNT / 2 < refused < COUNT
