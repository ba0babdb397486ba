"""Every word that a visitor can read, held against a dictionary of its language."""

from __future__ import annotations

import pytest

from decision_tree.reading_cases import read_parts
from scripts.readability import Piece, pieces
from tests.quality.spelling import (
    BOTH,
    DICTIONARIES,
    as_listed,
    in_dictionary,
    listed,
    quoted,
    read_list,
    unknown,
    words_in,
)
from tests.site.conftest import BuiltSite

NAMES = [BOTH, *DICTIONARIES]


@pytest.fixture(scope="module")
def texts(site: BuiltSite) -> dict[tuple[str, Piece], str]:
    """Every text with the language of its page, and a page where it stands."""
    return {(page.language, piece): page.path for page in site.files for piece in pieces(page.file)}


@pytest.fixture(scope="module")
def pupils() -> set[str]:
    """The names in the cases to practise with."""
    return {name.name for name in read_parts().names}


@pytest.mark.parametrize("language", DICTIONARIES)
def test_every_word_is_in_a_dictionary_or_in_a_list_of_ours(
    language: str, texts: dict[tuple[str, Piece], str], pupils: set[str]
) -> None:
    """A Dutch passage on an English page may name its place in English: "item 4"."""
    allowed = listed(language, BOTH) | pupils
    found: dict[str, str] = {}
    for (of_page, piece), path in texts.items():
        if piece.language == language:
            for word in unknown(language, piece.text, allowed):
                if of_page == language or not in_dictionary(of_page, word):
                    found.setdefault(word, f"/{path}: {piece.text[:120]}")
    assert found == {}


@pytest.mark.parametrize("name", NAMES)
def test_a_list_is_in_order_and_gives_its_reasons(name: str) -> None:
    """So that a word is found, and nobody wonders why it is there."""
    for reason, words in read_list(name):
        assert len(reason) > 10
        assert words == sorted(set(words), key=lambda word: (word.casefold(), word)), reason


@pytest.mark.parametrize("name", NAMES)
def test_no_list_holds_a_word_that_it_need_not(
    name: str, texts: dict[tuple[str, Piece], str]
) -> None:
    """Gone from the pages, or known by now: such a word would hide the next mistake."""
    used: set[str] = set()
    for _, piece in texts:
        if name in (BOTH, piece.language):
            for word in words_in(piece.text):
                if not in_dictionary(piece.language, word):
                    used |= as_listed(word)
    assert listed(name) - used == set()


@pytest.mark.parametrize(
    ("language", "text", "mistakes"),
    [
        ("nl", "De leerlingen worden gepst.", ["gepst"]),
        ("nl", "De leerling’s tas, groeps- of klassengesprek", []),
        ("nl", "Ga naar www.gepst.nl of {questoin}.", []),
        ("en", "Organise it with the pupil's mentor.", []),
        ("en", "The school calls this ‘leerlingen’.", []),
        ("en", "The school has leerlingen.", ["leerlingen"]),
    ],
)
def test_the_check_sees_a_mistake_and_lets_the_rest_be(
    language: str, text: str, mistakes: list[str]
) -> None:
    """Addresses, stand-ins, half words and words of a document in quotation marks are left alone."""
    assert unknown(language, text, ()) == mistakes


def test_what_is_quoted_is_found_in_any_kind_of_quotation_marks() -> None:
    """And an apostrophe inside a word ends no quotation."""
    assert quoted("‘a b’, “c”, \"d\" and 'e's f'") == ["a b", "c", "d", "e's f"]
