"""What an older browser cannot even read: one such sign, and a script is as good as not there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.site.conftest import BuiltSite

pytestmark = pytest.mark.built

LOOKBEHIND = re.compile(r"\(\?<[=!]")
"""Safari has it since 16.4, and before that takes no script that holds one."""


def test_no_script_of_the_site_looks_behind(site: BuiltSite) -> None:
    """Those of Pagefind and of Pyodide's loader too."""
    scripts = [f for f in site.folder.rglob("*") if f.suffix in {".js", ".mjs"}]
    assert len(scripts) > 10
    assert [name(f, site) for f in scripts if LOOKBEHIND.search(f.read_text("utf-8"))] == []


def name(file: Path, site: BuiltSite) -> str:
    return file.relative_to(site.folder).as_posix()
