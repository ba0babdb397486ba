"""The words of the pages: each key once, each in both languages, or an error with its line."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest

from decision_tree.errors import BadFile
from scripts.pages.words import read_words, words
from scripts.progress import ROOT

_IN_BOTH_LANGUAGES = re.compile(r"""(?:\bt\(|\("[\w:-]+", )(["'])(.*?)\1, \1(.*?)\1\)""")
"""`t("Dutch", "English")`, or `("key", "Dutch", "English")` in a list."""


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("a: {nl: Een, en: One}\na: {nl: Twee, en: Two}\n", "words.yaml:2:1: R10 `a` stands here twice"),
        ("a: {nl: Een}\n", "words.yaml:1:1: R12 "),
        ("a: {nl: Een, en: ''}\n", "words.yaml:1:14: R11 `en` is empty"),
        ("a: Een\n", "words.yaml:1:1: R"),
        ("a: {nl: Een, en: One, de: Eins}\n", "words.yaml:1:23: R14 `de` is not a key"),
    ],
)  # fmt: skip
def test_a_word_that_stands_twice_or_lacks_a_language_is_refused_with_its_line(
    tmp_path: Path, lines: str, said: str
) -> None:
    file = tmp_path / "words.yaml"
    file.write_text(lines, encoding="utf-8")
    with pytest.raises(BadFile) as refused:
        read_words(file)
    assert said in str(refused.value)


def test_what_two_templates_say_stands_once_in_words_yaml() -> None:
    """Or a change in one of them would leave the page with scripts saying another thing than without."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for word in words().values():
        found[word.nl, word.en].add("words.yaml")
    for template in sorted((ROOT / "overrides" / "pages").rglob("*.html")):
        for said in _IN_BOTH_LANGUAGES.finditer(template.read_text(encoding="utf-8")):
            found[said[2], said[3]].add(template.name)
    assert len(found) > 400
    assert {pair: where for pair, where in found.items() if len(where) > 1} == {}
