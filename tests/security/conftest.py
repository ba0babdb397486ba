"""The finished site, and one that is drawn from a file that means harm."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import finished_site as built


@pytest.fixture(scope="session")
def finished_site() -> Path:
    return built.finished_site()
