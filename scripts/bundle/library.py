"""The part of the standard library that goes to the browser; library.txt is the list.

The list is recorded by `.venv/bin/python -m scripts.bundle.record_library`: what Pyodide and the engine
load, and what it takes to tell an error properly. Everything else stays at home, which is two
thirds. What is missing shows in the browser as a misleading "removed from the Python standard
library in the Pyodide distribution"; `missing_modules` finds it before.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from scripts.bundle.archive import read_files
from scripts.bundle.node import PYODIDE
from scripts.bundle.wheel import module_name

LIST = Path(__file__).with_name("library.txt")


def recorded_kinds() -> dict[str, str]:
    """Module -> ``zip`` or ``frozen``, as in library.txt."""
    lines = LIST.read_text(encoding="utf-8").splitlines()
    return dict(line.split() for line in lines if line and not line.startswith("#"))


def whole_library() -> dict[str, bytes]:
    """Every Python file of the npm package's standard library."""
    files = read_files(PYODIDE / "python_stdlib.zip")
    return {name: content for name, content in files.items() if name.endswith(".py")}


def kept_library() -> dict[str, bytes]:
    """Those that library.txt sends to the browser."""
    kinds = recorded_kinds()
    return {
        name: text
        for name, text in whole_library().items()
        if kinds.get(module_name(name)) == "zip"
    }


def missing_modules(imported: Iterable[str]) -> list[str]:
    """Which of these library modules exist as files and are not in library.txt."""
    whole = {module_name(name) for name in whole_library()}
    return sorted(set(imported) & whole - recorded_kinds().keys())
