"""A school's YAML file -> Protocol, or errors that name line, column and what to write instead."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from decision_tree.errors import BadFile, Problem
from decision_tree.protocol import Protocol
from decision_tree.references import reference_problems
from decision_tree.safety import Contacts, Safety
from decision_tree.yaml_source import Place, Source, read_yaml

PROTOCOLS = Path(__file__).parent / "protocols"
"""The folder that holds one file per school."""

SAFETY = Path(__file__).parent / "safety.yaml"
CONTACTS = Path(__file__).parent / "contacts.yaml"


def school_files(folder: Path = PROTOCOLS) -> dict[str, Path]:
    """School id -> file, in alphabetical order."""
    return {path.stem: path for path in sorted(folder.glob("*.yaml"))}


@dataclass(frozen=True, slots=True)
class Read:
    """A protocol together with its file, so that a check can name the line."""

    protocol: Protocol
    source: Source


def read_protocol(path: Path) -> Protocol:
    """Read one school; raises ``BadFile`` with every problem found, never a half-read protocol."""
    return read_with_source(path).protocol


def read_with_source(path: Path) -> Read:
    """As :func:`read_protocol`, with the positions of everything in the file."""
    source = read_yaml(path)
    protocol: Protocol = read_into(_adapter(), source)
    flags = [flag.id for flag in read_safety().flags] if protocol.red_flags else []
    problems = reference_problems(protocol, source, flags)
    if protocol.school.id != path.stem:
        problems.append(
            source.problem(
                ("school", "id"),
                "R20",
                f"the file is named `{path.stem}`, the school's id is `{protocol.school.id}`",
                "give both the same name",
            )
        )
    if problems:
        raise BadFile(problems)
    return Read(protocol, source)


def read_safety(path: Path = SAFETY) -> Safety:
    """Read the safety layer; raises ``BadFile``."""
    return read_into(TypeAdapter(Safety), read_yaml(path))


def read_contacts(path: Path = CONTACTS) -> Contacts:
    """Read the contacts; raises ``BadFile``."""
    return read_into(TypeAdapter(Contacts), read_yaml(path))


def json_schema() -> str:
    """The JSON Schema of a school file, for editors (``# yaml-language-server: $schema=…``)."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A school's protocol (see protocols/README.md)",
        **_adapter().json_schema(),
    }
    return json.dumps(schema, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


@cache
def _adapter() -> TypeAdapter[Any]:
    return TypeAdapter(Protocol)


def read_into[T](adapter: TypeAdapter[T], source: Source) -> T:
    """Validate the values of a file into a model; raises ``BadFile`` with each error's line."""
    problems = list(_empty_texts(source.value, (), source))
    try:
        thing = adapter.validate_python(source.value, strict=False)
    except ValidationError as error:
        problems += [_shape_problem(detail, source) for detail in error.errors()]
        raise BadFile(problems) from error
    if problems:
        raise BadFile(problems)
    return thing


def _empty_texts(value: object, place: Place, source: Source) -> Iterable[Problem]:
    if isinstance(value, str) and not value.strip():
        yield source.problem(
            place,
            "R11",
            f"`{place[-1]}` is empty",
            "write the text, or leave the whole key out where it is optional",
        )
    elif isinstance(value, list):
        for i, item in enumerate(value):
            yield from _empty_texts(item, (*place, i), source)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _empty_texts(item, (*place, key), source)


def _shape_problem(detail: ErrorDetails, source: Source) -> Problem:
    """Pydantic's words turned into ours: what stands there and what should."""
    place = tuple(part for part in detail["loc"])
    key = str(place[-1]) if place else "file"
    kind = detail["type"]
    if kind in {"missing", "missing_keyword_only_argument"}:
        if key in {"nl", "en"}:
            other = "en" if key == "nl" else "nl"
            language = "Dutch" if key == "nl" else "English"
            return source.problem(
                place, "R12", f"the {language} text is missing", f"add `{key}:` beside `{other}:`"
            )
        return source.problem(
            place,
            "R13",
            f"`{key}` is missing here",
            f"add `{key}:`; protocols/README.md shows how, under `{place[0]}`",
        )
    if kind in {"extra_forbidden", "unexpected_keyword_argument"}:
        known = _keys_at(place[:-1])
        near = difflib.get_close_matches(key, known, n=1)
        hint = f"did you mean `{near[0]}`?" if near else f"possible: {', '.join(known)}"
        return source.problem(place, "R14", f"`{key}` is not a key that is known here", hint)
    if kind == "literal_error":
        expected = detail.get("ctx", {}).get("expected", "")
        return source.problem(
            place, "R15", f"`{detail['input']}` is not possible for `{key}`", f"choose {expected}"
        )
    needed, hint = _needed(kind, place)
    shown = json.dumps(detail["input"], ensure_ascii=False, default=str)
    shown = shown if len(shown) <= 40 else shown[:37] + "..."
    return source.problem(place, "R16", f"`{key}` must be {needed} (found {shown})", hint)


def _needed(kind: str, place: Place) -> tuple[str, str]:
    """What must stand there by this error of Pydantic's, and how it is written."""
    if kind == "tuple_type":
        return "a list", "write `[one, two]`, or `[one]`"
    if kind == "string_type":
        return "a text", "put it between quotation marks"
    if kind.startswith(("int_", "bool_")):
        word = "a whole number" if kind.startswith("int_") else "true or false"
        return word, "write it without quotation marks"
    keys = _keys_at(place)
    what = f"its keys are {', '.join(keys)}" if keys else "see protocols/README.md"
    return "a group of keys", f"write `{{key: …}}`; {what}"


def _keys_at(place: Place) -> list[str]:
    """The keys that the model knows at a place in the file."""
    schema: Mapping[str, Any] = _adapter().json_schema()
    definitions = schema.get("$defs", {})

    def resolve(part: Mapping[str, Any]) -> Mapping[str, Any]:
        for option in part.get("anyOf", ()):
            if option.get("type") != "null":
                part = option
                break
        return definitions[part["$ref"].rsplit("/", 1)[1]] if "$ref" in part else part

    here = resolve(schema)
    for step in place:
        if isinstance(step, int):
            here = resolve(here.get("items", {}))
        else:
            here = resolve(
                here.get("properties", {}).get(step, here.get("additionalProperties", {})) or {}
            )
    return sorted(here.get("properties", {}))
