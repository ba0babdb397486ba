"""Records library.txt: which modules of the standard library the browser needs.

Usage: .venv/bin/python -m scripts.bundle.record_library [--check]

Runs the engine on every school inside Pyodide in Node, with the whole library at hand, and
writes down what was loaded. With --check it only compares, and fails if something is missing.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from scripts.build import compiled_schools
from scripts.bundle.library import LIST, recorded_kinds, whole_library
from scripts.bundle.modules import needed_modules
from scripts.bundle.node import INSIDE, run_inside
from scripts.bundle.wheel import module_name, sources_by_module, wheel_files
from scripts.progress import Stop, say, stopping_kindly, working

ON_ERROR = {"_colorize", "codeop", "contextlib", "encodings.ascii", "encodings.latin_1", "linecache",
            "textwrap", "token", "tokenize", "traceback"}  # fmt: skip
"""What tells an error properly, loaded or not."""

_HEAD = """\
# Standard library modules in the browser; written by `.venv/bin/python -m scripts.bundle.record_library`.
# zip: goes into the bundle. frozen: is part of the interpreter, so its file may stay at home.
"""


def recorded_modules(compiled: Mapping[str, str]) -> dict[str, str]:
    """Module -> ``zip`` or ``frozen``: what is loaded when the engine works, with what it names
    and what tells errors."""
    files = wheel_files()
    needed = needed_modules(sources_by_module(files))
    with tempfile.TemporaryDirectory() as temporary:
        engine, schools = Path(temporary, "engine"), Path(temporary, "schools")
        for name in files:
            if name.endswith(".py") and module_name(name) in needed:
                (engine / name).parent.mkdir(parents=True, exist_ok=True)
                (engine / name).write_bytes(files[name])
        schools.mkdir()
        for school, text in compiled.items():
            (schools / f"{school}.json").write_text(text, encoding="utf-8")
        script = INSIDE / "exercise_engine.py"
        printed = run_inside(script, *needed, folders={"/engine": engine, "/schools": schools})
    whole = {module_name(name) for name in whole_library()}
    loaded = dict(line.split() for line in printed.splitlines())
    named = dict.fromkeys(set().union(*needed.values()) | ON_ERROR, "zip")
    return {name: kind for name, kind in (named | loaded).items() if name in whole}


def unlisted(recorded: Mapping[str, str]) -> set[str]:
    """What library.txt lacks, or has as frozen though it is needed from the zip."""
    return {name for name, kind in recorded.items() if recorded_kinds().get(name) != kind}


def main() -> None:
    """Write the list, or with --check compare it."""
    with stopping_kindly():
        with working("Running the engine in Pyodide and writing down what it loads"):
            recorded = recorded_modules(compiled_schools())
        if "--check" in sys.argv[1:]:
            if missing := unlisted(recorded):
                raise Stop(f"{LIST.name} lacks {', '.join(sorted(missing))}.")
            return
        lines = [f"{name} {kind}\n" for name, kind in sorted(recorded.items())]
        LIST.write_text(_HEAD + "".join(lines), encoding="utf-8")
        say(f"{LIST.name} has {len(recorded)} modules.")


if __name__ == "__main__":
    main()
