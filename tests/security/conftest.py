"""The finished site, and one that is drawn from a file that means harm."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from scripts.progress import ROOT


@pytest.fixture(scope="session")
def finished_site() -> Path:
    """The site as `scripts/build.py` left it; SITE_DIR names another one."""
    folder = Path(os.environ.get("SITE_DIR", ROOT / "site")).resolve()
    if not (folder / "sw.js.br").is_file():
        pytest.fail(f"{folder} is not a finished site; run scripts/build.py first")
    return folder
