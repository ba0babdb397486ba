"""Writes requirements*.txt from pyproject.toml: exact versions and hashes.

Usage: python3 scripts/lock.py [--upgrade]

Without --upgrade the versions that are locked already stay as they are. uv is asked because its
one lock serves every system (pip's own would serve only the one that it is made on).
"""

from __future__ import annotations

import sys
from pathlib import Path

if __name__ == "__main__":  # started as a file: find our own packages from the project's root
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts.progress import run, stopping_kindly, working
from scripts.setup import DEV_LOCK, INSTALLER_LOCK, LOCK, enter_environment, ready_to_build

GROUPS = {LOCK: ["site", "bundle"], DEV_LOCK: ["site", "bundle", "test", "check"]}
"""Which dependency groups of pyproject.toml go into which lock."""


def main() -> None:
    """Lock all, the smaller one held to the versions of the larger one."""
    with stopping_kindly():
        enter_environment()
        ready_to_build()
        for lock in (INSTALLER_LOCK, DEV_LOCK, LOCK):
            with working(f"Locking {lock}"):
                _lock(lock, sys.argv[1:])


def _lock(lock: str, options: list[str]) -> None:
    command = [sys.executable, "-m", "uv", "pip", "compile", "--quiet"]
    command += ["--universal", "--python-version", "3.12", "--generate-hashes"]
    command += ["--no-header", "--no-emit-index-url", "--output-file", lock]
    if lock == INSTALLER_LOCK:
        command += ["--group", "install"]
    else:
        command += ["pyproject.toml"]
    for group in GROUPS.get(lock, ()):
        command += ["--group", group]
    if lock == LOCK:
        command += ["--constraint", DEV_LOCK]
    else:
        command += options
    run(command)


if __name__ == "__main__":
    main()
