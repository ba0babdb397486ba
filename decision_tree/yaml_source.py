"""Bytes of a YAML file -> plain values, and where each value stands (file, line, column)."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from decision_tree.errors import BadFile, Problem

MAX_BYTES = 2_000_000
"""The largest school file is well under half of this; more is a mistake or an attack."""

MAX_DEPTH = 30

type Plain = bool | int | float | str | list[Plain] | dict[str, Plain] | None
type Place = tuple[str | int, ...]
"""The way to a value: keys and list indexes from the top."""


@dataclass(slots=True)
class Source:
    """A file's values with the position of each, so that an error can name its line."""

    file: str
    value: Plain = None
    marks: dict[Place, tuple[int, int]] = field(default_factory=dict)

    def problem(self, place: Place, code: str, what: str, hint: str = "") -> Problem:
        """A problem at ``place``, or at the nearest enclosing value that has a position."""
        while place and place not in self.marks:
            place = place[:-1]
        line, column = self.marks.get(place, (0, 0))
        return Problem(self.file, line, column, code, what, hint)


# The C parser is six times as fast; where PyYAML came without it, its own Python parser serves.
_Parser: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Parser):  # type: ignore[misc, valid-type]  # chosen when the module is loaded
    """SafeLoader for values; the dates of YAML stay text, since an id or a phase may look like one."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read_yaml(path: Path) -> Source:
    """Read one YAML file.

    Raises ``BadFile`` for a file that is missing, too large, not UTF-8, not YAML, holds a tab,
    an alias or a duplicate key, or is nested too deep.
    """
    source = Source(file=path.name)
    text = _text(path)
    loader = None
    try:
        loader = _Loader(text)
        _refuse_aliases(text, source)
        node = loader.get_single_node()
        if node is None:
            raise _stop(
                path.name,
                (1, 1),
                "R01",
                "the file is empty",
                "start with `school:`; see protocols/README.md",
            )
        problems: list[Problem] = []
        source.value = _plain(node, (), loader, source, problems)
        if problems:
            raise BadFile(problems)
    except yaml.MarkedYAMLError as error:
        said = error.problem or "nothing that can be read"
        hint = "check indentation and colons; put text with a colon or a question mark in quotes"
        where = _at(error.problem_mark or error.context_mark)
        raise _stop(path.name, where, "R02", f"this is not YAML: {said}", hint) from error
    except yaml.reader.ReaderError as error:
        where = _position(text, error.position)
        what = "this is not YAML: a control character"
        raise _stop(path.name, where, "R02", what, "save the file as plain UTF-8 text") from error
    finally:
        if loader is not None:
            loader.dispose()
    return source


def _stop(file: str, where: tuple[int, int], code: str, what: str, hint: str) -> BadFile:
    """One problem that ends the reading at once."""
    return BadFile([Problem(file, *where, code, what, hint)])


def _at(mark: Any) -> tuple[int, int]:
    """PyYAML counts lines and columns from 0, people from 1; (0, 0) is the whole file."""
    return (mark.line + 1, mark.column + 1) if mark is not None else (0, 0)


def _position(text: str, offset: int) -> tuple[int, int]:
    """Line and column of the character at ``offset``."""
    before = text[:offset]
    return before.count("\n") + 1, offset - before.rfind("\n")


def _text(path: Path) -> str:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            what = f"the file has {size:,} bytes; the most is {MAX_BYTES:,}"
            hint = "one file holds one school; pictures do not belong in it"
            raise _stop(path.name, (0, 0), "R03", what, hint)
        raw = path.read_bytes()
    except OSError as error:
        what = f"cannot be read: {error.strerror}"
        raise _stop(str(path), (0, 0), "R04", what, "check the name and the folder") from error
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        what = f"byte 0x{raw[error.start]:02x} is not UTF-8"
        hint = "save the file again with encoding UTF-8"
        raise _stop(
            path.name, _position(raw.decode("latin-1"), error.start), "R05", what, hint
        ) from error
    text = text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    if "\t" in text:
        where = _position(text, text.index("\t"))
        raise _stop(path.name, where, "R06", "there is a tab here", "indent with two spaces")
    return text


def _refuse_aliases(text: str, source: Source) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        anchor = getattr(event, "anchor", None)
        if anchor:
            what = f"anchors and aliases (&{anchor}) are not used here"
            hint = "write the lines out where they are needed"
            raise _stop(source.file, _at(event.start_mark), "R07", what, hint)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                what = f"nested deeper than {MAX_DEPTH} levels"
                hint = "look for a bracket that is never closed"
                raise _stop(source.file, _at(event.start_mark), "R08", what, hint)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _plain(
    node: yaml.Node, place: Place, loader: Any, source: Source, problems: list[Problem]
) -> Plain:
    """The value of a node; what is wrong inside it is added to ``problems``."""
    source.marks[place] = _at(node.start_mark)
    if isinstance(node, yaml.SequenceNode):
        return [
            _plain(item, (*place, i), loader, source, problems) for i, item in enumerate(node.value)
        ]
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, place, loader, source, problems)
    value = loader.construct_object(node)
    if value is None or isinstance(value, bool | int | float | str):
        return value
    what, hint = "only text, numbers, true and false stand here", "put it in quotes"
    problems.append(Problem(source.file, *_at(node.start_mark), "R09", what, hint))
    return None


def _mapping(
    node: yaml.MappingNode, place: Place, loader: Any, source: Source, problems: list[Problem]
) -> Plain:
    mapping: dict[str, Plain] = {}
    for key_node, value_node in node.value:
        where = _at(key_node.start_mark)
        key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else ""
        if not key:
            what, hint = "a key is a single word", "for example `nl:`"
            problems.append(Problem(source.file, *where, "R09", what, hint))
        elif key in mapping:
            what, hint = f"`{key}` stands here twice", "keep one of the two"
            problems.append(Problem(source.file, *where, "R10", what, hint))
        else:
            mapping[key] = _plain(value_node, (*place, key), loader, source, problems)
            # An error about a key (unknown, missing) points at the key, not at its value.
            source.marks[(*place, key)] = where
    return mapping
