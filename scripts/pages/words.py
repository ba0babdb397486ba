"""The words of the pages themselves, Dutch and English side by side in ``words.yaml``."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

from decision_tree.protocol import Language, Text

WORDS = Path(__file__).with_name("words.yaml")


@cache
def words() -> dict[str, Text]:
    """Key -> text. A missing language raises here, not on a half-translated page."""
    entries = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    return {key: Text(nl=str(value["nl"]), en=str(value["en"])) for key, value in entries.items()}


def say(key: str, language: Language) -> str:
    """The words for this key; ``KeyError`` if nobody wrote them."""
    return words()[key].in_language(language)
