"""Short sentences: who reads here may be upset, in a hurry, or new to the language."""

from __future__ import annotations

from scripts.readability import counted, kind_of, longest, table
from tests.site.conftest import BuiltSite

MOST_WORDS = 35
"""In a sentence of ours."""

MOST_WORDS_OF_OTHERS = 45
"""In the made-up letters to practise with: parents and pupils write as they speak."""

MOST_LONG = 0.2
"""Share of sentences over 20 words, on any kind of page."""

LETTERS = "scholen/*/oefenen"


def test_no_sentence_is_too_long(site: BuiltSite) -> None:
    """The longest are to be split, not the bound to be raised."""
    found = [
        f"{words} words on {path}: {text}"
        for words, _, text, path in longest(site.folder, MOST_WORDS + 1)
        if words > (MOST_WORDS_OF_OTHERS if kind_of(path) == LETTERS else MOST_WORDS)
    ]
    assert found == []


def test_few_sentences_are_long(site: BuiltSite) -> None:
    """Per kind of page and language; scripts/readability.py shows the same table."""
    counts = counted(site.folder)
    assert all(count.share_long <= MOST_LONG for count in counts.values()), f"\n{table(counts)}"
