"""Finds a Java for the HTML validator, or installs Debian's when it may.

Like Firefox it can be missed: the validator's test then says that it was left out, and why.
"""

from __future__ import annotations

import shutil
import subprocess

from scripts.programs import or_without

HELP = (
    "There is no Java here, so the HTML of the pages is not validated.\n"
    "To have that too install one, 17 or newer (Debian: `sudo apt-get install\n"
    "default-jre-headless`; elsewhere from adoptium.net), on PATH."
)


def java() -> str | None:
    """Path of a Java; installed with apt-get if this is root on Debian; else None, said aloud."""
    return or_without(find_java, "default-jre-headless", "Java", HELP)


def find_java() -> str | None:
    """Path of a Java that runs (macOS has a stand-in of that name that only asks to install one)."""
    path = shutil.which("java")
    if path is None:
        return None
    done = subprocess.run([path, "-version"], capture_output=True, check=False)
    return path if done.returncode == 0 else None
