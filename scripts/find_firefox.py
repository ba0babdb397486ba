"""Finds a Firefox for the tests in a second browser engine, or installs Debian's when it may.

Unlike Chromium it can be missed: its tests then say that they were left out, and why.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from scripts.apt import install, may_install
from scripts.progress import Stop, say

_NAMES = ("firefox-esr", "firefox")

_PLACES = (  # where macOS and Windows put it, outside PATH
    "/Applications/Firefox.app/Contents/MacOS/firefox",
    "{PROGRAMFILES}/Mozilla Firefox/firefox.exe",
)

HELP = (
    "There is no Firefox here, so the tests in a second browser engine are left out.\n"
    "To run them install one (Debian: `sudo apt-get install firefox-esr`; elsewhere from\n"
    "mozilla.org), or set FIREFOX to the path of one that you have."
)


def firefox() -> str | None:
    """Path of a Firefox; installed with apt-get if this is root on Debian; else None, said aloud."""
    found = find_firefox()
    if found is None and may_install():
        try:
            install("firefox-esr", "Firefox")
        except Stop as stop:
            say(str(stop))
        found = find_firefox()
    if found is None:
        say(HELP)
    return found


def find_firefox() -> str | None:
    """Path of the first of: FIREFOX, PATH, the usual places."""
    chosen = os.environ.get("FIREFOX")
    if chosen:
        path = shutil.which(chosen)
        if path:
            return path
        raise Stop(f"FIREFOX is set to {chosen}, and that cannot be run.")
    for name in _NAMES:
        path = shutil.which(name)
        if path:
            return path
    for place in _PLACES:
        candidate = Path(place.replace("{PROGRAMFILES}", os.environ.get("PROGRAMFILES", "")))
        if candidate.is_file():
            return str(candidate)
    return None
