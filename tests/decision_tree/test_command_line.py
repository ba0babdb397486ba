"""The command line as a person at a terminal meets it."""

from __future__ import annotations

import csv
import io
import json

import pytest
from click.testing import CliRunner, Result

from decision_tree.command_line import main
from decision_tree.reading import school_files

SCHOOLS = tuple(school_files())


def run(*words: str, say: str = "") -> Result:
    return CliRunner().invoke(main, list(words), input=say)


def test_schools_lists_every_school() -> None:
    """By the id that the other commands take."""
    listed = [school["id"] for school in json.loads(run("schools", "--json").stdout)]
    assert listed == list(SCHOOLS)
    shown = run("schools").stdout
    assert all(name in shown for name in SCHOOLS)


@pytest.mark.parametrize("school", SCHOOLS)
def test_decide_asks_on_until_there_is_an_outcome(school: str) -> None:
    """Answering *unknown* each time, in the shape that is promised."""
    answers: list[str] = []
    while True:
        said = json.loads(run("decide", school, *answers, "--json").stdout)
        if said["status"] != "ask":
            break
        assert {"id", "answers"} <= said["question"].keys()
        assert all("id" in answer for answer in said["question"]["answers"])
        answers.append(f"{said['question']['id']}=unknown")
    assert said["status"] == "outcome"
    assert {
        "phase",
        "lead",
        "steps",
        "follow_up",
        "register",
        "parents",
        "next",
        "assumed",
        "open",
    } <= said.keys()
    assert {"id", "nl", "en"} <= said["phase"].keys()
    assert len(said["assumed"]) == len(answers)
    for step in said["steps"]:
        assert {"who", "do", "must", "if", "when", "sources"} <= step.keys()
        assert {"nl", "en"} <= step["do"].keys()


def test_decide_leaves_the_ladder_for_a_red_flag() -> None:
    """Whatever else was said."""
    said = json.loads(run("decide", SCHOOLS[0], "red_flag=images", "--json").stdout)
    assert (said["status"], said["flag"]["id"]) == ("leave", "images")
    assert said["for_parents"][0]["nl"].startswith("Kijk niet")
    assert said["for_pupil"]["en"].startswith("Are you in it?")
    assert run("decide", SCHOOLS[0], "red_flag=images", "--lang", "en").stdout.startswith(
        "! A nude or sexual image"
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("decide", "elsewhere"), "There is no school `elsewhere`; possible: alasca"),
        (
            ("decide", "cals", "online"),
            "`online` is no answer; write QUESTION=ANSWER. Questions: happened=",
        ),
        (("decide", "cals", "happened=nothing"), "happened=nothing is not known here; possible: "),
        (("decide", "cals", "when=today"), "when is not known here; possible: happened"),
        (
            ("decide", "cals", "how_often=first", "how_often=persistent"),
            "`how_often` is answered twice",
        ),
        (
            ("decide", "cals", "red_flag=fire"),
            "red_flag=fire is not known here; possible: none, danger",
        ),
        (("check", "elsewhere"), "There is no school `elsewhere`; possible: "),
        (("check", "--explain", "P99"), "There is no check or code `P99`; possible: P01"),
        (("show", "nowhere.yaml"), "nowhere.yaml: R04 cannot be read"),
        (
            ("dates", "cals", "--start", "tomorrow"),
            "`tomorrow` is no day here; possible: 2000-01-01 to",
        ),
        (
            ("dates", "cals", "--start", "2026-11-21"),
            "These answers do not lead to an outcome yet.",
        ),
        (("table", "cals", "--format", "xls"), "'xls' is not one of 'text', 'csv', 'md'"),
    ],
)
def test_wrong_input_ends_with_code_2_and_what_was_possible(
    words: tuple[str, ...], said: str
) -> None:
    """Never a traceback."""
    result = run(*words)
    assert result.exit_code == 2
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_ask_walks_from_the_red_flags_to_an_outcome() -> None:
    """Red flags first, always; then one question at a time; 1 is *none of it* and then each first answer."""
    result = run("ask", "cals", "--lang", "en", say="1\n1\n1\n1\n")
    assert result.exit_code == 0
    assert result.stdout.index("Is any of this going on?") < result.stdout.index("Choose a number")
    assert "Acts next: mentor" in result.stdout
    assert "What would change it" in result.stdout


def test_ask_leaves_the_ladder_at_a_red_flag() -> None:
    """2 is the first flag: danger. After what to do now, a parent and a pupil read what is theirs."""
    result = run("ask", "cals", "--lang", "nl", say="2\n")
    assert "Bel 112" in result.stdout
    headings = ["Doe dit nu", "Gaat het om jouw kind?", "Gaat het om jezelf?", "Doe dit nooit"]
    assert [line for line in result.stdout.splitlines() if line in headings] == headings
    assert "Fase" not in result.stdout


def test_decide_says_beside_a_step_what_the_card_that_was_read_first_changes() -> None:
    words = ("happened=physical", "how_often=first", "classes=same")
    assert "Take care" not in run("decide", "cals", *words, "--lang", "en").stdout
    said = run("decide", "cals", *words, "--lang", "en", "--seen", "home").stdout
    assert "Take care: Do this only when Veilig Thuis agrees" in said
    plain = json.loads(run("decide", "cals", *words, "--seen", "home", "--json").stdout)
    assert "Veilig Thuis" in plain["cautions"]["parents"]["nl"]
    wrong = run("decide", "cals", *words, "--seen", "hom")
    assert wrong.exit_code == 2
    assert "There is no red flag `hom`; possible: danger" in wrong.stderr


@pytest.mark.parametrize("school", SCHOOLS)
def test_show_prints_everything_the_file_holds(school: str) -> None:
    """As JSON whole, as text in both languages."""
    whole = json.loads(run("show", school, "--json").stdout)
    assert {"roles", "questions", "phases", "rules", "steps"} <= whole.keys()
    for language in ("nl", "en"):
        shown = run("show", school, "--lang", language).stdout
        assert all(role["name"][language] in shown for role in whole["roles"])


@pytest.mark.parametrize("school", SCHOOLS)
def test_the_table_has_a_row_per_rule_in_each_format(school: str) -> None:
    """CSV is read back by a CSV reader."""
    rules = len(json.loads(run("show", school, "--json").stdout)["rules"])
    rows = list(csv.reader(io.StringIO(run("table", school, "--format", "csv").stdout)))
    assert len(rows) == rules + 1
    assert len({len(row) for row in rows}) == 1
    assert len(run("table", school, "--format", "md").stdout.splitlines()) == rules + 2
    assert len(run("table", school).stdout.splitlines()) == rules + 1


def test_check_prints_a_certificate_per_school() -> None:
    """With the domain that it holds for."""
    result = run("check")
    assert result.exit_code == 0, result.stderr
    assert result.stdout.count(": complete for ") == len(SCHOOLS)


def test_check_prints_the_problems_of_a_file_and_fails() -> None:
    """File, line, what and what to do."""
    result = run("check", "tests/broken/dangling_role.yaml")
    assert result.exit_code == 1
    assert "dangling_role.yaml:33:88: R17 there is no role `mentro`" in result.stderr


def test_check_explains_each_check_with_both_examples() -> None:
    """The documentation of the checks."""
    said = run("check", "--explain", "p01").stdout
    assert said.startswith("P01  Every combination of answers fits a rule.")
    assert "No rule for: first time · different classes" in said
    assert said.index("Fails:") < said.index("Passes:")


def test_coverage_counts_every_clause_and_finds_none_without_a_place() -> None:
    """Of every school."""
    result = run("coverage")
    assert result.exit_code == 0, result.stdout
    assert result.stdout.count(" 0 without a place") == len(SCHOOLS)


def test_dates_prints_a_calendar() -> None:
    """Cals checks for four weeks."""
    result = run(
        "dates",
        "cals",
        "happened=online",
        "how_often=first",
        "classes=same",
        "--start",
        "2026-11-23",
    )
    assert result.stdout.startswith("BEGIN:VCALENDAR")
    assert "DTSTART;VALUE=DATE:20261221" in result.stdout


def test_a_follow_up_in_a_holiday_moves_to_the_first_school_day_after_it() -> None:
    """Four weeks after 23 November 2026 falls in the Christmas holidays given here."""
    case = ("happened=online", "how_often=first", "classes=same")
    result = run(
        "dates", "cals", *case, "--start", "2026-11-23", "--holiday", "2026-12-19..2027-01-03"
    )
    assert "DTSTART;VALUE=DATE:20270104" in result.stdout
    assert (
        run("dates", "cals", *case, "--start", "2026-11-23", "--holiday", "winter").exit_code == 2
    )


CASE = ("happened=online", "how_often=first", "classes=same")


def test_a_code_makes_the_same_events_again_and_no_code_makes_new_ones() -> None:
    """So a start day can be mended, and two pupils never share an event."""

    def uids(*more: str) -> tuple[list[str], str]:
        result = run("dates", "cals", *CASE, *more)
        assert result.exit_code == 0, result.output
        lines = result.stdout.splitlines()
        return [line for line in lines if line.startswith("UID:")], result.stderr

    first, said = uids("--start", "2026-11-23")
    code = said.split()[-1]
    assert said == f"Another day for the same pupil: --case {code}\n"
    again, quiet = uids("--start", "2026-11-24", "--case", code)
    other, _ = uids("--start", "2026-11-23")
    assert first == again != other
    assert quiet == ""


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--start", "9999-12-20"], "`9999-12-20` is no day here"),
        (["--start", "12026-01-05"], "`12026-01-05` is no day here"),
        (["--start", "2026-11-31"], "`2026-11-31` is no day here"),
        (["--start", "2026-11-23", "--holiday", "2026-12-19.."], "write FIRST..LAST"),
        (["--start", "2026-11-23", "--holiday", "..2026-12-19"], "`` is no day here"),
        (
            ["--start", "2026-11-23", "--holiday", "2026-12-19..9999-12-31"],
            "`9999-12-31` is no day here",
        ),
        (
            ["--start", "2026-11-23", "--holiday", "2026-12-19..2026-12-01"],
            "The holiday `2026-12-19..2026-12-01` ends before it begins",
        ),
        (["--start", "2026-11-23", "--case", "jan"], "`jan` could be guessed"),
    ],
)
def test_a_day_that_cannot_be_counted_from_is_refused_with_a_sentence(
    options: list[str], said: str
) -> None:
    """What is wrong and what to write; no traceback, and no file."""
    result = run("dates", "cals", *CASE, *options)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""
