"""What people type when they search: the file is read strictly, and written for the page as it compares words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from decision_tree.errors import BadFile
from decision_tree.protocol import LANGUAGES
from scripts.site_steps.search_words import (
    folded,
    read_search_words,
    told_to_the_page,
    words_of,
)

ENGLISH = "en: {empty: [the], child: [child], same: {}}\n"

REFUSED = {
    "empty: [de, true], child: [kind], same: {}": "must be a text",
    "empty: [de], child: [kind]": "`same` is missing",
    "empty: [de], child: [kind], same: {}, more: {}": "`more` is not a key",
    "empty: [De], child: [kind], same: {}": "`De` is not usable",
    "empty: [de het], child: [kind], same: {}": "`de het` is not usable",
    "empty: [de, dé], child: [kind], same: {}": "`de` stands here 2 times",
    "empty: [de], child: [kind], same: {app: []}": "`app` leads nowhere",
    "empty: [de], child: [kind], same: {app: [app]}": "`app` stands here 2 times",
    "empty: [de], child: [kind], same: {app: groepsapp}": "must be a list",
    "empty: [de], child: [kind], same: {self-harm: [pijn], selfharm: [pijn]}": "`selfharm` stands",
    "empty: [de], child: [kind], same: {een twee drie vier vijf zes: [pijn]}": "is not usable",
    "empty: [de], child: [kind], same: {x!: [pijn]}": "`x!` is not usable",
}


@pytest.mark.parametrize("dutch", REFUSED)
def test_a_word_that_cannot_be_meant_so_is_refused_with_its_line(
    tmp_path: Path, dutch: str
) -> None:
    file = tmp_path / "zoekwoorden.yaml"
    file.write_text(f"{ENGLISH}nl: {{{dutch}}}\n", encoding="utf-8")
    with pytest.raises(BadFile) as refused:
        read_search_words(file)
    assert REFUSED[dutch] in str(refused.value)
    assert all(problem.line == 2 for problem in refused.value.problems)


def test_a_file_with_one_language_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "zoekwoorden.yaml"
    file.write_text(ENGLISH, encoding="utf-8")
    with pytest.raises(BadFile, match="Dutch text is missing"):
        read_search_words(file)


def test_words_are_compared_without_signs_on_or_between_their_letters() -> None:
    for written in ("Anti-pestcoördinator", "antipestcoordinator", "anti-pestcoördinator,"):
        assert folded(written) == "antipestcoordinator"
    told = json.loads(told_to_the_page("nl", []))
    assert {folded(word) for typed in told["same"] for word in typed.split()} <= set(
        " ".join(told["same"]).split()
    )


def test_the_words_of_most_pages_come_first_and_a_compound_also_in_parts() -> None:
    texts = ["De mentor belt.", "Bel de mentor, de anti-pestcoördinator", "mentor 112 ab"]
    assert words_of(texts) == [
        "mentor", "anti", "antipestcoordinator", "bel", "belt", "pestcoordinator",
    ]  # fmt: skip


def test_no_word_that_says_nothing_leads_anywhere() -> None:
    """It would never be looked for."""
    words = read_search_words()
    for language in LANGUAGES:
        told = words.in_language(language)
        assert set(told.same).isdisjoint({*told.empty, *told.child})
