"""Sets up what is missing: environment, Python packages, Node packages, browser. Run twice: no-op.

Usage: python3 scripts/setup.py

Everything lands inside the project's folder (.venv, node_modules), pinned by hash, except Pango, Chromium,
Firefox and Java, which Debian's root gets from apt-get and everyone else is asked to install.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

if __name__ == "__main__":  # started as a file: find our own packages from the project's root
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts.find_chromium import chromium
from scripts.find_firefox import firefox
from scripts.find_java import java
from scripts.find_pango import pango
from scripts.find_python import OLDEST, suitable_python, version_of
from scripts.progress import ROOT, Stop, run, say, stopping_kindly, working

VENV = ROOT / ".venv"
VENV_PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCK = "requirements.txt"
"""What building and serving needs."""

DEV_LOCK = "requirements-dev.txt"
"""The same and what testing needs."""

INSTALLER_LOCK = "requirements-installer.txt"
"""uv, which installs the other two: an eighth of the time, and it checks the same hashes."""

_OLDEST_NODE = 20


def enter_environment() -> None:
    """Go on inside .venv: make it if there is none, and start the running script again in it."""
    if Path(sys.prefix).resolve() == VENV.resolve():
        return
    make_environment()
    command = [str(VENV_PYTHON), *sys.argv]
    if os.name == "nt":  # execv on Windows gives the prompt back before the work is done
        raise SystemExit(subprocess.run(command, check=False).returncode)
    sys.stdout.flush()
    os.execv(command[0], command)


def ready_to_build() -> None:
    """All that building and serving needs is there when this returns."""
    make_environment()
    _install_python_packages(LOCK, also_in=DEV_LOCK)
    install_node_packages()
    pango(VENV_PYTHON)


def ready_to_test(browser: bool = True) -> None:
    """All that testing needs is there when this returns; CHROMIUM and FIREFOX tell where they are."""
    make_environment()
    _install_python_packages(DEV_LOCK)
    install_node_packages()
    if browser:
        pango(VENV_PYTHON)
        os.environ["CHROMIUM"] = chromium()
        os.environ["FIREFOX"] = firefox() or ""
        java()


def make_environment() -> None:
    """A .venv with a Python that fits."""
    if VENV_PYTHON.exists() and version_of(VENV_PYTHON) >= OLDEST:
        return
    python = suitable_python()
    try:
        with working(f"Making .venv with {python}"):
            run([python, "-m", "venv", "--clear", str(VENV)])
    except Stop as stop:
        raise Stop(
            f"{stop}\n\nThis Python cannot make a virtual environment. On Debian and Ubuntu the\n"
            "part that does is a package of its own: `sudo apt-get install python3-venv`."
        ) from None


def _install_python_packages(lock: str, also_in: str | None = None) -> None:
    """Install this lock, unless it (or the larger one that contains it) is in place already."""
    if any(_is_stamped(VENV, ROOT / name) for name in (lock, also_in) if name):
        return
    with working(f"Installing the Python packages of {lock} (once, some seconds)"):
        if not _is_stamped(VENV, ROOT / INSTALLER_LOCK):
            _run_with_network(_pip(INSTALLER_LOCK))
            _stamp(VENV, ROOT / INSTALLER_LOCK)
        try:
            run(_uv(lock), _uv_settings())
        except Stop:  # pip may know a mirror, a proxy or a certificate that uv does not
            _run_with_network(_pip(lock))
    _stamp(VENV, ROOT / lock)


def _pip(lock: str) -> list[str]:
    command = [str(VENV_PYTHON), "-m", "pip", "install", "--disable-pip-version-check"]
    return [*command, "--quiet", "--require-hashes", "-r", lock]


def _uv(lock: str) -> list[str]:
    command = [str(VENV_PYTHON), "-m", "uv", "pip", "install", "--python", str(VENV_PYTHON)]
    return [*command, "--quiet", "--require-hashes", "-r", lock]


def _uv_settings() -> dict[str, str]:
    """What pip reads from the environment, under the names that uv knows."""
    names = {"PIP_CERT": "SSL_CERT_FILE", "PIP_INDEX_URL": "UV_DEFAULT_INDEX"}
    return {theirs: os.environ[ours] for ours, theirs in names.items() if ours in os.environ}


def install_node_packages(folder: Path | None = None) -> None:
    """Install what package-lock.json holds into ``node_modules``, unless it is there; in ROOT if not said."""
    folder = folder or ROOT
    modules = folder / "node_modules"
    lock = folder / "package-lock.json"
    if _is_stamped(modules, lock):
        return
    command = [_npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(folder)]
    named = lock.relative_to(ROOT).as_posix()
    with working(f"Installing the Node packages of {named} (once, about half a minute)"):
        _run_with_network(command)
    _stamp(modules, lock)


def _npm() -> str:
    node, npm = shutil.which("node"), shutil.which("npm")
    need = f"This needs Node {_OLDEST_NODE} or newer, with npm"
    if not node or not npm:
        raise Stop(f"{need}. Install it from nodejs.org or with your system's package manager.")
    version = run([node, "--version"]).strip()
    if int(version.lstrip("v").split(".")[0]) < _OLDEST_NODE:
        raise Stop(f"{need}, and this is {version}. Install a newer one from nodejs.org.")
    return npm


def _run_with_network(command: list[str]) -> None:
    try:
        run(command)
    except Stop as stop:
        raise Stop(f"{stop}\n\nWith a network connection, run the same command again.") from None


def _is_stamped(folder: Path, lock: Path) -> bool:
    stamp = folder / f".installed-{lock.name}"
    return stamp.is_file() and stamp.read_text(encoding="ascii") == _digest(lock)


def _stamp(folder: Path, lock: Path) -> None:
    (folder / f".installed-{lock.name}").write_text(_digest(lock), encoding="ascii")


def _digest(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def main() -> None:
    """Set up everything, tests included."""
    start = time.monotonic()
    with stopping_kindly():
        ready_to_test()
    say(f"Everything is in place ({time.monotonic() - start:.1f} s).")


if __name__ == "__main__":
    main()
