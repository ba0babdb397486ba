"""Finds a Firefox for the tests in a second browser engine, or installs Debian's when it may.

Unlike Chromium it can be missed: its tests then say that they were left out, and why.
"""

from __future__ import annotations

from scripts.programs import on_this_machine, or_without

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
    return or_without(find_firefox, "firefox-esr", "Firefox", HELP)


def find_firefox() -> str | None:
    """Path of the first of: FIREFOX, PATH, the usual places."""
    return on_this_machine("FIREFOX", _NAMES, _PLACES)
