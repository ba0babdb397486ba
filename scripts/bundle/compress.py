"""Writes .br and .gz beside files, for hosts that serve them as they lie there."""

from __future__ import annotations

import gzip
import hashlib
import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import brotli

from scripts.progress import ROOT

_CACHE = ROOT / "build" / "compressed"
"""By hash of the content: the largest file changes with Pyodide only and takes the longest."""


def _brotli(content: bytes) -> bytes:
    return bytes(brotli.compress(content, quality=11, lgwin=24))


def _gzip(content: bytes) -> bytes:
    return gzip.compress(content, 9, mtime=0)


_WAYS = {".br": _brotli, ".gz": _gzip}


def compress(files: Iterable[Path]) -> None:
    """Write both beside each file."""
    jobs = [(path, ending) for path in files for ending in _WAYS]
    jobs.sort(key=lambda job: -job[0].stat().st_size)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(lambda job: _write(*job), jobs))


def _write(path: Path, ending: str) -> None:
    content = path.read_bytes()
    cached = _CACHE / f"{hashlib.sha256(content).hexdigest()}{ending}"
    if not cached.is_file():
        _CACHE.mkdir(parents=True, exist_ok=True)
        half = cached.with_name(f"{cached.name}.{os.getpid()}")
        half.write_bytes(_WAYS[ending](content))
        half.replace(cached)
    path.with_name(path.name + ending).write_bytes(cached.read_bytes())
