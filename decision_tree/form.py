"""What values of a data file must be beyond their type: ids, addresses, days, lists with something in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from decision_tree.characters import blank
from decision_tree.faults import Faults, quoted
from decision_tree.yaml_source import Place, Plain

LONGEST_ID = 60


@dataclass(frozen=True, slots=True)
class Need:
    """What a value must be. ``what`` may name the ``{key}`` and the ``{value}``.

    ``of``: values of another type are left to the model, which refuses them. ``schema``: the same
    for editors, as JSON Schema, as far as that can say it.
    """

    code: str
    of: type
    fits: Callable[[Any], bool]
    what: str
    hint: str
    schema: Mapping[str, Any] = field(default_factory=dict)


type Form = Mapping[str, tuple[Need, ...]]
"""Where in a file (``roles/*/id``; ``*`` is any index or key, "" all of it) -> what must stand there."""


FILLED = Need(
    "R27", list, bool, "nothing stands under `{key}`", "name at least one", {"minItems": 1}
)


def _id(code: str, pattern: str, hint: str) -> Need:
    usable = re.compile(pattern)
    return Need(code, str, lambda name: bool(usable.fullmatch(name)) and len(name) <= LONGEST_ID,
                "the id {value} is not usable", hint,
                {"pattern": f"^{pattern}$", "maxLength": LONGEST_ID})  # fmt: skip


ID = _id(
    "R19",
    r"[a-z][a-z0-9]*(-[a-z0-9]+)*",
    f"small letters, digits and hyphens, a letter first, at most {LONGEST_ID}; for example `phase-1`",
)
QUESTION_ID = _id(
    "R19",
    r"[a-z][a-z0-9]*([_-][a-z0-9]+)*",
    f"small letters, digits, `_` and hyphens, a letter first, at most {LONGEST_ID}; for example `how_often`",
)


def none_of(*words: str) -> Need:
    """An id that is none of these, which mean something by themselves."""
    return Need("R28", str, lambda name: name not in words,
                "{value} is taken: it means something by itself", "choose another id",
                {"not": {"enum": list(words)}})  # fmt: skip


def between(least: int, most: int) -> Need:
    """A whole number in these bounds."""
    return Need("R26", int, lambda n: isinstance(n, bool) or least <= n <= most,
                f"`{{key}}` must be from {least} to {most} (found {{value}})", "write another number",
                {"minimum": least, "maximum": most})  # fmt: skip


def _is_address(text: str) -> bool:
    # Printable ASCII without quotes, angles and the like; no name, password or port before the path.
    if not re.fullmatch(r"https?://[!#-&(-;=?-\[\]_a-z~]+", text):
        return False
    try:
        return bool(re.fullmatch(r"([a-z0-9-]+\.)+[a-z]{2,}", urlsplit(text).netloc))
    except ValueError:
        return False


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


ADDRESS = Need("R30", str, _is_address, "{value} is no address of a page",
               "write the whole of it: `https://www.example.nl/page`")  # fmt: skip
PHONE = Need("R31", str,
             lambda text: bool(re.fullmatch(r"\+?\d+([ -]\d+)*", text, re.ASCII))
             and 3 <= sum(c.isdigit() for c in text) <= 15,
             "{value} is no number to call", "digits, with single spaces or hyphens between: \"0800-1234\"")  # fmt: skip
DAY = Need("R32", str, _is_day, "{value} is no day", "write year, month and day: 2026-11-30")


def find_form(form: Form, value: Plain, faults: Faults) -> None:
    """What does not have the form; also what holds in every file: nothing empty, nothing twice."""
    _everywhere(value, (), faults)
    for pattern, needs in form.items():
        for place, found in at(value, pattern):
            for need in needs:
                if isinstance(found, need.of) and not need.fits(found):
                    said = quoted(found) if isinstance(found, str) else str(found)
                    what = need.what.format(key=place[-1] if place else "file", value=said)
                    faults.add(place, need.code, what, need.hint)


def _everywhere(value: Plain, place: Place, faults: Faults) -> None:
    if value is None or (isinstance(value, str) and blank(value)):
        what = f"`{place[-1]}` is empty" if place else "the file is empty"
        hint = "write the text, or leave the whole key out where it is optional"
        faults.add(place, "R11", what, hint)
    elif isinstance(value, list):
        seen: set[object] = set()
        for i, item in enumerate(value):
            _everywhere(item, (*place, i), faults)
            if isinstance(item, str):
                if item in seen:
                    what = f"{quoted(item)} stands twice in this list"
                    faults.add((*place, i), "R29", what, "keep one of the two")
                seen.add(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            _everywhere(item, (*place, key), faults)


def steps(pattern: str) -> tuple[str, ...]:
    """A pattern of a form in parts."""
    return tuple(pattern.split("/")) if pattern else ()


def at(value: Plain, pattern: str) -> Iterator[tuple[Place, Plain]]:
    """The values at the places that a pattern names; where the file has another shape, none."""
    found: list[tuple[Place, Plain]] = [((), value)]
    for part in steps(pattern):
        found = [further for place, here in found for further in _step(place, here, part)]
    yield from found


def _step(place: Place, value: Plain, part: str) -> Iterator[tuple[Place, Plain]]:
    if isinstance(value, dict):
        for key in value if part == "*" else (part,):
            if key in value:
                yield (*place, key), value[key]
    elif isinstance(value, list) and part == "*":
        for i, item in enumerate(value):
            yield (*place, i), item


def resolved(part: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """A part of a JSON Schema behind its reference."""
    if "$ref" in part:
        found: Mapping[str, Any] = schema["$defs"][part["$ref"].rsplit("/", 1)[1]]
        return found
    return part


def part_at(schema: Mapping[str, Any], steps: tuple[str | int, ...]) -> Mapping[str, Any]:
    """The part of a JSON Schema for the values at a place; empty where it knows none."""
    here = resolved(schema, schema)
    for step in steps:
        if isinstance(step, int) or (step == "*" and "items" in here):
            further = here.get("items", {})
        else:
            further = here.get("properties", {}).get(step) or here.get("additionalProperties")
        here = resolved(further, schema) if isinstance(further, dict) else {}
    return here
