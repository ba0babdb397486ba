"""Writes the module `ahead`: code that dataclasses would otherwise write and compile at each start.

A dataclass writes its methods as text and compiles it when its module is imported. In a browser
that is most of what importing the engine takes. So the engine is imported once here, inside
Pyodide, each such text is kept, and all of them become one module that is compiled with the rest.
A text that is not found there is compiled as ever: whatever changes, the engine works the same.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from scripts.bundle.node import INSIDE, pyodide_version, run_inside
from scripts.kept import kept

MODULE = "ahead"

_START = '''\
"""Methods of the engine's dataclasses, written and compiled ahead. Made by scripts/bundle/ahead.py."""

import dataclasses
from types import FunctionType

MADE = {}
missed = []


def made(function, text):
    MADE[text] = function.__code__


def install():
    """From here on dataclasses take their methods from this module where it has them."""
    dataclasses.exec = run


def run(text, namespace, names):
    """In place of `exec` inside dataclasses, where it is only ever given such a text."""
    if text in MADE:
        names["__create_fn__"] = FunctionType(MADE[text], namespace)
    else:
        missed.append(text)
        exec(text, namespace, names)
'''


def ahead_source(engine: Mapping[str, bytes], modules: Iterable[str]) -> bytes:
    """The source of the module. ``engine``: its files by name; ``modules``: those to import."""
    wanted = sorted(modules)
    script = INSIDE / "record_dataclasses.py"
    texts = [part for name in sorted(engine) for part in (name, engine[name])]
    made_from = [pyodide_version(), _START, script.read_bytes(), *wanted, *texts]
    return kept("ahead", made_from, lambda: _recorded(engine, wanted, script))


def _recorded(engine: Mapping[str, bytes], modules: Iterable[str], script: Path) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        for name, content in engine.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        told = run_inside(script, *modules, folders={"/engine": Path(folder)})
    parts = [f"\n\n{text}\n\n\nmade(__create_fn__, {text!r})\n" for text in json.loads(told)]
    return "".join([_START, *parts]).encode("utf-8")
