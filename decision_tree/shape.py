"""Values of a file -> the model of their kind, or errors that name the line and what to write instead."""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Any, cast

from pydantic import TypeAdapter

from decision_tree.errors import BadFile
from decision_tree.faults import Faults, Words, quoted
from decision_tree.form import Form, find_form, part_at, resolved, steps
from decision_tree.yaml_source import Place, Plain, Source, read_yaml


@dataclass(frozen=True)
class FileKind[T]:
    """A kind of data file. ``told_in``: where people read how it is written."""

    model: Any
    told_in: str
    form: Form = field(default_factory=dict)

    def read(self, path: Path, name: str = "") -> tuple[T, Source]:
        """The thing in a file, and where each value stands; raises ``BadFile``.

        ``name``: what the file is called in errors, where its own name is not enough.
        """
        try:
            source = read_yaml(path, self.told_in)
        except BadFile as error:
            raise (error.of_file(name) if name else error) from error
        source.file = name or source.file
        return self.thing(source), source

    def thing(self, source: Source) -> T:
        """The values of a file as their model; raises ``BadFile`` with each error's line."""
        faults = Faults(source)
        _Shape(self.schema, self.told_in, faults).find(source.value, self.schema, ())
        find_form(self.form, source.value, faults)
        faults.stop_if_any()
        # As JSON, since only there lists may be tuples while nothing else is converted (no `1` for
        # `true`). All that could be refused was found above, where it is told in our words.
        return self._adapter.validate_json(json.dumps(source.value), strict=True)

    @cached_property
    def schema(self) -> Mapping[str, Any]:
        """The JSON Schema of such a file, with what the form asks for."""
        schema: dict[str, Any] = _without_null(self._adapter.json_schema())
        for pattern, needs in self.form.items():
            part = part_at(schema, steps(pattern))
            for need in needs:
                cast(dict[str, Any], part).update(need.schema)
        return schema

    @cached_property
    def _adapter(self) -> TypeAdapter[T]:
        return TypeAdapter(self.model)


def _without_null(part: Any) -> Any:
    """A schema in which what may be left out may still not be empty: here no key stands for nothing."""
    if isinstance(part, list):
        return [_without_null(item) for item in part]
    if not isinstance(part, dict):
        return part
    part = {key: _without_null(item) for key, item in part.items()}
    if {"type": "null"} in (options := part.get("anyOf", [])):
        (option,) = [option for option in options if option != {"type": "null"}]
        kept = {key: item for key, item in part.items() if key not in ("anyOf", "default")}
        return {**option, **kept}
    return part


_TYPES: Mapping[str, tuple[type, str, str]] = {
    "string": (str, "a text", "put it between quotation marks"),
    "integer": (int, "a whole number", "write it without quotation marks or a point"),
    "boolean": (bool, "true or false", "write `true` or `false`, without quotation marks"),
    "array": (list, "a list", "write `[one, two]`, or `[one]`"),
}
"""What JSON Schema calls a type -> ours for it, and how such a value is written."""


class _Shape:
    """Finds where values do not have the shape that a schema asks for, from the top of a file down.

    Not left to pydantic, which tells of a file with 150,000 faults all of them, and only then.
    """

    def __init__(self, schema: Mapping[str, Any], told_in: str, faults: Faults) -> None:
        self.schema, self.told_in, self.faults = schema, told_in, faults

    def find(self, value: Plain, part: Mapping[str, Any], place: Place) -> None:
        """``part``: what the schema says of this place."""
        part = resolved(part, self.schema)
        if value is None:  # the form tells that it is empty
            return
        if part.get("type") == "object":
            if isinstance(value, dict):
                self._keys(value, part, place)
            else:
                known = ", ".join(sorted(part.get("properties", ())))
                keys = f"its keys are {known}" if known else f"see {self.told_in}"
                self._wrong(value, place, "a group of keys", f"write `{{key: …}}`; {keys}")
            return
        kind, needed, hint = _TYPES[part["type"]]
        if "enum" in part:
            if not any(value == word and type(value) is type(word) for word in part["enum"]):
                self._choose(str(value), part["enum"], place, f"for `{_key(place)}`")
        elif type(value) is not kind:
            self._wrong(value, place, needed, hint)
        elif isinstance(value, list):
            for i, item in enumerate(value):
                self.find(item, part["items"], (*place, i))

    def _keys(self, value: dict[str, Plain], part: Mapping[str, Any], place: Place) -> None:
        known: Mapping[str, Any] = part.get("properties", {})
        other, words = part.get("additionalProperties"), part.get("propertyNames", {}).get("enum")
        for key in part.get("required", ()):
            if key not in value:
                self.faults.add((*place, key), *self._missing(key, place))
        for key, item in value.items():
            if words and key not in words:
                self._choose(key, words, (*place, key), "here")
            elif further := known.get(key, other):
                self.find(item, further, (*place, key))
            else:
                what = f"{quoted(key)} is not a key that is known here"
                self.faults.add((*place, key), "R14", what, partial(_meant, key, known))

    def _choose(self, said: str, words: list[Any], place: Place, where: str) -> None:
        choose = f"choose {', '.join(map(repr, words[:-1]))} or {words[-1]!r}"
        self.faults.add(place, "R15", f"{quoted(said)} is not possible {where}", choose)

    def _wrong(self, value: Plain, place: Place, needed: str, hint: Words) -> None:
        key = quoted(_key(place))
        self.faults.add(
            place, "R16", lambda: f"{key} must be {needed} (found {_shown(value)})", hint
        )

    def _missing(self, key: str, place: Place) -> tuple[str, str, str]:
        if key in {"nl", "en"}:
            other, language = ("en", "Dutch") if key == "nl" else ("nl", "English")
            return "R12", f"the {language} text is missing", f"add `{key}:` beside `{other}:`"
        top = (*place, key)[0]
        under = f", under `{top}`" if isinstance(top, str) else ""
        return "R13", f"`{key}` is missing here", f"add `{key}:`; {self.told_in} shows how{under}"


def _key(place: Place) -> str:
    return str(place[-1]) if place else "file"


def _meant(key: str, known: Mapping[str, Any]) -> str:
    near = difflib.get_close_matches(key[:100].lower(), known, n=1)
    return f"did you mean `{near[0]}`?" if near else f"possible: {', '.join(sorted(known))}"


def _shown(value: Plain) -> str:
    shown = json.dumps(value, ensure_ascii=False)
    return shown if len(shown) <= 40 else shown[:37] + "..."
