"""Schools and the small sound protocol, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from decision_tree.checks.examples import whole
from decision_tree.reading import Read, read_with_source, school_files
from decision_tree.tree import Compiled, compile_tree

SCHOOLS = tuple(school_files())


@pytest.fixture(scope="session", params=SCHOOLS)
def school(request: pytest.FixtureRequest) -> Read:
    """Each published school in turn."""
    return read_with_source(school_files()[request.param])


@pytest.fixture(scope="session")
def compiled(school: Read) -> Compiled:
    """The same school, compiled."""
    return compile_tree(school.protocol)


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Read:
    """The small protocol in which every check passes."""
    return read_example(tmp_path_factory.mktemp("sound"), whole())


def read_example(folder: Path, text: str) -> Read:
    """Read a protocol from text; its id must be ``example``."""
    path = folder / "example.yaml"
    path.write_text(text, "utf-8")
    return read_with_source(path)
