"""Sees to it that WeasyPrint finds Pango, or installs Debian's when it may.

WeasyPrint draws the cards as PDF and comes from PyPI; Pango, which sets the text, does not.
"""

from __future__ import annotations

import os
import subprocess

from scripts.programs import or_stop
from scripts.progress import Stop

_HELP = (
    "The cards to print are drawn with Pango, and it was not found.\n"
    "Install it (Debian, Ubuntu: `sudo apt-get install libpangoft2-1.0-0`; Fedora: `sudo dnf\n"
    "install pango`; macOS: `brew install pango`; Windows: MSYS2 from msys2.org, then in its\n"
    "terminal `pacman -S mingw-w64-ucrt-x86_64-pango`), and run the same command again."
)


def pango(python: str | os.PathLike[str]) -> str:
    """The Python whose WeasyPrint finds Pango; installed if this is root on Debian; else `Stop`."""
    return or_stop(lambda: find_pango(python), "libpangoft2-1.0-0", "Pango", _HELP)


def find_pango(python: str | os.PathLike[str]) -> str | None:
    """This Python if its WeasyPrint starts: it loads Pango, and what Pango needs, as it is imported.

    `Stop` if it fails for another reason: installing Pango would not mend that.
    """
    command = [os.fspath(python), "-c", "import weasyprint"]
    done = subprocess.run(command, capture_output=True, check=False, encoding="utf-8")
    if done.returncode == 0:
        return command[0]
    last_line = done.stderr.strip().rpartition("\n")[2]
    if last_line.startswith("OSError"):
        return None
    raise Stop(
        f"WeasyPrint, which draws the cards to print, does not start:\n{last_line}\n"
        "Remove the folder .venv and run the same command again."
    )
