"""The words of the pages themselves, Dutch and English side by side in ``words.yaml``."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, cast

from decision_tree.protocol import Language, Text
from decision_tree.yaml_source import read_yaml

WORDS = Path(__file__).with_name("words.yaml")


@cache
def words() -> dict[str, Text]:
    """Key -> text. A missing language raises here, not on a half-translated page.

    ``BadFile`` if the file cannot be read or has a key twice.
    """
    entries = cast("dict[str, Any]", read_yaml(WORDS).value)
    return {key: Text(nl=str(value["nl"]), en=str(value["en"])) for key, value in entries.items()}


def say(key: str, language: Language) -> str:
    """The words for this key; ``KeyError`` if nobody wrote them."""
    return words()[key].in_language(language)
