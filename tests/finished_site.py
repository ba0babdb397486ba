"""The site that tests read: finished by `scripts/build.py`, from what lies here now."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from scripts.build import Places
from scripts.made_from import made_from


def finished_site() -> Path:
    """The folder of the site; SITE_DIR names another one, of whatever age. Else the test fails."""
    named = os.environ.get("SITE_DIR")
    places = Places()
    site = Path(named).resolve() if named else places.site
    if not (site / "sw.js").is_file() or not (named or places.finished.is_file()):
        pytest.fail(f"{site} is not a finished site; run scripts/build.py first")
    if not named and places.finished.read_text(encoding="utf-8") != places.made(made_from()):
        pytest.fail(f"{site} is older than what it is made from; run scripts/build.py first")
    return site
