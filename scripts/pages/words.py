"""The words of the pages themselves, Dutch and English side by side in ``words.yaml``."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from decision_tree.protocol import Language, Text
from decision_tree.reading import read_into
from decision_tree.yaml_source import read_yaml

WORDS = Path(__file__).with_name("words.yaml")


@cache
def words() -> dict[str, Text]:
    """Key -> text; ``BadFile`` with its line for a key that stands twice or lacks a language."""
    return read_words(WORDS)


def read_words(path: Path) -> dict[str, Text]:
    """The same of any file."""
    return read_into(TypeAdapter(dict[str, Text]), read_yaml(path))


def say(key: str, language: Language) -> str:
    """The words for this key; ``KeyError`` if nobody wrote them."""
    return words()[key].in_language(language)
