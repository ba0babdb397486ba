"""What a browser keeps together, of a made-up site; and how much the real one asks of a data plan."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scripts.offline import offline_sets, write_offline

SETS = ("safety", "guide", "python", "parents", "school", "core")
"""Names that a set has, or had."""


def page(folder: Path, path: str, *files: str) -> None:
    """A page that loads these files, in Dutch and in English."""
    for language in ("", "en/"):
        up = "../" * (language + path).count("/")
        file = folder / language / path / "index.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        links = "".join(f'<link rel="stylesheet" href="{up}{name}">' for name in files)
        file.write_text(f"{language}{path}{links}", encoding="utf-8")


def made_up(folder: Path, *schools: str) -> Path:
    """A site with these schools."""
    for name in ("all.css", "guide.css", "guide.mjs"):
        file = folder / "assets" / "guide" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(name, encoding="utf-8")
    for path in ("", "nu-gevaar/", "hulplijnen/", "over/"):
        page(folder, path, "assets/guide/all.css")
    page(folder, "mijn-school-staat-er-niet-bij/", "assets/guide/all.css", "assets/guide/guide.css")
    for school in schools:
        for path in ("", "ouders/", "protocol/", "bronnen/", "kaart/"):
            page(folder, f"scholen/{school}/{path}", "assets/guide/all.css")
        for path in ("wijzer/", "oefenen/"):
            files = ("assets/guide/all.css", "assets/guide/guide.css")
            page(folder, f"scholen/{school}/{path}", *files)
    return folder


def test_what_everyone_keeps_are_the_numbers_and_how_a_page_looks(tmp_path: Path) -> None:
    """Not the guide, and nothing of a school."""
    kept = offline_sets(made_up(tmp_path, "one"))["safety"]
    pages = {folder + path for path in ("", "nu-gevaar/", "hulplijnen/") for folder in ("", "en/")}
    assert kept.keys() == pages | {"assets/guide/all.css"}


@pytest.mark.parametrize("school", SETS)
def test_no_name_of_a_school_takes_the_place_of_a_set(tmp_path: Path, school: str) -> None:
    """Whatever it is called, everything else is kept as if it were not there."""
    usual = offline_sets(made_up(tmp_path / "without", "one"))
    sets = offline_sets(made_up(tmp_path / "with", "one", school))
    assert usual.keys() < sets.keys()
    assert {name: sets[name] for name in usual} == usual
    assert sets.keys() - usual.keys() == {f"parents/{school}", f"school/{school}"}


def test_each_set_is_whole_together_with_what_is_always_kept_with_it(tmp_path: Path) -> None:
    """A page for parents needs what everyone has; a guide also what all guides share. No file twice."""
    sets = offline_sets(made_up(tmp_path, "one", "two"))
    assert sets["guide"].keys() >= {"assets/guide/guide.css", "assets/guide/guide.mjs"}
    listed = [path for kept in sets.values() for path in kept]
    assert len(listed) == len(set(listed))
    assert all(path.startswith(("scholen/one/", "en/")) for path in sets["parents/one"])


def test_any_change_of_what_is_kept_is_another_version(tmp_path: Path) -> None:
    """And what is not kept is none; the worker says the same as the file beside it."""
    site = made_up(tmp_path, "one")

    def version() -> str:
        worker = write_offline(site).read_text(encoding="utf-8")
        said = (site / "version.txt").read_text(encoding="utf-8").strip()
        assert f'const VERSION = "{said}";' in worker
        return said

    first = version()
    assert version() == first
    (site / "over" / "index.html").write_text("another", encoding="utf-8")
    assert version() == first
    (site / "hulplijnen" / "index.html").write_text("0800-2001", encoding="utf-8")
    assert version() != first


@pytest.mark.built
def test_keeping_the_numbers_costs_little_of_a_data_plan(finished_site: Path) -> None:
    """Bytes as they come over the line. What a page looks like has come with the page that was read."""

    def packed(path: str) -> int:
        file = finished_site / (f"{path}index.html" if path == "" or path.endswith("/") else path)
        smaller = file.with_name(f"{file.name}.br")
        return (smaller if smaller.is_file() else file).stat().st_size

    sets = offline_sets(finished_site)
    pages = sum(packed(path) for path in sets["safety"] if not path.startswith("assets/"))
    assert pages + packed("sw.js") < 50_000
    assert sum(packed(path) for path in sets["safety"]) < 120_000
    for name, kept in sets.items():
        if name.startswith("parents/"):
            assert sum(map(packed, kept)) < 30_000, name
            assert json.dumps(sorted(kept)).count("ouders/") == 2
