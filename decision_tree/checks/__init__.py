"""The protocol checks: one function each, with a stable code and a definition.

A check looks at one whole protocol and yields a finding for each counterexample. Every check has
a failing and a passing example in ``examples/``; they are its test and its documentation.
All are exact over the whole declared domain; none samples, and none gives up in silence: what is
too large to look at is refused.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice

from decision_tree.checks import of_the_table, of_the_words
from decision_tree.checks.case import Case, Check, Finding
from decision_tree.errors import BadTable, Problem, TooLarge
from decision_tree.guide import paths
from decision_tree.limits import refuse_large
from decision_tree.protocol import Language
from decision_tree.reading import Read
from decision_tree.table import Table
from decision_tree.tree import compile_tree

__all__ = ["CHECKS", "Case", "Certificate", "Check", "Finding", "certify", "run_checks"]

CHECKS: tuple[Check, ...] = (
    Check("P01", "Every combination of answers fits a rule.", of_the_table.no_gap),
    Check("P02", "No combination of answers fits two rules.", of_the_table.no_overlap),
    Check("P03", "Every rule fits some combination of answers.", of_the_table.rule_reachable),
    Check(
        "P04",
        "Every answer changes the phase, the lead or a step somewhere.",
        of_the_table.answer_matters,
    ),
    Check(
        "P05",
        "Every question is asked on some path, and a step turns on every refinement.",
        of_the_table.question_asked,
    ),
    Check(
        "P06",
        "No path asks a question that can no longer change anything.",
        of_the_table.asks_no_more,
    ),
    Check(
        "P07",
        "Every rule names a lead, or says that the document names none and whom to ask.",
        of_the_words.lead_said,
    ),
    Check(
        "P08",
        "Every step and follow-up has an actor: a role, the lead, or unstated.",
        of_the_words.actor_said,
    ),
    Check(
        "P09",
        "*I don't know* never leads lower than any answer would.",
        of_the_table.careful_is_careful,
    ),
    Check("P10", "Some rule leads to every phase.", of_the_table.phase_reached),
    Check("P11", "In every phase someone can do something now.", of_the_words.phase_has_step),
    Check(
        "P12",
        "Every phase says what comes when it goes on, happens again, and stops.",
        of_the_words.phase_has_next,
    ),
    Check(
        "P13",
        "Every phase tells parents what to expect, who calls, what to do, whom to turn to.",
        of_the_words.phase_has_parents,
    ),
    Check("P14", "Every step, line and open point holds in some case.", of_the_table.item_holds),
    Check(
        "P15",
        "Every clause has a place, and every gap stands in an open point.",
        of_the_words.clauses_placed,
    ),
    Check(
        "P16",
        "What goes on or happens again never leads to a lower phase.",
        of_the_table.never_down,
    ),
    Check(
        "P17",
        "Questions, answers, rules and ways through them are few enough to ask, show and prove.",
        of_the_table.small_enough,
    ),
)

MOST_FINDINGS = 100
"""Of one check; whoever mends these first often mends the others with them."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """What was proven for one protocol, with the domain it was proven for."""

    school: str
    answers_per_question: tuple[int, ...]
    combinations: int
    rules: int
    pairs: int
    paths: int
    longest: int
    clauses: int
    gaps: int

    def __str__(self) -> str:
        domain = " × ".join(str(n) for n in self.answers_per_question)
        return (
            f"{self.school}: complete for {domain} = {self.combinations} combinations, "
            f"{self.rules} rules, {self.pairs} pairs compared; {self.paths} paths, "
            f"at most {self.longest} questions; {self.clauses} clauses placed, {self.gaps} gaps shown"
        )


def run_checks(read: Read, language: Language = "en") -> list[Problem]:
    """Every check on one protocol; an empty list means that all definitions hold."""
    table = Table.of(read.protocol)
    try:
        refuse_large(read.protocol)
    except TooLarge as error:
        return _problems(Case(read, table, None, language, error), CHECKS[-1:])
    case = Case(read, table, None, language)
    try:
        case = replace(case, compiled=compile_tree(read.protocol))
    except TooLarge as error:
        case = replace(case, too_large=error)
    except BadTable:
        pass  # P01 and P02 name each gap and overlap
    return _problems(case, CHECKS)


def _problems(case: Case, checks: tuple[Check, ...]) -> list[Problem]:
    source = case.read.source
    problems = []
    for check in checks:
        found = list(islice(check.find(case), MOST_FINDINGS + 1))
        for finding in found[:MOST_FINDINGS]:
            problems.append(source.problem(finding.place, check.code, finding.what, finding.hint))
        if len(found) > MOST_FINDINGS:
            more = f"There is more of {check.code} than these {MOST_FINDINGS}"
            problems.append(source.problem((), check.code, more, "mend these first"))
    return problems


def certify(read: Read) -> Certificate:
    """The certificate of a protocol for which :func:`run_checks` found nothing."""
    table = Table.of(read.protocol)
    ways = list(paths(compile_tree(read.protocol)))
    n = len(table.rules)
    gaps = sum(clause.kind == "gap" for clause in read.protocol.clauses)
    return Certificate(
        school=read.protocol.school.id,
        answers_per_question=tuple(len(ids) for ids in table.answer_ids),
        combinations=table.size,
        rules=n,
        pairs=n * (n - 1) // 2,
        paths=len(ways),
        longest=max(len(way) for way in ways),
        clauses=len(read.protocol.clauses) - gaps,
        gaps=gaps,
    )
