"""Compiles Python files for the browser: with pyodide-build under 3.13, else in Pyodide itself."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from scripts.bundle.archive import packed, read_files, unpacked, write_stored
from scripts.bundle.node import INSIDE, pyodide_version, run_inside
from scripts.find_python import BEST
from scripts.kept import kept
from scripts.progress import run

_FIXED = {
    "PYTHONHASHSEED": "0",  # the order of sets inside compiled code
    "SOURCE_DATE_EPOCH": "315532800",  # marks by hash of the source, not by its date
}


def compiled(files: Mapping[str, bytes], optimize: int = 0) -> dict[str, bytes]:
    """The same files with each .py replaced by its .pyc; ``optimize`` as of `python -O`."""
    sources = {name: text for name, text in files.items() if name.endswith(".py")}
    by = by_pyodide_build if sys.version_info[:2] == BEST else by_pyodide_itself
    others = {name: content for name, content in files.items() if name not in sources}
    texts = [part for name in sorted(sources) for part in (name, sources[name])]
    made_from = [sys.version, pyodide_version(), by.__name__, str(optimize), *texts]
    return {
        **others,
        **unpacked(kept("compiled", made_from, lambda: packed(by(sources, optimize)))),
    }


def by_pyodide_build(sources: Mapping[str, bytes], optimize: int) -> dict[str, bytes]:
    """Compile with `pyodide py-compile`: right when this Python's minor version is Pyodide's."""
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "sources.zip"
        write_stored(archive, sources)
        command = [sys.executable, "-P", "-m", "pyodide_cli", "py-compile", "--silent"]
        run([*command, archive], {**_FIXED, "PYTHONOPTIMIZE": str(optimize or "")})
        return read_files(archive)


def by_pyodide_itself(sources: Mapping[str, bytes], optimize: int) -> dict[str, bytes]:
    """Compile inside Pyodide in Node: right whatever Python runs this."""
    with tempfile.TemporaryDirectory() as folder:
        given, made = Path(folder, "in"), Path(folder, "out")
        given.mkdir()
        made.mkdir()
        for name, text in sources.items():
            path = given / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text)
        script = INSIDE / "compile_files.py"
        run_inside(script, str(optimize), folders={"/in": given, "/out": made})
        return {
            path.relative_to(made).as_posix(): path.read_bytes() for path in made.rglob("*.pyc")
        }
