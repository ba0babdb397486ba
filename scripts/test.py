"""Proves the product: sets up what is missing, runs every check, ends with a summary.

Usage: python3 scripts/test.py [--fast]

--fast is for the inner loop: no build, no bundle, no browser.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

if __name__ == "__main__":  # started as a file: find our own packages from the project's root
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts.progress import ROOT, say, stopping_kindly
from scripts.setup import enter_environment, ready_to_test

PYTHON = [sys.executable, "-P", "-m"]
PYTEST = [*PYTHON, "pytest", "-n", "auto", "--dist", "worksteal"]

CHECKS: dict[str, list[str]] = {
    "lint": [*PYTHON, "ruff", "check", "."],
    "format": [*PYTHON, "ruff", "format", "--check", "."],
    "types": [*PYTHON, "mypy"],
    "build": [sys.executable, "scripts/build.py"],
    "tests": PYTEST,
}

FAST_CHECKS: dict[str, list[str]] = {
    **{name: CHECKS[name] for name in ("lint", "format", "types")},
    "tests": [*PYTEST, "-m", "not browser and not built and not pyodide"],
}


def main() -> None:
    """Set up, run all checks even if one fails, exit with 1 if one failed."""
    parser = argparse.ArgumentParser(description="Run every check.")
    parser.add_argument("--fast", action="store_true", help="no build, no bundle, no browser")
    options = parser.parse_args()
    with stopping_kindly():
        enter_environment()
        ready_to_test(browser=not options.fast)
        failed = run_checks(FAST_CHECKS if options.fast else CHECKS)
    raise SystemExit(1 if failed else 0)


def run_checks(checks: dict[str, list[str]]) -> list[str]:
    """Run them in order, tell how each ended, return the names of those that failed."""
    lines, failed = [], []
    for name, command in checks.items():
        say(f"\n── {name}")
        start = time.monotonic()
        code, last_line = _run_showing(command)
        seconds = time.monotonic() - start
        if code:
            failed.append(name)
        lines.append(f"{'FAILED' if code else 'ok':6}  {name:8} {seconds:5.0f} s   {last_line}")
    say("\n── summary\n" + "\n".join(lines))
    say(f"\nFailed: {', '.join(failed)}." if failed else "\nEverything holds.")
    return failed


def _run_showing(command: list[str]) -> tuple[int, str]:
    """Run a command, show its lines as they come; exit code and last line."""
    env = {**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"}
    last_line = ""
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as running:
        assert running.stdout is not None
        for line in running.stdout:
            say(line.rstrip("\n"))
            last_line = line.strip() or last_line
    return running.returncode, last_line


if __name__ == "__main__":
    main()
