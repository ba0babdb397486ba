"""Builds the wheel of the engine: what a stranger would install is what the browser gets."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from scripts.bundle.archive import packed, read_files, unpacked
from scripts.bundle.modules import PACKAGE
from scripts.kept import kept
from scripts.progress import ROOT, run


def wheel_files() -> dict[str, bytes]:
    """The Python files of the package in its wheel, by name."""
    texts = [
        part
        for file in sorted((ROOT / PACKAGE).rglob("*.py"))
        for part in (file.relative_to(ROOT).as_posix(), file.read_bytes())
    ]
    made_from = [sys.version, (ROOT / "pyproject.toml").read_bytes(), *texts]
    return unpacked(kept("wheel", made_from, lambda: packed(_built())))


def _built() -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        # -P: not the project's folder, or its build/ would be taken for the tool of that name
        command = [sys.executable, "-P", "-m", "build", "--wheel", "--no-isolation"]
        run([*command, "--outdir", folder])
        (wheel,) = Path(folder).glob("*.whl")
        files = read_files(wheel)
    return {
        name: content
        for name, content in files.items()
        if name.startswith(f"{PACKAGE}/") and name.endswith(".py")
    }


def sources_by_module(files: dict[str, bytes]) -> dict[str, str]:
    """Module name -> source, of the Python files among these."""
    return {
        module_name(name): content.decode("utf-8")
        for name, content in files.items()
        if name.endswith(".py")
    }


def module_name(file_name: str) -> str:
    """``a/b.py`` -> ``a.b``; ``a/__init__.py`` -> ``a``."""
    return file_name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
