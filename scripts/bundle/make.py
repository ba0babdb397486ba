"""Puts the bundle together in build/bundle/."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scripts.bundle.ahead import MODULE, ahead_source
from scripts.bundle.archive import write_stored
from scripts.bundle.compile import compiled
from scripts.bundle.compress import compress
from scripts.bundle.library import LIST, kept_library, missing_modules
from scripts.bundle.modules import PACKAGE, needed_modules
from scripts.bundle.node import PYODIDE, lock_contents
from scripts.bundle.wheel import module_name, sources_by_module, wheel_files
from scripts.progress import ROOT, Stop

BUNDLE = ROOT / "build" / "bundle"
RUNTIME_FILES = ("pyodide.mjs", "pyodide.asm.js", "pyodide.asm.wasm")
SCHOOLS_INSIDE = f"{PACKAGE}/schools"
"""Where the zip holds one JSON per school."""

_WITHOUT_DOCSTRINGS = 2
_HASH_LENGTH = 16


def make_bundle(
    schools: Mapping[str, str], target: Path = BUNDLE, pack: bool = True
) -> dict[str, Any]:
    """Make the bundle from the engine in this folder and from school id -> JSON; the manifest.

    Without ``pack`` no .br and .gz, which take longest.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as temporary:
        folder = Path(temporary, "bundle")
        runtime = _copy_runtime(folder)
        library = _write_library(folder, schools)
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        if pack:
            compress(files)
        manifest = {
            "runtime": f"{runtime.name}/",
            "library": library.name,
            "schools": sorted(schools),
            "lock": lock_contents(),
            "files": {path.relative_to(folder).as_posix(): _facts(path) for path in files},
        }
        text = json.dumps(manifest, indent=1) + "\n"
        (folder / "manifest.json").write_text(text, encoding="utf-8")
        shutil.rmtree(target, ignore_errors=True)
        folder.replace(target)
    return manifest


def _copy_runtime(folder: Path) -> Path:
    """Copy three files of the npm package into a folder named by version and content."""
    package = json.loads((PYODIDE / "package.json").read_text(encoding="utf-8"))
    digest = hashlib.sha256(b"".join((PYODIDE / name).read_bytes() for name in RUNTIME_FILES))
    runtime = folder / f"pyodide-{package['version']}-{digest.hexdigest()[:_HASH_LENGTH]}"
    runtime.mkdir(parents=True)
    for name in RUNTIME_FILES:
        shutil.copyfile(PYODIDE / name, runtime / name)
    return runtime


def _write_library(folder: Path, schools: Mapping[str, str]) -> Path:
    """The one zip: library, engine, schools."""
    draft = folder / "library.zip"
    school_files = {f"{SCHOOLS_INSIDE}/{name}.json": text for name, text in schools.items()}
    engine = engine_files()
    modules = (module_name(name) for name in engine)
    write_stored(
        draft,
        compiled(kept_library(), _WITHOUT_DOCSTRINGS)
        | compiled({**engine, f"{MODULE}.py": ahead_source(engine, modules)})
        | {name: text.encode("utf-8") for name, text in school_files.items()},
    )
    digest = hashlib.sha256(draft.read_bytes()).hexdigest()
    return draft.rename(folder / f"library-{digest[:_HASH_LENGTH]}.zip")


def engine_files() -> dict[str, bytes]:
    """The files of the wheel that the browser needs; `Stop` if the library lacks one of theirs."""
    files = wheel_files()
    needed = needed_modules(sources_by_module(files))
    missing = missing_modules(set().union(*needed.values()))
    if missing:
        raise Stop(
            f"The engine imports {', '.join(missing)}, which {LIST.name} does not list.\n"
            "Run `.venv/bin/python -m scripts.bundle.record_library`."
        )
    return {
        name: content
        for name, content in files.items()
        if name.endswith(".py") and module_name(name) in needed
    }


def _facts(path: Path) -> dict[str, object]:
    content = path.read_bytes()
    packed = {kind: path.with_name(f"{path.name}.{kind}") for kind in ("br", "gz")}
    return {
        "bytes": len(content),
        **{kind: file.stat().st_size for kind, file in packed.items() if file.is_file()},
        "sha256": hashlib.sha256(content).hexdigest(),
    }
