"""The command line: schools, ask, decide, show, check, table, coverage, schema, dates."""

from __future__ import annotations

import csv
import io
import json
import secrets
import sys
from datetime import date
from pathlib import Path

import click

from decision_tree import browser, calendar, guide
from decision_tree.checks import CHECKS, certify, run_checks
from decision_tree.checks.examples import example
from decision_tree.codec import to_plain
from decision_tree.codes import MEANINGS
from decision_tree.coverage import coverage
from decision_tree.errors import BadAnswer, BadDay, BadFile, BadTable, printable
from decision_tree.outcome import Ask, Decision, Outcome, decision_json, text_json
from decision_tree.protocol import UNKNOWN, Language, StepKind, Text
from decision_tree.reading import Read, json_schema, read_protocol, read_safety, school_files
from decision_tree.reading_any import other_files, read_any
from decision_tree.terminal import print_decision, print_question, table_row, word
from decision_tree.tree import Compiled, compile_tree

LANG = click.option(
    "--lang",
    type=click.Choice(["nl", "en"]),
    default="nl",
    show_default=True,
    help="Dutch or English.",
)
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


class _Stop(click.ClickException):
    """An error with exit code 2 and a sentence that says what was possible."""

    exit_code = 2

    def __init__(self, message: str) -> None:
        # What was typed, or stands in a file, may steer a terminal; nothing of that is shown.
        super().__init__("\n".join(map(printable, message.split("\n"))))


class _Commands(click.Group):
    """Whichever file of ours is found to be bad by any command: its lines, no traceback."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except (BadFile, BadTable) as error:
            raise _Stop(str(error)) from error


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
def main() -> None:
    """A school's anti-bullying protocol: which phase, who acts next, what they do."""


def _load(name: str) -> Compiled:
    """A school by id, or a file by path."""
    files = school_files()
    path = files.get(name)
    if path is None and not name.endswith((".yaml", ".yml")):
        raise _Stop(f"There is no school `{name}`; possible: {', '.join(files)}")
    return compile_tree(read_protocol(path or Path(name)))


@main.command()
@JSON
def schools(as_json: bool) -> None:
    """The schools that can be asked about."""
    found = [read_protocol(path).school for path in school_files().values()]
    if as_json:
        click.echo(json.dumps([to_plain(school) for school in found], ensure_ascii=False, indent=1))
    else:
        for school in found:
            click.echo(f"{school.id:12} {school.name}, {school.place}")


@main.command()
@click.argument("school")
@click.argument("answers", nargs=-1, metavar="[QUESTION=ANSWER]...")
@click.option("--seen", default="", metavar="FLAG", help="The red-flag card that was read first.")
@JSON
@LANG
def decide(school: str, answers: tuple[str, ...], seen: str, as_json: bool, lang: Language) -> None:
    """The next question or the outcome for these answers (red_flag=ID included)."""
    compiled = _load(school)
    decision = _decided(compiled, _answers(compiled, answers))
    cautions = _cautions(decision, seen)
    if as_json:
        plain = decision_json(decision)
        if isinstance(decision, Outcome):
            plain["why"] = browser.explain_json(compiled, decision)
            plain["changes"] = browser.changes_json(compiled, decision)
            plain["cautions"] = {kind: text_json(text) for kind, text in cautions.items()}
        click.echo(json.dumps(plain, ensure_ascii=False, indent=1))
    elif isinstance(decision, Ask):
        print_question(decision.question, lang)
    else:
        if seen and isinstance(decision, Outcome):
            label = read_safety().flag(seen).label.in_language(lang)
            click.echo(f"! {word('card', lang)}: {label}")
        print_decision(compiled, decision, cautions, lang)


def _answers(compiled: Compiled, words: tuple[str, ...]) -> dict[str, str]:
    """QUESTION=ANSWER words as answers; each question once."""
    given: dict[str, str] = {}
    for given_word in words:
        name, equals, value = given_word.partition("=")
        if not equals:
            raise _Stop(
                f"`{given_word}` is no answer; write QUESTION=ANSWER. {_questions(compiled)}"
            )
        if given.get(name, value) != value:
            raise _Stop(f"`{name}` is answered twice: {given[name]} and {value}")
        given[name] = value
    return given


def _decided(compiled: Compiled, answers: dict[str, str]) -> Decision:
    try:
        return guide.decide(compiled, answers, read_safety())
    except BadAnswer as error:
        raise _Stop(str(error)) from error


def _cautions(decision: Decision, seen: str = "") -> dict[StepKind, Text]:
    safety = read_safety()
    try:
        return safety.cautions(seen, assumed=bool(decision.assumed))
    except KeyError as error:
        possible = ", ".join(flag.id for flag in safety.flags)
        raise _Stop(f"There is no red flag `{seen}`; possible: {possible}") from error


def _questions(compiled: Compiled) -> str:
    return "Questions: " + "; ".join(
        f"{q.id}={'|'.join((*(a.id for a in q.answers), UNKNOWN))}"
        for q in compiled.protocol.questions + compiled.protocol.refinements
    )


@main.command()
@click.argument("school")
@LANG
def ask(school: str, lang: Language) -> None:
    """The guide in a terminal: red flags first, then one question at a time."""
    compiled, safety = _load(school), read_safety()
    flags = [(flag.id, flag.label.in_language(lang)) for flag in safety.flags]
    given = {
        guide.RED_FLAG: _choose(
            word("flag", lang),
            [(guide.NO_FLAG, word("no_flag", lang)), *flags, (UNKNOWN, word("unknown", lang))],
            lang,
        )
    }
    decision = guide.decide(compiled, given, safety)
    while isinstance(decision, Ask):
        question = decision.question
        options = [(a.id, a.label.in_language(lang)) for a in question.answers]
        given[question.id] = _choose(
            question.ask.in_language(lang), [*options, (UNKNOWN, word("unknown", lang))], lang
        )
        decision = guide.decide(compiled, given, safety)
    click.echo()
    print_decision(compiled, decision, _cautions(decision), lang)


def _choose(question: str, options: list[tuple[str, str]], lang: Language) -> str:
    click.echo(f"\n{question}")
    for number, (_, label) in enumerate(options, 1):
        click.echo(f"  {number}  {label}")
    number = click.prompt(word("choose", lang), type=click.IntRange(1, len(options)))
    return options[number - 1][0]


@main.command()
@click.argument("school")
@JSON
@LANG
def show(school: str, as_json: bool, lang: Language) -> None:
    """Everything the file holds: roles, questions, answers, phases, rules, steps."""
    protocol = _load(school).protocol
    if as_json:
        click.echo(json.dumps(to_plain(protocol), ensure_ascii=False, indent=1))
        return
    click.echo(f"{protocol.school.name}, {protocol.school.place}: {protocol.document.title}")
    click.echo("\nROLES")
    for role in protocol.roles:
        click.echo(f"  {role.id:24} {role.name.in_language(lang)}")
    click.echo("\nQUESTIONS")
    for question in protocol.questions + protocol.refinements:
        print_question(question, lang, indent="  ")
    click.echo("\nPHASES")
    for phase in protocol.phases:
        click.echo(
            f"  {phase.id:24} {phase.name.in_language(lang)}: {phase.about.in_language(lang)}"
        )
    click.echo("\nRULES")
    for rule in protocol.rules:
        click.echo(f"  {rule.id:24} {rule.because.in_language(lang)}")
    click.echo("\nSTEPS")
    for step in protocol.steps:
        click.echo(
            f"  {step.id:24} [{', '.join(step.phases)}] {', '.join(step.who)}: {step.do.in_language(lang)}"
        )


@main.command()
@click.argument("target", required=False)
@click.option("--explain", "code", help="What a code means; of a check with both examples.")
@LANG
def check(target: str | None, code: str | None, lang: Language) -> None:
    """Prove one school or file, or all; print a certificate or each counterexample.

    A file is read as what its name and folder say: safety.yaml, contacts.yaml, practice_parts.yaml,
    a case file in a folder `cases`, or else a protocol. Without TARGET all of ours are read.
    """
    if code:
        _explain(code)
        return
    files = school_files()
    if target is not None and target not in files and not target.endswith((".yaml", ".yml")):
        raise _Stop(f"There is no school `{target}`; possible: {', '.join(files)}, or a file")
    chosen = (
        [*files.values(), *other_files()] if target is None else [files.get(target, Path(target))]
    )
    failed = [path for path in chosen if not _sound(path, lang)]
    if failed:
        sys.exit(1)


def _sound(path: Path, lang: Language) -> bool:
    """Whether a file is sound; prints its certificate, if it has one, or what is to be mended."""
    try:
        read = read_any(path)
        problems = run_checks(read, lang) if isinstance(read, Read) else []
        if problems:
            raise BadFile(problems)
    except BadFile as error:
        click.echo(str(error), err=True)
        name = printable(path.name)
        more = "more than " * error.more
        click.echo(f"{name}: {more}{len(error.problems)} to mend", err=True)
        return False
    if isinstance(read, Read):
        click.echo(str(certify(read)))
    return True


def _explain(code: str) -> None:
    wanted = code.upper()
    definitions = {check.code: check.definition for check in CHECKS}
    if wanted in MEANINGS:
        click.echo(f"{wanted}  {MEANINGS[wanted]}")
    elif wanted in definitions:
        shown = example(wanted)
        click.echo(
            f"{wanted}  {definitions[wanted]}\n\nFails:\n{shown.failing}\nsays: {shown.says}\n\nPasses:\n{shown.passing}"
        )
    else:
        possible = ", ".join((*definitions, *MEANINGS))
        raise _Stop(f"There is no check or code `{code}`; possible: {possible}")


@main.command()
@click.argument("school")
@click.option(
    "--format", "form", type=click.Choice(["text", "csv", "md"]), default="text", show_default=True
)
@LANG
def table(school: str, form: str, lang: Language) -> None:
    """The decision table."""
    protocol = _load(school).protocol
    head = ["rule", *(q.id for q in protocol.questions), "phase", "lead", "sources"]
    rows = [table_row(protocol, number, lang) for number in range(len(protocol.rules))]
    if form == "csv":
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows([head, *rows])
        click.echo(out.getvalue(), nl=False)
    elif form == "md":
        for row in (head, ["---"] * len(head), *rows):
            click.echo("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |")
    else:
        widths = [max(len(row[i]) for row in [head, *rows]) for i in range(len(head))]
        for row in (head, *rows):
            click.echo("  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip())


@main.command("coverage")
@click.argument("school", required=False)
def coverage_command(school: str | None) -> None:
    """Count the clauses of the document, and list those with no place."""
    missing = 0
    for name in [school] if school else list(school_files()):
        protocol = _load(name).protocol
        found = coverage(protocol)
        gaps = sum(clause.kind == "gap" for clause in protocol.clauses)
        missing += len(found.missing)
        click.echo(
            f"{protocol.school.id}: {len(protocol.clauses)} clauses, {gaps} of them gaps, "
            f"{len(found.missing)} without a place"
        )
        for clause in found.missing:
            click.echo(f"  {clause.id} ({clause.kind}) {clause.where.en}")
    if missing:
        sys.exit(1)


@main.command()
def schema() -> None:
    """The JSON Schema of a school file, for editors."""
    click.echo(json_schema(), nl=False)


@main.command()
@click.argument("school")
@click.argument("answers", nargs=-1, metavar="[QUESTION=ANSWER]...")
@click.option("--start", required=True, metavar="YYYY-MM-DD", help="The day of the case.")
@click.option(
    "--holiday",
    "holidays",
    multiple=True,
    metavar="FIRST..LAST",
    help="School holiday, both days included; may be given more than once.",
)
@click.option(
    "--case",
    metavar="CODE",
    help="The code that an earlier run gave for this pupil: its events then move instead of standing twice.",
)
@LANG
def dates(
    school: str,
    answers: tuple[str, ...],
    start: str,
    holidays: tuple[str, ...],
    case: str | None,
    lang: Language,
) -> None:
    """The follow-up moments of an outcome as an iCalendar file."""
    if case is not None and len(case) < _CODE:
        raise _Stop(f"`{case}` could be guessed; leave --case out and a code is made")
    compiled, day = _load(school), _day(start)
    free = [_holiday(holiday) for holiday in holidays]
    outcome = _decided(compiled, _answers(compiled, answers))
    if not isinstance(outcome, Outcome):
        raise _Stop(f"These answers do not lead to an outcome yet. {_questions(compiled)}")
    code = case or secrets.token_hex(_CODE // 2)
    try:
        text = calendar.icalendar(compiled.protocol, outcome, day, lang, code, free)
    except BadDay as error:
        raise _Stop(str(error)) from error
    click.echo(text, nl=False)
    if case is None:
        click.echo(f"Another day for the same pupil: --case {code}", err=True)


_CODE = 32
"""Characters of a code that nobody guesses."""


def _holiday(text: str) -> tuple[date, date]:
    first, dots, last = text.partition("..")
    if not dots or not last:
        raise _Stop(f"`{text}` is no holiday; write FIRST..LAST, both as YYYY-MM-DD")
    days = _day(first), _day(last)
    if days[1] < days[0]:
        raise _Stop(f"The holiday `{text}` ends before it begins")
    return days


def _day(text: str) -> date:
    try:
        return calendar.read_day(text)
    except BadDay as error:
        raise _Stop(str(error)) from error
