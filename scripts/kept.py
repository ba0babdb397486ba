"""Keeps what takes long to make, by a hash of what it is made from: ``build/kept/KIND/HASH``."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable

from scripts.progress import ROOT

KEPT = ROOT / "build" / "kept"


def kept(kind: str, made_from: Iterable[bytes | str], make: Callable[[], bytes]) -> bytes:
    """What ``make`` gave for exactly this before, or else now.

    ``made_from`` names everything that it depends on, the versions of tools among them.
    """
    digest = hashlib.sha256()
    for part in made_from:
        content = part.encode() if isinstance(part, str) else part
        digest.update(f"{len(content)}:".encode())  # so that no two lists read the same
        digest.update(content)
    file = KEPT / kind / digest.hexdigest()
    if not file.is_file():
        file.parent.mkdir(parents=True, exist_ok=True)
        half = file.with_name(f"{file.name}.{os.getpid()}")
        half.write_bytes(make())
        half.replace(file)  # two builds at a time may make the same
    return file.read_bytes()
