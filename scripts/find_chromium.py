"""Finds a Chromium for the browser tests, or installs Debian's when it may."""

from __future__ import annotations

from scripts.programs import on_this_machine, or_stop
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

_LEFT_OUT = (
    # A hidden page of the browser's own beside every page of ours: half as much work again.
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    # What Playwright leaves out as well; the last list given is the one that counts.
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
)

QUIET = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--no-first-run",
    "--no-default-browser-check",
    f"--disable-features={','.join(_LEFT_OUT)}",
]
"""How we start it: it asks nothing of its makers, and does nothing but show our pages."""


def chromium() -> str:
    """Path of a Chromium; installed with apt-get if this is root on Debian; else `Stop`."""
    return or_stop(find_chromium, "chromium", "Chromium", _HELP)


def find_chromium() -> str | None:
    """Path of the first of: CHROMIUM, PATH, the usual places."""
    try:
        return on_this_machine("CHROMIUM", _NAMES, _PLACES)
    except Stop as stop:
        raise Stop(f"{stop} {_HELP}") from None
