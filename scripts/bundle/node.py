"""Runs a Python file inside Pyodide, in Node: the same interpreter as in the browser."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

from scripts.progress import ROOT, Stop, run

PYODIDE = ROOT / "node_modules" / "pyodide"
"""The pinned npm package."""

INSIDE = Path(__file__).with_name("inside")
"""Python files that run inside Pyodide."""


def run_inside(
    script: Path,
    *arguments: str,
    folders: Mapping[str, Path] | None = None,
    runtime: Path = PYODIDE,
    library: Path | None = None,
) -> str:
    """What the script prints. ``folders``: path inside -> folder of this machine.

    ``arguments`` are its `sys.argv[1:]`. ``library`` is another standard library than the
    runtime's own.
    """
    node = shutil.which("node")
    if node is None:
        raise Stop("This needs Node 20 or newer.")
    task = {
        "runtime": f"{runtime}/",
        "library": str(library or runtime / "python_stdlib.zip"),
        "folders": {inside: str(folder) for inside, folder in (folders or {}).items()},
        "lock": lock_contents(),
        "script": str(script),
        "arguments": list(arguments),
    }
    driver = Path(__file__).with_name("pyodide_in_node.mjs")
    return run([node, driver, json.dumps(task)])


def pyodide_version() -> str:
    """Of the npm package."""
    package = json.loads((PYODIDE / "package.json").read_text(encoding="utf-8"))
    return str(package["version"])


def lock_contents() -> dict[str, object]:
    """The lock without packages that Pyodide wants to see at its start."""
    info = json.loads((PYODIDE / "pyodide-lock.json").read_text(encoding="utf-8"))["info"]
    return {"info": info, "packages": {}}
