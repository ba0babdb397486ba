"""Data files gone wrong: valid ones, changed as people, editors and attackers change them.

In the suite a fixed seed; a longer run is a command:

    .venv/bin/python -m tests.mutants --mutants 20000 --seed 7
"""

from __future__ import annotations

import argparse
import json
import random
import re
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import yaml

from decision_tree.checks import certify, run_checks
from decision_tree.checks.examples import whole
from decision_tree.errors import BadFile
from decision_tree.reading import (
    CONTACTS,
    PROTOCOLS,
    SAFETY,
    read_contacts,
    read_protocol,
    read_safety,
    read_with_source,
)
from decision_tree.reading_cases import CASES, PARTS, read_cases, read_parts
from decision_tree.yaml_source import read_yaml
from scripts.pages.lists import CRITERIA, TERMS, read_criteria, read_terms
from scripts.pages.words import WORDS, read_words

SCALARS = (
    "", "~", "null", "true", "false", "yes", "no", "on", "off", "0", "1", "-1", "-2", "1.0", "1e3", ".5",
    ".inf", ".nan", "0x_", "0b_", "0o7", "0x1F", "1_000", "12:30", "9" * 5000, "999999999", "1e999",
    "2024-01-31", '""', '" "', '"1"', "'off'", "[]", "{}", "[[]]", "[~]", "{a: b}", "[a, a]", "? a", "- a",
    "!!int abc", "!!bool abc", "!!float abc", "!!timestamp x", "!!binary x", "!!python/object:os.system x",
    "!<tag:x> y", "! z", "!!set {a}", "&a b", "*a", "<<", "=", "|", ">", "@x", "`x`", "%x", "'", '"', "[", "}",
    "all", "lead", "none", "unknown", "unstated", "red_flag", "core", "constructor", "__proto__", "../x",
    "<script>", "a&b=c", "Same", "a b", "-", "a" * 300, "javascript:alert(1)", "data:,x", "https://",
    "https://[", "https://x", "https://a.b@c.nl", "lately", "2026-13-40", "bel ons", "{x}", "{", "{a.b}",
)  # fmt: skip
CHARACTERS = (
    "\0", "\x1b[31m", "\x07", "\r", "\t", "\x85", "\xa0", "\xad", "\u200b", "\u200d", "\u2028", "\u202e", "\u2066",
    "\u2800", "\u3164", "\ufeff", "\ufffe", "\uffff", "\ufffd", "\U0001fffe", "\U000e0041", "\U0010ffff", "😀", "é",
    r"\0", r"\e", r"\u202e", r"\ud800", r"\uFFFF", r"\U00110000", r"\UFFFFFFFF", r"\n", r"\r", "\n", ":", "#", "'",
)  # fmt: skip

_VALUE = re.compile(r"(?<=: )[^\s{}\[\],#][^{}\[\],\n]*")
_KEY = re.compile(r"(?<![\w-])[a-z_]+(?=:)")
_ITEM = re.compile(r"[^\s\[\],{}:]+(?=[,\]])")
_LIST = re.compile(r"\[[^\[\]{}\n]*\]|\{[^\[\]{}\n]*\}")

ODD: tuple[Any, ...] = (
    None, True, False, 0, 1, -2, 1.0, 10**14, "", " ", "x", "1", "all", "lead", "none", "unknown", "red_flag",
    "core", "Same", "<b>", "a\u200bb", "\x1b[2J", "a\nb", "javascript:alert(1)", "lately", [], [[]], [None], {},
    {"nl": "x"}, {"nl": "x", "en": "y"}, ["x"], ["x", "x"], {"x": ["y"]}, [{"id": "x"}],
)  # fmt: skip
"""Values in place of others."""

type Change = Callable[[random.Random, str], str]


def _replaced(pattern: re.Pattern[str], make: Callable[[random.Random, str], str]) -> Change:
    """Something else in place of one thing that the pattern finds."""

    def change(chance: random.Random, text: str) -> str:
        found = list(pattern.finditer(text))
        if not found:
            return text
        one = chance.choice(found)
        return text[: one.start()] + make(chance, one[0]) + text[one.end() :]

    return change


def _another(pattern: re.Pattern[str]) -> Change:
    """One thing put in the place of another of its kind."""

    def change(chance: random.Random, text: str) -> str:
        found = pattern.findall(text) or [""]
        return _replaced(pattern, lambda _, __: chance.choice(found))(chance, text)

    return change


def _character(chance: random.Random, text: str) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + chance.choice(CHARACTERS) + text[at:]


def _lines(chance: random.Random, text: str) -> str:
    """Some lines gone, twice there, moved, or further in or out."""
    lines = text.split("\n")
    start = chance.randrange(len(lines))
    part = lines[start : start + chance.choice((1, 1, 2, 5, 20))]
    match chance.randrange(4):
        case 0:
            changed: list[str] = []
        case 1:
            changed = [*part, *part]
        case 2:
            changed = ["  " + line for line in part]
        case _:
            changed = [line[2:] if line.startswith("  ") else line for line in part]
    return "\n".join([*lines[:start], *changed, *lines[start + len(part) :]])


CHANGES: tuple[Change, ...] = (
    _replaced(_VALUE, lambda chance, _: chance.choice(SCALARS)),
    _replaced(_ITEM, lambda chance, _: chance.choice(SCALARS)),
    _replaced(_LIST, lambda chance, _: chance.choice(SCALARS)),
    _replaced(_KEY, lambda chance, key: chance.choice((key.upper(), key + "s", key[:-1], "", '"' + key + '"'))),
    _replaced(_VALUE, lambda chance, old: f"{chance.choice(('!!str', '!x', '&a', '*', '<<:'))} {old}"),
    _replaced(_VALUE, lambda chance, old: f'"{chance.choice(CHARACTERS)}{old}"'),
    _another(_VALUE),
    _another(_ITEM),
    _another(_KEY),
    _another(_LIST),
    _character,
    _lines,
    lambda chance, text: text[: chance.randrange(len(text))],
)  # fmt: skip


def _changed_values(chance: random.Random, value: Any) -> None:
    """Change one place of the values of a file, in place: these mutants are always YAML."""
    here = value
    while True:
        key = chance.choice(list(here) if isinstance(here, dict) else range(len(here)))
        inside = here[key]
        if isinstance(inside, dict | list) and inside and chance.random() < 0.85:
            here = inside
            continue
        match chance.randrange(6 if isinstance(here, list) else 4):
            case 0:
                del here[key]
            case 1:
                here[key] = chance.choice(ODD)
            case 2:
                here[key] = chance.choice(list(here.values()) if isinstance(here, dict) else here)
            case 3 if isinstance(here, dict):
                here[chance.choice((*here, "x", "id", "nl", "NL", "sources"))] = here.pop(key)
            case 3 | 4:
                here.insert(key, inside)
            case _:
                here.clear()
        return


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of data file: valid text of it, the name that it must have, and who reads it."""

    text: str
    value: Any
    name: str
    read: Callable[[Path], object]


def _proved(path: Path) -> object:
    """A small protocol is proved as well, so that no mutant that is read breaks a check."""
    read = read_with_source(path)
    return run_checks(read) or certify(read)


def kinds() -> Mapping[str, Kind]:
    """Every kind of data file that people write."""
    clauses = {c.id for path in PROTOCOLS.glob("*.yaml") for c in read_protocol(path).clauses}
    files: dict[str, tuple[Path, Callable[[Path], object]]] = {
        "school": (PROTOCOLS / "cals.yaml", read_protocol),
        "cases": (CASES / "wijhe.yaml", read_cases),
        "parts": (PARTS, read_parts),
        "safety": (SAFETY, read_safety),
        "contacts": (CONTACTS, read_contacts),
        "words": (WORDS, read_words),
        "terms": (TERMS, read_terms),
        "criteria": (CRITERIA, lambda path: read_criteria(path, clauses)),
    }
    return {
        "protocol": Kind(whole(), yaml.safe_load(whole()), "example.yaml", _proved),
        **{
            name: Kind(path.read_text("utf-8"), read_yaml(path).value, path.name, read)
            for name, (path, read) in files.items()
        },
    }


def mutants(kind: Kind, seed: str, count: int) -> Iterator[str]:
    """So many mutants of a text, the same ones for the same seed; most have one change, some three.

    Every second one is changed as text, and is often no YAML any more; the others in their values,
    and written as JSON, which is YAML too.
    """
    chance = random.Random(seed)
    values, text = json.dumps(kind.value), kind.text
    for number in range(count):
        made, changed = text, json.loads(values)
        for _ in range(chance.choice((1, 1, 1, 2, 3))):
            if number % 2:
                made = chance.choice(CHANGES)(chance, made)
            elif changed:
                _changed_values(chance, changed)
        yield made if number % 2 else json.dumps(changed, ensure_ascii=bool(number % 4))


def fate(kind: Kind, text: str, folder: Path) -> tuple[str, ...]:
    """The codes of what was said of a mutant; none if it was read. Anything else is an error."""
    path = folder / kind.name
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        kind.read(path)
    except BadFile as refused:
        for problem in refused.problems:
            whole_file = problem.code in {"R03", "R04"}
            assert problem.hint, problem
            assert problem.line >= 1 or whole_file, problem
            assert problem.column >= 1 or whole_file, problem
            assert str(problem).isprintable(), problem
        return tuple(problem.code for problem in refused.problems)
    return ()


def main() -> None:
    """Try many mutants of each kind; print those that end in anything but a reading or a refusal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mutants", type=int, default=2000, help="of each kind (default: 2000)")
    parser.add_argument("--seed", default=str(int(time.time())))
    parser.add_argument(
        "--kind", action="append", help="only this kind; may be given more than once"
    )
    options = parser.parse_args()
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, kind in kinds().items():
            if options.kind and name not in options.kind:
                continue
            codes, read, longest = Counter[str](), 0, 0.0
            for text in mutants(kind, f"{options.seed} {name}", options.mutants):
                start = time.perf_counter()
                try:
                    said = fate(kind, text, Path(folder))
                except Exception:
                    failed += 1
                    kept = Path(tempfile.gettempdir(), f"mutant-{failed}-{kind.name}")
                    kept.write_bytes(text.encode("utf-8", "surrogatepass"))
                    click.echo(f"{name}: kept as {kept}\n{traceback.format_exc(limit=-3)}")
                    continue
                longest = max(longest, time.perf_counter() - start)
                codes.update(set(said))
                read += not said
            click.echo(
                f"{name}: {read} of {options.mutants} read, longest {longest:.2f} s, {dict(sorted(codes.items()))}"
            )
    raise SystemExit(f"seed {options.seed}: {failed} failed" if failed else 0)


if __name__ == "__main__":
    main()
