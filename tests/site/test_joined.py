"""The guide's scripts reach a visitor as one file, and no module of the site misses another."""

from __future__ import annotations

import re
from pathlib import Path

from scripts.site_steps.join_modules import imported_by

from .conftest import BuiltSite

OURS = Path(__file__).resolve().parents[2] / "overrides" / "assets" / "guide" / "guide.mjs"

FUNCTION = re.compile(r"^(?:export )?(?:async )?function (\w+)", re.MULTILINE)


def test_the_guide_is_one_file_in_which_each_of_its_modules_stands(site: BuiltSite) -> None:
    guide = site.folder / "assets" / "guide" / "guide.mjs"
    assert imported_by([guide]) == {guide}
    joined = guide.read_text(encoding="utf-8")
    modules = imported_by([OURS])
    assert len(modules) > 1
    for path in modules:
        names = FUNCTION.findall(path.read_text(encoding="utf-8"))
        assert all(f"function {name}" in joined for name in names), path.name


def test_every_module_finds_what_it_imports(site: BuiltSite) -> None:
    modules = [p for p in (site.folder / "assets").rglob("*.mjs") if "python" not in p.parts]
    assert all(path.is_file() for path in imported_by(modules))
