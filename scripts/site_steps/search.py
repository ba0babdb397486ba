"""The search index: Pagefind, one index per language, made from the built pages."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

_UNUSED = (
    "pagefind-ui.*",
    "pagefind-modular-ui.*",
    "pagefind-component-ui.*",
    "pagefind-highlight.js",
)
"""Pagefind's own interfaces; ours is overrides/assets/search.js."""


def write_search(site_dir: Path) -> None:
    """Write ``pagefind/`` into the site."""
    done = subprocess.run(
        [sys.executable, "-m", "pagefind", "--site", str(site_dir), "--quiet"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"the search index failed:\n{done.stdout}{done.stderr}")
    for pattern in _UNUSED:
        for file in (site_dir / "pagefind").glob(pattern):
            file.unlink()
