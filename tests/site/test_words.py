"""The words of the pages: each key once, each in both languages, or an error with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from decision_tree.errors import BadFile
from scripts.pages.words import read_words


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
