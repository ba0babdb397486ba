"""The scripts of a page reach a visitor as one file, and no module of the site misses another."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scripts.site_steps.hashed_names import hashed_file
from scripts.site_steps.join_modules import ENTRIES, imported_by

from .conftest import BuiltSite

OURS = Path(__file__).resolve().parents[2] / "overrides" / "assets"

FUNCTION = re.compile(r"^(?:export )?(?:async )?function (\w+)", re.MULTILINE)


@pytest.mark.parametrize("entry", ENTRIES)
def test_what_a_page_loads_is_one_file_in_which_each_of_its_modules_stands(
    site: BuiltSite, entry: str
) -> None:
    file = hashed_file(site.folder / "assets" / entry)
    assert imported_by([file]) == {file}
    joined = file.read_text(encoding="utf-8")
    modules = imported_by([OURS / entry])
    assert len(modules) > 1
    for path in modules:
        names = FUNCTION.findall(path.read_text(encoding="utf-8"))
        # what this page does not use of a module is left out
        found = [name for name in names if re.search(rf"\bfunction {name}\d*\(", joined)]
        assert found or not names, path.name


def test_every_module_finds_what_it_imports(site: BuiltSite) -> None:
    modules = [p for p in (site.folder / "assets").rglob("*.mjs") if "python" not in p.parts]
    assert all(path.is_file() for path in imported_by(modules))
