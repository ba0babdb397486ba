"""The word list, the features of bullying, words and prose: read as strictly as a school's file."""

from __future__ import annotations

from pathlib import Path

import pytest

from decision_tree.errors import BadFile
from scripts.pages.content import Content, read_content
from scripts.pages.drawing import draw
from scripts.pages.lists import CRITERIA, TERMS, read_criteria, read_terms
from scripts.pages.prose import Prose, prose_pages
from scripts.pages.shared import pages
from scripts.pages.words import words
from tests.mutants import kinds, mutants


@pytest.fixture(scope="module")
def content() -> Content:
    return read_content()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[]\n", "1:1: R27 nothing stands under `file`"),
        ("a: {}\n", "1:1: R16 `file` must be a list"),
        ("- {nl: a, en: b, meaning: {nl: a, en: b}}\n", "1:3: R13 `id` is missing here"),
        ("- {id: a, nl: a, en: b, meaning: a}\n", "1:25: R16 `meaning` must be a group of keys"),
        ("- {id: A b, nl: a, en: b, meaning: {nl: a, en: b}}\n", "1:4: R19 "),
        ("- {id: a, nl: a, meaning: {nl: a, en: b}}\n", "1:3: R12 the English text"),
        ("- {id: a, nl: a, en: b, meening: {nl: a, en: b}}\n", "R14 `meening` is not a key that is known here → did you mean `meaning`?"),
        ("- {id: a, nl: a, en: b, meaning: {nl: a, en: b}}\n" * 2, "2:4: R18 the id `a` stands twice"),
    ],
)  # fmt: skip
def test_a_faulty_word_list_is_refused_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / TERMS.name
    path.write_text(text, "utf-8")
    with pytest.raises(BadFile) as error:
        read_terms(path)
    assert said in str(error.value)
    assert all(problem.hint for problem in error.value.problems)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- {nl: a, en: b}\n", "1:3: R13 `sources` is missing here"),
        ("- {nl: a, en: b, sources: cals-watis-01}\n", "1:18: R16 `sources` must be a list"),
        ("- {nl: a, en: b, sources: []}\n", "1:18: R27 nothing stands under `sources`"),
        ("- {nl: a, en: b, sources: [cals-watis-1]}\n", "1:28: R17 there is no clause `cals-watis-1` → did you mean `cals-watis-01`?"),
    ],
)  # fmt: skip
def test_a_feature_rests_on_clauses_that_a_document_has(
    tmp_path: Path, content: Content, text: str, said: str
) -> None:
    """One that no document has was left out without a word."""
    path = tmp_path / CRITERIA.name
    path.write_text(text, "utf-8")
    with pytest.raises(BadFile) as error:
        read_criteria(path, content.where)
    assert said in str(error.value)


@pytest.mark.parametrize("name", ["terms", "criteria"])
def test_what_is_read_of_a_mutant_can_be_drawn(name: str, tmp_path: Path, content: Content) -> None:
    """A third of them ended in a traceback while its page was drawn."""
    kind = kinds()[name]
    drawn = 0
    for text in mutants(kind, f"drawn {name}", 60):
        path = tmp_path / kind.name
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        try:
            read = kind.read(path)
        except BadFile:
            continue
        changed = Content(protocols=content.protocols, safety=content.safety,
                          contacts=content.contacts, **{name: read})  # type: ignore[arg-type]  # fmt: skip
        wanted = {"terms": "woordenlijst", "criteria": "pesten-plagen-ruzie"}[name]
        (page,) = [page for page in pages(changed) if page.path == wanted]
        assert draw(page, "nl", changed)
        assert draw(page, "en", changed)
        drawn += 1
    assert drawn > 5


def test_a_word_that_a_page_says_and_nobody_wrote_is_a_fault_of_the_file() -> None:
    with pytest.raises(BadFile, match=r"words\.yaml: R17 there is no word `retri`.* → did you mean `retry`\?"):  # fmt: skip
        words()["retri"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("een\n\n{{ nowhere }}\n", "a.nl.md:3:1: R37 a call on this page does not work: 'nowhere'"),
        ("een\n{{ to('hulplijnen' }}\n", "a.nl.md:2:1: R37 "),
        ("een\n{{ w('retri') }}\n", "words.yaml: R17 there is no word `retri`"),
    ],
)
def test_prose_that_calls_what_is_not_there_is_refused_with_its_line(
    content: Content, text: str, said: str
) -> None:
    with pytest.raises(BadFile) as error:
        Prose("a", "nl", text).draw(content)
    assert said in str(error.value)


def test_prose_with_a_character_that_nobody_sees_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "a.nl.md").write_text("een\ntwee \u202e\n", "utf-8")
    (tmp_path / "a.en.md").write_text("one\n", "utf-8")
    with pytest.raises(BadFile, match=r"a\.nl\.md:2:6: R24 .*U\+202E"):
        list(prose_pages(tmp_path))
