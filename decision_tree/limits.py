"""How large a protocol may be, so that any file is refused with a sentence or compiled in seconds.

Bounds that no school comes near: the five published ones have at most 6 questions, 7 answers to
one, 25 rules, 139 situations to tell apart while compiling, and 130 ways through the questions.
"""

from __future__ import annotations

from decision_tree.errors import TooLarge
from decision_tree.protocol import Protocol

MOST_QUESTIONS = 40
MOST_ANSWERS = 20
MOST_PHASES = 100
MOST_RULES = 2_000
MOST_SITUATIONS = 10_000
MOST_WAYS = 10_000


def refuse_large(protocol: Protocol) -> None:
    """Raise ``TooLarge`` for more questions, answers or rules than anyone could ask or read."""
    for section in ("questions", "refinements"):
        questions = getattr(protocol, section)
        if len(questions) > MOST_QUESTIONS:
            raise TooLarge(
                f"There are {len(questions)} `{section}`; at most {MOST_QUESTIONS} are possible",
                "keep those that decide; nobody answers so many",
                (section, MOST_QUESTIONS),
            )
        for i, question in enumerate(questions):
            if len(question.answers) > MOST_ANSWERS:
                raise TooLarge(
                    f"`{question.id}` has {len(question.answers)} answers; "
                    f"at most {MOST_ANSWERS} are possible",
                    "join answers that decide the same, or ask two questions",
                    (section, i, "answers", MOST_ANSWERS),
                )
    for section, most, hint in (
        ("phases", MOST_PHASES, "keep those that the document tells apart"),
        ("rules", MOST_RULES, "join rules: a question left out of `when` does not matter"),
    ):
        if len(getattr(protocol, section)) > most:
            raise TooLarge(
                f"There are {len(getattr(protocol, section))} {section}; at most {most} are possible",
                hint,
                (section, most),
            )


def too_many_situations() -> TooLarge:
    """For a tree that grows beyond all measure in the declared order of the questions."""
    return TooLarge(
        f"In this order of asking there are more than {MOST_SITUATIONS} situations to tell apart",
        "put the question that decides most first: what then does not matter is not asked",
        ("questions",),
    )


def too_many_ways() -> TooLarge:
    """For a tree of few questions through which there are more ways than anyone could check."""
    return TooLarge(
        f"There are more than {MOST_WAYS} ways through the questions",
        "put the question that decides most first, or let fewer questions decide together",
        ("questions",),
    )
