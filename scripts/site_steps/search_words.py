"""What people type when they search: ``docs/zoekwoorden.yaml``, read strictly and written for the page.

Beside it the page gets all words of its language, the most common first: so that it can say that
no page has a word, and find the one that was meant.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from decision_tree.errors import BadFile, Problem
from decision_tree.protocol import LANGUAGES, Language, Noun
from decision_tree.shape import FileKind
from decision_tree.yaml_source import Place, Source

FILE = Path(__file__).resolve().parents[2] / "docs" / "zoekwoorden.yaml"

MOST = 5
"""Words that may be looked for as one; ``overrides/assets/search/words.mjs`` has the same."""

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchWords(Noun):
    """The words of one language; ``docs/zoekwoorden.yaml`` says what each list is for."""

    empty: tuple[str, ...]
    child: tuple[str, ...]
    same: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchFile(Noun):
    """Both languages; each has words of its own."""

    nl: SearchWords
    en: SearchWords

    def in_language(self, language: Language) -> SearchWords:
        return self.nl if language == "nl" else self.en


SEARCH_FILE = FileKind[SearchFile](SearchFile, "docs/zoekwoorden.yaml itself")


def read_search_words(path: Path = FILE) -> SearchFile:
    """Read the file; ``BadFile`` with the line of anything that is not meant."""
    found, source = SEARCH_FILE.read(path)
    if problems := [p for language in LANGUAGES for p in _problems(found, language, source)]:
        raise BadFile(problems)
    return found


def _problems(found: SearchFile, language: Language, source: Source) -> Iterator[Problem]:
    told = found.in_language(language)
    yield from _wrong(told.empty, (language, "empty"), source)
    yield from _wrong(told.child, (language, "child"), source)
    yield from _wrong(told.same, (language, "same"), source, most=MOST)
    for typed, instead in told.same.items():
        place = (language, "same", typed)
        if not instead:
            yield source.problem(place, "R16", f"`{typed}` leads nowhere", "add what pages say")
        yield from _wrong((typed, *instead), place, source, most=MOST)


def _wrong(
    texts: Collection[str], place: Place, source: Source, most: int = 1
) -> Iterator[Problem]:
    """``most``: how many words each of them may have."""
    for text in texts:
        words = text.split()
        plain = all(map(_WORD.fullmatch, words)) and text == " ".join(words).lower()
        if not plain or len(words) > most:
            much = "one word" if most == 1 else f"one to {most} words"
            hint = f"{much} in small letters, without signs"
            yield source.problem(place, "R16", f"`{text}` is not usable here", hint)
    for text, times in Counter(map(folded_words, texts)).items():
        if times > 1:
            yield source.problem(place, "R18", f"`{text}` stands here {times} times", "keep one")


def folded_words(words: str) -> str:
    """Each word without dots and dashes on or between its letters, as the page compares them."""
    return " ".join(map(folded, words.split()))


def folded(word: str) -> str:
    """One word so: *Anti-pestcoördinator* is *antipestcoordinator*."""
    plain = unicodedata.normalize("NFD", word.lower())
    return "".join(c for c in plain if c.isalnum())


def told_to_the_page(language: Language, texts: Iterable[str]) -> str:
    """The JSON that ``overrides/assets/search/words.mjs`` reads."""
    told = read_search_words().in_language(language)
    return json.dumps(
        {
            "empty": [folded(word) for word in told.empty],
            "child": [folded(word) for word in told.child],
            "same": {folded_words(typed): instead for typed, instead in told.same.items()},
            "words": " ".join(words_of(texts)),
        },
        ensure_ascii=False,
    )


_PIECE = re.compile(r"[^\W\d_]+")


def words_of(texts: Iterable[str]) -> list[str]:
    """All words of three letters or more, those of most texts first.

    Of *anti-pestcoördinator* both the whole and its parts, as Pagefind has it.
    """
    found: Counter[str] = Counter()
    for text in texts:
        whole = {folded(word) for word in text.split()}
        parts = {folded(part) for word in text.split() for part in _PIECE.findall(word)}
        found.update(word for word in whole | parts if len(word) >= 3 and word.isalpha())
    return sorted(found, key=lambda word: (-found[word], word))
