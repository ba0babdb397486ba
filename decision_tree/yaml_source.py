"""Bytes of a YAML file -> plain values, and where each value stands (file, line, column).

A small part of YAML is read, and all else refused: mappings, lists and scalars. What a scalar is
follows YAML 1.2 and no more: `true` and `false`, whole numbers and decimals as people write them,
and text. So `yes`, `0x10`, `12:30` and `2024-01-31` stay the text that the writer typed.
"""

from __future__ import annotations

import math
import re
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from decision_tree.characters import called, refused
from decision_tree.errors import MOST_TOLD, BadFile, Problem

MAX_BYTES = 2_000_000
"""The largest school file is well under half of this; more is a mistake or an attack."""

MAX_DEPTH = 30
MAX_VALUES = 250_000
"""More than twenty times as many as the largest school file has."""

MAX_DIGITS = 15

type Plain = bool | int | float | str | list[Plain] | dict[str, Plain] | None
type Place = tuple[str | int, ...]
"""The way to a value: keys and list indexes from the top."""


@dataclass(slots=True)
class Source:
    """A file's values with the position of each, so that an error can name its line."""

    file: str
    value: Plain = None
    marks: dict[Place, tuple[int, int]] = field(default_factory=dict)

    def position(self, place: Place) -> tuple[int, int]:
        """Line and column of a value, or of the nearest one around it that has a position."""
        while place and place not in self.marks:
            place = place[:-1]
        return self.marks.get(place, (0, 0))

    def problem(self, place: Place, code: str, what: str, hint: str = "") -> Problem:
        """A problem at ``place``."""
        return Problem(self.file, *self.position(place), code, what, hint)


# The C parser is six times as fast; where PyYAML came without it, its own Python parser serves.
_Parser: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(path: Path, told_in: str = "the README of its folder") -> Source:
    """Read one YAML file. ``told_in``: where people read how it is written.

    Raises ``BadFile`` for a file that is missing, too large, not UTF-8, not YAML, holds a tab, a
    character that nobody can see, a tag, an alias or a duplicate key, or is nested too deep.
    """
    text = read_text(path)
    if "\t" in text:
        where = _position(text, text.index("\t"))
        raise _stop(path.name, where, "R06", "there is a tab here", "indent with two spaces")
    builder = _Builder(Source(file=path.name), text, told_in)
    hint = "check indentation and colons; put text with a colon or a question mark in quotes"
    try:
        return builder.document()
    except yaml.MarkedYAMLError as error:
        said = error.problem or "nothing that can be read"
        where = _at(error.problem_mark or error.context_mark)
        raise _stop(path.name, where, "R02", f"this is not YAML: {said}", hint) from error
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        # The Python parser of PyYAML lets some escapes ("\UFFFFFFFF") run into a ValueError.
        raise _stop(path.name, builder.last, "R02", "this is not YAML", hint) from error


def read_text(path: Path) -> str:
    """The text of one file of ours, whatever it holds; line ends of Windows become ours.

    Raises ``BadFile`` for a file that is missing, no plain file, too large, not UTF-8, or holds a
    character that nobody can see.
    """
    try:
        raw = _bytes(path)
    except (OSError, ValueError) as error:
        what = f"cannot be read: {getattr(error, 'strerror', None) or error}"
        raise _stop(str(path), (0, 0), "R04", what, "check the name and the folder") from error
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        what = f"byte 0x{raw[error.start]:02x} is not UTF-8"
        hint = "save the file again with encoding UTF-8"
        raise _stop(
            path.name, _position(raw.decode("latin-1"), error.start), "R05", what, hint
        ) from error
    text = text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}").replace("\r\n", "\n")
    if (there := refused(text)) is not None:
        what, hint = _unseen(text[there])
        raise _stop(path.name, _position(text, there), "R24", what, hint)
    return text


def _bytes(path: Path) -> bytes:
    """Never more than is allowed, and never from what could make us wait, as a pipe does."""
    status = path.stat()
    if stat.S_ISDIR(status.st_mode):
        raise OSError(0, "this is a folder")
    if not stat.S_ISREG(status.st_mode):
        raise OSError(0, "this is no plain file")
    with path.open("rb") as file:
        raw = file.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        what = f"the file has {max(status.st_size, len(raw)):,} bytes; the most is {MAX_BYTES:,}"
        hint = "one file holds one school; pictures do not belong in it"
        raise _stop(path.name, (0, 0), "R03", what, hint)
    return raw


def _stop(file: str, where: tuple[int, int], code: str, what: str, hint: str) -> BadFile:
    """One problem that ends the reading at once."""
    return BadFile([Problem(file, *where, code, what, hint)])


def _unseen(character: str) -> tuple[str, str]:
    what = f"there is a character here that nobody can see: {called(character)}"
    return what, "take it out, or type the words again"


def _at(mark: Any) -> tuple[int, int]:
    """PyYAML counts lines and columns from 0, people from 1; (0, 0) is the whole file."""
    return (mark.line + 1, mark.column + 1) if mark is not None else (0, 0)


def _position(text: str, offset: int) -> tuple[int, int]:
    """Line and column of the character at ``offset``."""
    before = text[:offset]
    return before.count("\n") + 1, offset - before.rfind("\n")


class _Builder:
    """Puts the values of one file together from the events of the parser."""

    def __init__(self, source: Source, text: str, told_in: str) -> None:
        self.source = source
        self.told_in = told_in
        self.problems: list[Problem] = []
        self.last = (1, 1)
        self.parser: Any = _Parser(text)

    def document(self) -> Source:
        """The whole file; raises ``BadFile`` with all that is wrong in its YAML."""
        self._next()  # the start of the stream
        if isinstance(self._next(), yaml.StreamEndEvent):
            hint = f"{self.told_in} shows what stands in it"
            raise _stop(self.source.file, (1, 1), "R01", "the file is empty", hint)
        self.source.value = self._value(self._next(), ())
        self._next()  # the end of the document
        after = self._next()
        if not isinstance(after, yaml.StreamEndEvent):
            what, hint = "a second document begins here", "take the line `---` out"
            raise _stop(self.source.file, _at(after.start_mark), "R02", what, hint)
        if self.problems:
            raise BadFile(self.problems)
        return self.source

    def _next(self) -> Any:
        event = self.parser.get_event()
        self.last = _at(event.start_mark)
        return event

    def _wrong(self, where: tuple[int, int], code: str, what: str, hint: str) -> None:
        self.problems.append(Problem(self.source.file, *where, code, what, hint))
        if len(self.problems) == MOST_TOLD:
            raise BadFile(self.problems, more=True)

    def _value(self, event: Any, place: Place) -> Plain:
        """The value that starts with this event; what is wrong inside it is added to the problems."""
        where = self._allowed(event)
        self.source.marks[place] = where
        if len(self.source.marks) > MAX_VALUES:
            what = f"the file holds more than {MAX_VALUES:,} values"
            raise _stop(self.source.file, where, "R03", what, "one file holds one school")
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, where)
        if len(place) >= MAX_DEPTH:
            what = f"nested deeper than {MAX_DEPTH} levels"
            hint = "look for a bracket that is never closed"
            raise _stop(self.source.file, where, "R08", what, hint)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(place)
        items: list[Plain] = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            items.append(self._value(event, (*place, len(items))))
        return items

    def _allowed(self, event: Any) -> tuple[int, int]:
        """Where it stands; an anchor or alias ends the reading, a tag is a problem."""
        where = _at(event.start_mark)
        if event.anchor:
            what = f"anchors and aliases (&{event.anchor}) are not used here"
            hint = "write the lines out where they are needed"
            raise _stop(self.source.file, where, "R07", what, hint)
        if event.tag:
            what = f"tags ({event.tag}) are not used here"
            self._wrong(where, "R23", what, "leave it out; put text between quotation marks")
        return where

    def _mapping(self, place: Place) -> Plain:
        mapping: dict[str, Plain] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            where = self._allowed(event)
            key = event.value if isinstance(event, yaml.ScalarEvent) else ""
            if not key:
                self._skip(event)
                self._skip(self._next())
                self._wrong(where, "R09", "a key is a single word", "for example `nl:`")
            elif key in mapping:
                self._skip(self._next())
                hint = "keep one of the two"
                self._wrong(where, "R10", f"`{key[:40]}` stands here twice", hint)
            else:
                self._characters(key, event.style, where)
                mapping[key] = self._value(self._next(), (*place, key))
                # An error about a key (unknown, missing) points at the key, not at its value.
                self.source.marks[(*place, key)] = where
        return mapping

    def _skip(self, event: Any) -> None:
        """Pass over the value that starts with this event."""
        depth = 0
        while True:
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth == 0:
                return
            event = self._next()

    def _characters(self, text: str, style: str | None, where: tuple[int, int]) -> None:
        """An escape (`"\\e"`) can hold what the file itself may not."""
        if style == '"' and (there := refused(text)) is not None:
            self._wrong(where, "R24", *_unseen(text[there]))
        elif "\n" in text or "\t" in text:
            what = "a text is one paragraph, and here a line ends inside it or behind it"
            self._wrong(
                where, "R25", what, "after `>-` the lines are joined; no \\n, \\t or empty line"
            )

    def _scalar(self, event: Any, where: tuple[int, int]) -> Plain:
        text: str = event.value
        self._characters(text, event.style, where)
        if event.style:  # in quotes, or a block: text
            return text
        if _WHOLE.fullmatch(text):
            if len(text) <= MAX_DIGITS:
                return int(text)
        elif _DECIMAL.fullmatch(text):
            if math.isfinite(number := float(text)):
                return number
        else:
            return _WORDS.get(text, text)
        what = f"no number is this large: {text[:20]}"
        self._wrong(where, "R26", what, "put it between quotation marks if it is a text")
        return None


_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
}
_WHOLE = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"[-+]?([0-9]+\.[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?")
