"""Programs that this project uses and does not bring along: where they are, and what if there is none."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from scripts.apt import install, may_install
from scripts.progress import Stop, say


def on_this_machine(variable: str, names: Iterable[str], places: Iterable[str]) -> str | None:
    """Path of the first of: what ``variable`` names, ``names`` on PATH, ``places``; else None.

    A place may hold {variables} of the environment. `Stop` if what was chosen cannot be run.
    """
    chosen = os.environ.get(variable)
    if chosen:
        path = shutil.which(chosen)
        if path:
            return path
        raise Stop(f"{variable} is set to {chosen}, and that cannot be run.")
    for name in names:
        path = shutil.which(name)
        if path:
            return path
    for place in places:
        candidate = Path(re.sub(r"{(.+?)}", lambda m: os.environ.get(m[1], ""), place))
        if candidate.is_file():
            return str(candidate)
    return None


def or_stop(find: Callable[[], str | None], package: str, name: str, told: str) -> str:
    """What ``find`` finds; installed if this is root on Debian; else `Stop` with ``told``."""
    found = find()
    if found is None and may_install():
        try:
            install(package, name)
        except Stop as stop:
            raise Stop(f"{stop}\n{told}") from None
        found = find()
    if found is None:
        raise Stop(told)
    return found


def or_without(find: Callable[[], str | None], package: str, name: str, told: str) -> str | None:
    """The same, but None and ``told`` said aloud where :func:`or_stop` stops. A wrong choice still stops."""
    found = find()
    if found is not None:
        return found
    try:
        return or_stop(find, package, name, told)
    except Stop as stop:
        say(str(stop))
        return None
