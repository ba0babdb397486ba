"""What is said of an answer has one kind of quotation marks, whatever the files have."""

from __future__ import annotations

import pytest

from decision_tree.practice_calls import choice_json, marked_json
from decision_tree.practice_feedback import curly
from decision_tree.practice_marking import mark
from decision_tree.practice_options import choices
from decision_tree.protocol import LANGUAGES, Text
from tests.decision_tree.practising import SAFETY, SCHOOLS, cases_of, compiled_school


@pytest.mark.parametrize(
    ("straight", "drawn"),
    [
        ("a pupil's coach", "a pupil’s coach"),
        ('"Maak een print" geldt niet.', "‘Maak een print’ geldt niet."),
        ("Zeg 'stop' en ga.", "Zeg ‘stop’ en ga."),
        ("Bel 's avonds of 't weekend.", "Bel ’s avonds of ’t weekend."),
        ("('hij pest')", "(‘hij pest’)"),
        ("the parents' evening", "the parents’ evening"),
        ("‘Fase 1’ geldt.", "‘Fase 1’ geldt."),
    ],
)
def test_straight_marks_become_those_of_our_own_words(straight: str, drawn: str) -> None:
    assert curly(Text(nl=straight, en=straight)) == Text(nl=drawn, en=drawn)


@pytest.mark.parametrize("school", SCHOOLS)
def test_no_answer_and_no_feedback_has_a_straight_mark(school: str) -> None:
    """Every option of every case that somebody wrote, chosen."""
    compiled = compiled_school(school)
    seen = 0
    for case in cases_of(school).cases:
        for choice in choices(compiled, SAFETY, case, 1):
            for option, shown in zip(choice.options, choice_json(choice)["options"], strict=True):
                marked = marked_json(mark(compiled, SAFETY, case, {choice.part: option.id}, 1))
                said = [shown["label"], *(part["words"] for part in marked["parts"])]
                said += [marked["change"]["words"]] if marked["change"] else []
                for words in said:
                    seen += 1
                    assert not [words[x] for x in LANGUAGES if "'" in words[x] or '"' in words[x]]
    assert seen > 100
