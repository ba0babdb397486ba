"""Joins modules into one file per page: a phone on a slow line asks once instead of a dozen times.

One file has one name, too: a page gets all of its scripts from its own version, or none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from scripts.progress import ROOT, run

ESBUILD = ROOT / "node_modules" / "esbuild" / "bin" / "esbuild"

ENTRIES = ("guide/guide.mjs", "practice/practice.mjs", "search/search.mjs")
"""What a page loads, below ``assets/``; each becomes one file."""

_IMPORT = re.compile(r'\b(?:from|import)\s*\(?\s*"(\.[^"]+\.mjs)"')


def join_modules(site_dir: Path) -> None:
    """Write each entry anew with all that it imports; take away what nothing else imports."""
    site_dir = site_dir.resolve()  # imports are compared as whole paths
    entries = [site_dir / "assets" / entry for entry in ENTRIES]
    joined = imported_by(entries)
    run([
        "node", ESBUILD, *entries, f"--outdir={site_dir / 'assets'}", f"--outbase={site_dir / 'assets'}",
        "--out-extension:.js=.mjs", "--allow-overwrite",
        "--bundle", "--format=esm", "--minify-whitespace", "--target=es2022", "--log-level=warning",
    ])  # fmt: skip
    others = (path for path in (site_dir / "assets").rglob("*.mjs") if path not in joined)
    for path in joined - imported_by(others) - set(entries):
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
