"""The words of the pages themselves, Dutch and English side by side in ``words.yaml``."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from decision_tree.errors import BadFile, Problem
from decision_tree.faults import meant, quoted
from decision_tree.protocol import Language, Text
from decision_tree.shape import FileKind

WORDS = Path(__file__).with_name("words.yaml")
WORDS_FILE = FileKind[dict[str, Text]](dict[str, Text], "scripts/pages/words.yaml itself")


class Words(dict[str, Text]):
    """Key -> text. A key that a page asks for and nobody wrote is an error in the file, not in the page."""

    def __missing__(self, key: str) -> Text:
        what = f"there is no word {quoted(key)}, which a page says"
        raise BadFile([Problem(WORDS.name, 0, 0, "R17", what, meant(key, list(self)))])


@cache
def words() -> Words:
    """Key -> text; ``BadFile`` with its line for a key that stands twice or lacks a language."""
    return read_words(WORDS)


def read_words(path: Path) -> Words:
    """The same of any file."""
    return Words(WORDS_FILE.read(path)[0])


def say(key: str, language: Language) -> str:
    """The words for this key; ``BadFile`` if nobody wrote them."""
    return words()[key].in_language(language)
