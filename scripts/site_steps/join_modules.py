"""Joins the guide's modules into one file: a phone on a slow line asks once instead of ten times."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from scripts.progress import ROOT, run

ESBUILD = ROOT / "node_modules" / "esbuild" / "bin" / "esbuild"

_IMPORT = re.compile(r'\b(?:from|import)\s*\(?\s*"(\.[^"]+\.mjs)"')


def join_modules(site_dir: Path) -> None:
    """Write ``guide.mjs`` anew with all that it imports; take away what nothing else imports."""
    site_dir = site_dir.resolve()  # imports are compared as whole paths
    folder = site_dir / "assets" / "guide"
    entry = folder / "guide.mjs"
    joined = imported_by([entry])
    run([
        "node", ESBUILD, entry, f"--outfile={entry}", "--allow-overwrite",
        "--bundle", "--format=esm", "--minify-whitespace", "--target=es2022", "--log-level=warning",
    ])  # fmt: skip
    others = (path for path in (site_dir / "assets").rglob("*.mjs") if path not in joined)
    for path in joined - imported_by(others) - {entry}:
        path.unlink()


def imported_by(files: Iterable[Path]) -> set[Path]:
    """The files themselves and all that they import, by whatever way; an import is a plain path."""
    found: set[Path] = set()
    ahead = list(files)
    while ahead:
        path = ahead.pop()
        if path in found:
            continue
        found.add(path)
        text = path.read_text(encoding="utf-8")
        ahead += [(path.parent / name).resolve() for name in _IMPORT.findall(text)]
    return found
