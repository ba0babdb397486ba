"""Packs every text of the site, last of all: nothing may change a file after this."""

from __future__ import annotations

from pathlib import Path

from scripts.bundle.compress import compress

_TEXTS = frozenset({".css", ".html", ".js", ".json", ".mjs", ".svg", ".txt", ".xml"})
_WORTH_IT = 1_000
"""Bytes; less fits into one packet anyhow."""


def write_packed(site_dir: Path) -> None:
    """A .br and a .gz beside each; the bundle brings its own."""
    compress(
        path
        for path in sorted(site_dir.rglob("*"))
        if path.suffix in _TEXTS
        and path.stat().st_size >= _WORTH_IT
        and not path.with_name(path.name + ".br").exists()
    )
