"""The public API: what README shows works, and importing it loads no more than is used."""

from __future__ import annotations

import doctest
import importlib
import re
import subprocess
import sys
import tomllib

import decision_tree
from scripts.progress import ROOT

README = ROOT / "decision_tree" / "README.md"


def test_every_example_of_the_readme_gives_what_it_says() -> None:
    """At least one per function that decides."""
    result = doctest.testfile(str(README), module_relative=False)
    assert result.attempted > 5
    assert result.failed == 0


def test_every_public_name_exists_and_the_type_checker_sees_the_same() -> None:
    """It reads the imports; a program asks the module."""
    source = (ROOT / "decision_tree" / "__init__.py").read_text(encoding="utf-8")
    seen = re.findall(r"from decision_tree\.(\w+) import (\w+) as \2$", source, re.MULTILINE)
    assert sorted(name for _, name in seen) == decision_tree.__all__
    for module, name in seen:
        there = importlib.import_module(f"decision_tree.{module}")
        assert getattr(decision_tree, name) is getattr(there, name)


def test_deciding_loads_nothing_that_reads_files() -> None:
    """So it runs in the browser, where neither YAML nor Pydantic is."""
    code = "import sys; from decision_tree import decide; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-P", "-c", code], cwd=ROOT, env={"PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    loaded = set(done.stdout.split())
    assert "decision_tree.guide" in loaded
    assert not loaded & {"yaml", "pydantic", "click", "decision_tree.reading"}


def test_a_name_that_is_not_public_is_refused_as_python_does() -> None:
    assert not hasattr(decision_tree, "guess")


def test_the_package_is_typed_and_has_a_command() -> None:
    """``py.typed`` tells type checkers, ``project.scripts`` the installer."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    module, _, function = project["scripts"]["protocolwijzer"].partition(":")
    assert callable(getattr(importlib.import_module(module), function))
    assert (ROOT / "decision_tree" / "py.typed").is_file()
