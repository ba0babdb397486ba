"""Says what is going on, so that nothing over two seconds passes in silence."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
"""The project's folder."""

_QUIET_SECONDS = 2
_BEAT_SECONDS = 10
_LONGEST_LINE = 400  # of a command that failed; minified code runs to a million


class Stop(Exception):
    """Something that the person at the keyboard has to solve; the text says what and how."""


def say(text: str) -> None:
    """One line, at once, also when the output goes to a file."""
    print(text, flush=True)


@contextmanager
def working(title: str) -> Iterator[None]:
    """Name the work, show that it still goes on, and tell how long it took if over two seconds."""
    say(f"→ {title}")
    done = threading.Event()
    start = time.monotonic()

    def beat() -> None:
        while not done.wait(_BEAT_SECONDS):
            say(f"  … {time.monotonic() - start:.0f} s")

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
    seconds = time.monotonic() - start
    if seconds > _QUIET_SECONDS:
        say(f"  {seconds:.0f} s")


def run(command: Sequence[str | os.PathLike[str]], env: Mapping[str, str] | None = None) -> str:
    """Run a command in the project's folder; return what it prints, `Stop` if it fails."""
    done = subprocess.run(
        [os.fspath(part) for part in command],
        cwd=ROOT,
        env={**os.environ, **(env or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        told = "\n".join(line[:_LONGEST_LINE] for line in done.stdout.rstrip().splitlines())
        line = " ".join(os.fspath(part) for part in command)[:_LONGEST_LINE]
        raise Stop(f"{told}\n\nThis command failed ({done.returncode}): {line}")
    return done.stdout


@contextmanager
def stopping_kindly() -> Iterator[None]:
    """Turn a `Stop` into its sentence and exit code 1, and Ctrl-C into a quiet end."""
    try:
        yield
    except Stop as stop:
        print(f"\n{stop}", file=sys.stderr, flush=True)
        raise SystemExit(1) from None
    except KeyboardInterrupt:
        raise SystemExit(130) from None
