"""A small sound protocol (``sound.yaml``) and, per check, the change that makes it fail.

They are the documentation of the checks (``check --explain P01``) and their tests at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Example:
    """The sections that differ, as YAML, failing and passing, and what the check says of it."""

    failing: str
    passing: str
    says: str


def example(code: str) -> Example:
    """The example of one check."""
    change = yaml.safe_load((FOLDER / f"{code}.yaml").read_text("utf-8"))
    sound = _sound()
    sections: dict[str, Any] = change["failing"]
    return Example(
        failing=_text(sections),
        says=change["says"],
        passing=_text({name: sound[name] for name in sections}),
    )


def whole(code: str | None = None) -> str:
    """The sound protocol as YAML text; with a code, with that check's failing sections in it."""
    sound = _sound()
    if code:
        sound.update(yaml.safe_load((FOLDER / f"{code}.yaml").read_text("utf-8"))["failing"])
    return _text(sound)


def _sound() -> dict[str, Any]:
    sound: dict[str, Any] = yaml.safe_load((FOLDER / "sound.yaml").read_text("utf-8"))
    return sound


def _text(sections: dict[str, Any]) -> str:
    text: str = yaml.safe_dump(sections, allow_unicode=True, sort_keys=False, width=96)
    return text
