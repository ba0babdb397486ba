"""Sees to it that WeasyPrint finds Pango, or installs Debian's when it may.

WeasyPrint draws the cards as PDF and comes from PyPI; Pango, which sets the text, does not.
"""

from __future__ import annotations

import os
import subprocess

from scripts.apt import install, may_install
from scripts.progress import Stop

_HELP = (
    "The cards to print are drawn with Pango, and it was not found.\n"
    "Install it (Debian, Ubuntu: `sudo apt-get install libpangoft2-1.0-0`; Fedora: `sudo dnf\n"
    "install pango`; macOS: `brew install pango`; Windows: MSYS2 from msys2.org, then in its\n"
    "terminal `pacman -S mingw-w64-ucrt-x86_64-pango`), and run the same command again."
)


def pango(python: str | os.PathLike[str]) -> None:
    """Pango is there for this Python's WeasyPrint; installed if this is root on Debian; else `Stop`."""
    if finds_pango(python):
        return
    if may_install():
        try:
            install("libpangoft2-1.0-0", "Pango")
        except Stop as stop:
            raise Stop(f"{stop}\n{_HELP}") from None
        if finds_pango(python):
            return
    raise Stop(_HELP)


def finds_pango(python: str | os.PathLike[str]) -> bool:
    """Whether WeasyPrint starts: it loads Pango, and what Pango needs, as it is imported."""
    command = [os.fspath(python), "-c", "import weasyprint"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0
