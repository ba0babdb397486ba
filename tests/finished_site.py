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
    if named and (Path(named) / "sw.js").is_file():
        return Path(named).resolve()
    places = Places()
    if named or not places.finished.is_file():
        pytest.fail(f"{named or places.site} is not a finished site; run scripts/build.py first")
    if places.finished.read_text(encoding="utf-8") != places.made(made_from()):
        pytest.fail(f"{places.site} is older than what it is made from; run scripts/build.py first")
    return places.site
