"""What the site is made from, as one hash: so that a site can be told from one that is older."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from scripts.progress import ROOT

_MADE_FROM = ("decision_tree/**/*", "docs/*", "mkdocs.yml", "overrides/**/*", "scripts/bundle/**/*",
              "scripts/pages/**/*", "scripts/site_steps/*", "scripts/site/*", "scripts/build.py",
              "scripts/offline.py", "scripts/offline_worker.js", "package-lock.json",
              "requirements.txt")  # fmt: skip


def made_from() -> str:
    """A hash of the names and contents of all that a build reads; another one after any change."""
    digest = hashlib.sha256()
    for file in _files():
        content = hashlib.sha256(file.read_bytes()).hexdigest()
        digest.update(f"{file.relative_to(ROOT).as_posix()} {content}\n".encode())
    return digest.hexdigest()


def _files() -> Iterator[Path]:
    """Without what Python, editors and systems leave beside them, and what is for maintainers."""
    for file in sorted({file for pattern in _MADE_FROM for file in ROOT.glob(pattern)}):
        parts = file.relative_to(ROOT).parts
        left_behind = any(part == "__pycache__" or part.startswith(".") for part in parts)
        if not left_behind and file.name != "README.md" and file.is_file():
            yield file
