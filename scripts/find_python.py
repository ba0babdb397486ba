"""Finds a Python that fits: 3.13 if there is one, else any from 3.12 up."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from scripts.progress import Stop

BEST = (3, 13)
"""The minor version of the Pyodide that we ship: what it compiles runs there unchanged."""

OLDEST = (3, 12)


def version_of(python: str | os.PathLike[str]) -> tuple[int, int]:
    """Major and minor version of this Python; (0, 0) if it does not run.

    A pyenv shim for a version that is not chosen exists and does not run.
    """
    question = "import sys; print(*sys.version_info[:2])"
    try:
        answer = subprocess.run(
            [os.fspath(python), "-c", question],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        ).stdout
        major, minor = answer.split()
        return int(major), int(minor)
    except (OSError, ValueError, subprocess.SubprocessError):
        return 0, 0


def suitable_python() -> str:
    """Path of the Python to make the environment with; `Stop` if there is none."""
    fitting: dict[tuple[int, int], str] = {}
    for python in _candidates():
        version = version_of(python)
        if version == BEST:
            return python
        if version >= OLDEST:
            fitting.setdefault(version, python)
    if fitting:
        return fitting[min(fitting)]
    here = ".".join(map(str, sys.version_info[:2]))
    raise Stop(
        f"This needs Python 3.13 (3.12 or newer will do), and this is Python {here}.\n"
        "Install it from python.org, with your system's package manager, or with\n"
        "`pyenv install 3.13`, and run the same command again."
    )


def _candidates() -> Iterator[str]:
    """Pythons in the order of our liking: running, on PATH, in pyenv's folder."""
    yield sys.executable
    for name in ("python3.13", "python3", "python", "python3.14", "python3.12"):
        found = shutil.which(name)
        if found:
            yield found
    yield from _pyenv_pythons()
    if os.name == "nt":
        yield from _windows_launcher_pythons()


def _pyenv_pythons() -> Iterator[str]:
    root = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    for versions in (root / "versions", root / "pyenv-win" / "versions"):
        for folder in sorted(versions.glob("3.*")):
            for python in (folder / "bin" / "python3", folder / "python.exe"):
                if python.is_file():
                    yield str(python)


def _windows_launcher_pythons() -> Iterator[str]:
    launcher = shutil.which("py")
    if not launcher:
        return
    listed = subprocess.run(
        [launcher, "--list-paths"], capture_output=True, text=True, check=False
    ).stdout
    for line in listed.splitlines():
        path = line.split(maxsplit=1)[-1].lstrip("* ").strip()
        if path.lower().endswith(".exe"):
            yield path
