"""What the cases cover and how they are balanced: ``python -m decision_tree.practice_coverage``.

Two questions about names must be answered no: does a name's gender, or its background, predict
whether someone is bullied or bullies? Pearson's chi-square test of independence, with the exact
tail of the distribution (Abramowitz and Stegun 1964, 26.4.4 and 26.4.5).
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import erfc, exp, gamma, sqrt

import click

from decision_tree.errors import BadFile
from decision_tree.guide import RED_FLAG
from decision_tree.practice import FORMS, Case, as_expected, expected
from decision_tree.practice_generate import Composer
from decision_tree.practice_parts import CaseFile, Name, Parts
from decision_tree.protocol import UNKNOWN
from decision_tree.reading_cases import CASES, case_files, compiled_school, read_cases, read_parts
from decision_tree.safety import Safety
from decision_tree.tree import Compiled

LEAST_FORM = 0.08
"""No form of bullying may be rarer among the cases."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """The written cases of one school, counted."""

    school: str
    cases: int
    rules: Mapping[str, int]
    answers: Mapping[str, int]
    forms: Mapping[str, int]
    near_misses: Mapping[str, int]
    flags: Mapping[str, int]
    ask_first: int
    voices: Mapping[str, int]

    @property
    def missing(self) -> list[str]:
        """Rules and answers that no written case has."""
        counted = {**self.rules, **self.answers}
        return [name for name, count in counted.items() if not count]


def covered(compiled: Compiled, safety: Safety, file: CaseFile) -> Covered:
    """Count. A red flag covers the rule that would fit without it; a gap, the careful answer."""
    protocol = compiled.protocol
    rules = {f"rule {rule.id}": 0 for rule in protocol.rules}
    answers = {f"{q.id}={a.id}": 0 for q in protocol.questions for a in q.answers}
    for case in file.cases:
        found = expected(compiled, safety, case)
        outcome = found.outcome or found.behind
        for rule in outcome.rules if outcome else ():
            rules[f"rule {rule.id}"] += 1
        for question, answer in case.facts.items():
            if question != RED_FLAG and f"{question}={answer}" in answers:
                answers[f"{question}={answer}"] += 1
    cases = file.cases
    return Covered(
        school=file.school,
        cases=len(cases),
        rules=rules,
        answers=answers,
        forms={form: sum(c.facets.form == form for c in cases) for form in FORMS},
        near_misses=Counter(c.facets.near_miss for c in cases if c.facets.near_miss),
        flags=Counter(c.flag for c in cases if c.flag),
        ask_first=sum(bool(c.need_first) for c in cases),
        voices=Counter(c.voice for c in cases),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Test:
    """Chi-square over a table: the statistic, the degrees of freedom, and how likely by chance."""

    statistic: float
    freedom: int
    p: float
    table: Mapping[str, Mapping[str, int]]


def independence(pairs: Iterable[tuple[str, str]]) -> Test:
    """Are the two words of the pairs independent?"""
    counts = Counter(pairs)
    rows = sorted({row for row, _ in counts})
    columns = sorted({column for _, column in counts})
    total = sum(counts.values())
    of_row = {row: sum(counts[row, column] for column in columns) for row in rows}
    of_column = {column: sum(counts[row, column] for row in rows) for column in columns}
    statistic = 0.0
    for row in rows:
        for column in columns:
            likely = of_row[row] * of_column[column] / total
            statistic += (counts[row, column] - likely) ** 2 / likely
    freedom = (len(rows) - 1) * (len(columns) - 1)
    return Test(
        statistic=statistic,
        freedom=freedom,
        p=tail(statistic, freedom),
        table={row: {column: counts[row, column] for column in columns} for row in rows},
    )


def tail(statistic: float, freedom: int) -> float:
    """The chance of a chi-square this large or larger."""
    if freedom == 0:
        return 1.0
    half = statistic / 2
    if freedom % 2:
        terms = [float(half ** (i - 0.5)) / gamma(i + 0.5) for i in range(1, (freedom + 1) // 2)]
        return erfc(sqrt(half)) + exp(-half) * sum(terms)
    return exp(-half) * sum(half**i / gamma(i + 1) for i in range(freedom // 2))


def roles_by(names: Iterable[Name], cases: Iterable[Case], what: str) -> Test:
    """Does ``gender`` or ``background`` of the names predict who is bullied and who bullies?"""
    known = {name.name: name for name in names}
    return independence(
        (getattr(known[person.name], what), person.part)
        for case in cases
        for person in case.people
        if person.part in ("bullied", "bullying")
    )


def composed(
    compiled: Compiled, safety: Safety, parts: Parts, file: CaseFile, count: int
) -> list[Case]:
    """The first so many composed cases of a school, as a learner would draw them."""
    composer = Composer(compiled=compiled, safety=safety, parts=parts, file=file)
    return [composer.compose(composer.any_id(seed)) for seed in range(count)]


def _counts(counted: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counted.items())


class _Command(click.Command):
    """A file that cannot be read is told by its lines, without a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except BadFile as error:
            raise click.ClickException(str(error)) from error


@click.command(cls=_Command)
@click.argument("schools", nargs=-1, type=click.Choice(list(case_files())))
@click.option("--composed", "count", default=400, show_default=True, help="Composed cases to test.")
@click.option("--show", default=0, help="Print so many composed cases, to be read by a person.")
def main(schools: tuple[str, ...], count: int, show: int) -> None:
    """Tell what the cases of each school cover, and whether names predict roles."""
    from decision_tree.reading import read_safety

    safety, parts = read_safety(), read_parts()
    written: list[Case] = []
    missing = False
    for school in schools or tuple(case_files()):
        compiled = compiled_school(school)
        file = read_cases(CASES / f"{school}.yaml", compiled, safety)
        told = covered(compiled, safety, file)
        drawn = composed(compiled, safety, parts, file, count)
        written += file.cases
        missing = missing or bool(told.missing)
        hit = sum(1 for n in told.rules.values() if n)
        answered = sum(1 for n in told.answers.values() if n)
        click.echo(f"{school}: {told.cases} cases; {hit} of {len(told.rules)} rules, {answered} of "
                   f"{len(told.answers)} answers; {sum(told.flags.values())} red flags, {told.ask_first} ask first")  # fmt: skip
        for name, counted in (("missing", dict.fromkeys(told.missing, 0)), ("forms", told.forms),
                              ("near-misses", told.near_misses), ("red flags", told.flags),
                              ("voices", told.voices), ("composed forms", Counter(str(c.facets.form) for c in drawn))):  # fmt: skip
            click.echo(f"  {name}: {_counts(counted) or 'none'}")
        differing = [c.id for c in file.cases if as_expected(compiled, safety, c) != c.expect]
        click.echo(f"  author and engine differ: {', '.join(differing) or 'nowhere'}")
        _tell_balance(parts, file.cases, "written")
        _tell_balance(parts, drawn, "composed")
        gaps = sum(UNKNOWN in c.facts.values() for c in drawn)
        click.echo(
            f"  composed: {gaps} ask first, {sum(bool(c.flag) for c in drawn)} red flags of {count}"
        )
        for case in drawn[:show]:
            click.echo(f"  {case.id}\n    {case.text.nl}\n    {case.text.en}")
    click.echo("all schools")
    _tell_balance(parts, written, "written")
    sys.exit(1 if missing else 0)


def _tell_balance(parts: Parts, cases: Iterable[Case], what: str) -> None:
    cases = list(cases)
    for trait in ("gender", "background"):
        test = roles_by(parts.names, cases, trait)
        click.echo(
            f"  {what}, {trait} by role: chi-square {test.statistic:.2f}, {test.freedom} degrees, p = {test.p:.2f}"
        )


if __name__ == "__main__":
    main()
