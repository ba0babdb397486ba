"""Debian's own packages, where this may install them."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from scripts.progress import ROOT, Stop, run, working


def may_install() -> bool:
    """Whether this is root on Debian or what is made from it."""
    return (
        sys.platform == "linux"
        and os.geteuid() == 0
        and Path("/etc/debian_version").is_file()
        and shutil.which("apt-get") is not None
    )


def install(package: str, name: str) -> None:
    """Install it without what it only recommends; `Stop` if that fails."""
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "install", "-y", "--no-install-recommends", package]
    try:
        with working(f"Installing {name} with apt-get (once, some minutes)"):
            run(["apt-get", "update"], quiet)
            run(command, quiet)
    except Stop as stop:
        log = ROOT / "build" / "apt-get.log"
        log.parent.mkdir(exist_ok=True)
        log.write_text(f"{stop}\n", encoding="utf-8")
        raise Stop(f"apt-get could not install {name}; its words are in {log}.") from None
