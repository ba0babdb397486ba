"""Values of a file -> the model of their kind, or errors that name the line and what to write instead."""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, cast

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from decision_tree.errors import BadFile
from decision_tree.faults import Faults, quoted
from decision_tree.form import Form, find_form, part_at, steps
from decision_tree.yaml_source import Place, Source, read_yaml


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
        find_form(self.form, source.value, faults)
        thing: T | None = None
        try:
            # As JSON, since only there strict means: no `1` for `true`, and lists may be tuples.
            thing = self._adapter.validate_json(json.dumps(source.value), strict=True)
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                self._add(detail, faults)
        faults.stop_if_any()
        return cast(T, thing)

    @cached_property
    def schema(self) -> Mapping[str, Any]:
        """The JSON Schema of such a file, with what the form asks for."""
        schema = self._adapter.json_schema()
        for pattern, needs in self.form.items():
            part = part_at(schema, steps(pattern))
            for need in needs:
                cast(dict[str, Any], part).update(need.schema)
        return schema

    @cached_property
    def _adapter(self) -> TypeAdapter[T]:
        return TypeAdapter(self.model)

    def _keys_at(self, place: Place) -> list[str]:
        """The keys that the model knows at a place in the file."""
        return sorted(part_at(self.schema, place).get("properties", {}))

    def _add(self, detail: ErrorDetails, faults: Faults) -> None:
        """Pydantic's words turned into ours: what stands there and what should."""
        place: Place = tuple(detail["loc"])
        wrong_key = bool(place) and place[-1] == "[key]"
        if wrong_key:
            place = place[:-1]
        kind, key = detail["type"], str(place[-1]) if place else "file"
        if kind == "missing":
            faults.add(place, *self._missing(place, key))
        elif kind == "unexpected_keyword_argument":
            faults.add(
                place, "R14", f"{quoted(key)} is not a key that is known here", self._near(place)
            )
        elif kind == "literal_error":
            choose = f"choose {detail.get('ctx', {}).get('expected', '')}"
            for_what = "here" if wrong_key else f"for `{key}`"
            faults.add(
                place, "R15", f"{quoted(str(detail['input']))} is not possible {for_what}", choose
            )
        else:
            needed, hint = self._needed(kind, place)
            what = f"{quoted(key)} must be {needed} (found {_shown(detail['input'])})"
            faults.add(place, "R16", what, hint)

    def _missing(self, place: Place, key: str) -> tuple[str, str, str]:
        if key in {"nl", "en"}:
            other, language = ("en", "Dutch") if key == "nl" else ("nl", "English")
            return "R12", f"the {language} text is missing", f"add `{key}:` beside `{other}:`"
        under = f", under `{place[0]}`" if isinstance(place[0], str) else ""
        return "R13", f"`{key}` is missing here", f"add `{key}:`; {self.told_in} shows how{under}"

    def _near(self, place: Place) -> Callable[[], str]:
        def hint() -> str:
            known = self._keys_at(place[:-1])
            near = difflib.get_close_matches(str(place[-1])[:100].lower(), known, n=1)
            return f"did you mean `{near[0]}`?" if near else f"possible: {', '.join(known)}"

        return hint

    def _needed(self, kind: str, place: Place) -> tuple[str, str | Callable[[], str]]:
        """What must stand there by this error of Pydantic's, and how it is written."""
        if kind == "tuple_type":
            return "a list", "write `[one, two]`, or `[one]`"
        if kind == "string_type":
            return "a text", "put it between quotation marks"
        if kind.startswith("int_"):
            return "a whole number", "write it without quotation marks or a point"
        if kind.startswith("bool_"):
            return "true or false", "write `true` or `false`, without quotation marks"

        def hint() -> str:
            keys = self._keys_at(place)
            what = f"its keys are {', '.join(keys)}" if keys else f"see {self.told_in}"
            return f"write `{{key: …}}`; {what}"

        return "a group of keys", hint


def _shown(value: object) -> str:
    shown = json.dumps(value, ensure_ascii=False, default=str)
    return shown if len(shown) <= 40 else shown[:37] + "..."
