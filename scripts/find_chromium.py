"""Finds a Chromium for the browser tests, or installs Debian's when it may."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from scripts.apt import install, may_install
from scripts.progress import Stop

_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "msedge",
)

_PLACES = (  # where macOS and Windows put it, outside PATH
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "{ProgramFiles}/Google/Chrome/Application/chrome.exe",
    "{ProgramFiles(x86)}/Google/Chrome/Application/chrome.exe",
    "{LOCALAPPDATA}/Google/Chrome/Application/chrome.exe",
    "{ProgramFiles(x86)}/Microsoft/Edge/Application/msedge.exe",
)

_HELP = (
    "The browser tests need Chromium, Chrome or Edge, and none was found.\n"
    "Install one (Debian, Ubuntu: `sudo apt-get install chromium`; Fedora: `sudo dnf install\n"
    "chromium`; macOS: `brew install --cask chromium`; Windows: Edge is part of it), or set\n"
    "CHROMIUM to the path of one that you have. `scripts/test.py --fast` does without."
)


def chromium() -> str:
    """Path of a Chromium; installed with apt-get if this is root on Debian; else `Stop`."""
    found = find_chromium()
    if found:
        return found
    if may_install():
        try:
            install("chromium", "Chromium")
        except Stop as stop:
            raise Stop(f"{stop}\n{_HELP}") from None
        found = find_chromium()
        if found:
            return found
    raise Stop(_HELP)


def find_chromium() -> str | None:
    """Path of the first of: CHROMIUM, PATH, the usual places."""
    chosen = os.environ.get("CHROMIUM")
    if chosen:
        path = shutil.which(chosen)
        if path:
            return path
        raise Stop(f"CHROMIUM is set to {chosen}, and that cannot be run. {_HELP}")
    for name in _NAMES:
        path = shutil.which(name)
        if path:
            return path
    for place in _PLACES:
        candidate = Path(_filled_in(place))
        if candidate.is_file():
            return str(candidate)
    return None


def _filled_in(place: str) -> str:
    for variable in ("ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA"):
        place = place.replace("{" + variable + "}", os.environ.get(variable, ""))
    return place
