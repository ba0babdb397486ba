"""The site that tests read: as `scripts/build.py` left it, and not older than what it is made from."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from scripts.progress import ROOT

MADE_FROM = ("decision_tree/**/*", "docs/*", "mkdocs.yml", "overrides/**/*", "scripts/bundle/**/*",
             "scripts/pages/**/*", "scripts/site_steps/*", "scripts/site.py", "scripts/build.py",
             "scripts/offline.py", "scripts/offline_worker.js", "package-lock.json")  # fmt: skip

LAST = "sw.js.br"
"""What a build writes last of all."""


def finished_site() -> Path:
    """The folder of the site; SITE_DIR names another one, of whatever age. Else the test fails."""
    named = os.environ.get("SITE_DIR")
    folder = Path(named or ROOT / "site").resolve()
    if not (folder / LAST).is_file():
        pytest.fail(f"{folder} is not a finished site; run scripts/build.py first")
    newer = None if named else _newer_than((folder / LAST).stat().st_mtime)
    if newer:
        pytest.fail(f"site/ is older than {newer}; run scripts/build.py first")
    return folder


def _newer_than(built: float) -> str:
    for pattern in MADE_FROM:
        for file in ROOT.glob(pattern):
            if (
                file.suffix not in {".pyc", ".md"}
                and file.is_file()
                and file.stat().st_mtime > built
            ):
                return file.relative_to(ROOT).as_posix()
    return ""
