"""Scripts that come late, or never: whoever read a red-flag card by plain links is still reminded of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from decision_tree.reading import read_safety
from tests.browser.conftest import Hold, Site, Visit, missing
from tests.browser.test_faults import answer

Visiting = Callable[..., Visit]
CARD_FIRST = {
    "nl": "Paste een van de kaarten over gevaar?",
    "en": "Did one of the cards on danger fit?",
}
GUIDE = r"/assets/guide/guide[^_]*\.mjs"
LADDER = [flag.id for flag in read_safety().flags if not flag.off_ladder]


def past_the_card(visit: Visit, flag: str) -> None:
    """By the page's own links: the card, and that it is taken care of."""
    visit.page.locator(f'#start a[data-a="{flag}"]').click()
    visit.page.locator(f"#vlag-{flag}").wait_for()
    visit.page.locator(f"#vlag-{flag} a[data-seen]").click()
    visit.page.locator(f"#na-{flag}").wait_for()


@pytest.mark.parametrize("flag", LADDER)
def test_scripts_that_come_after_a_card_know_which_one_it_was(
    site: Site, visiting: Visiting, flag: str
) -> None:
    """Its reminder to the end, and its cautions beside the steps."""
    site.faults[GUIDE] = hold = Hold()
    visit = visiting()
    visit.page.goto(site.guide("cals"), wait_until="commit")
    past_the_card(visit, flag)
    hold.free.set()
    visit.wait("[data-guide][data-shown]")
    assert visit.page.url.endswith(f"#red_flag=none&seen={flag}")
    label = read_safety().flag(flag).label.nl
    for question, given in {"happened": "online", "how_often": "first", "classes": "same"}.items():
        visit.wait(f'.is-here[data-ask="{question}"]')
        assert label in visit.page.locator("[data-seen-first]").inner_text()
        answer(visit.page, question, given)
    visit.wait(".is-here[data-outcome]")
    assert label in visit.page.locator("[data-seen-first]").inner_text()
    assert visit.page.locator(".is-here .pw-turn").inner_text().startswith("Daarna aan zet")


def test_scripts_that_come_after_a_further_question_remind_of_whatever_card_it_was(
    site: Site, visiting: Visiting
) -> None:
    """They can't know which; so every screen says it of all, and who answers once more is asked for the card."""
    site.faults[GUIDE] = hold = Hold()
    visit = visiting()
    page = visit.page
    page.goto(site.guide("cals"), wait_until="commit")
    past_the_card(visit, "images")
    page.locator('a[data-q="happened"][data-a="online"]:visible').click()
    page.locator('[data-ask="how_often"]:visible').wait_for()
    hold.free.set()
    visit.wait("[data-guide][data-shown]")
    reminder = page.locator("[data-seen-first]")
    answer(page, "how_often", "first")
    visit.wait('.is-here[data-ask="classes"]')
    assert CARD_FIRST["nl"] in reminder.inner_text()
    answer(page, "classes", "same")
    visit.wait(".is-here[data-outcome]")
    assert CARD_FIRST["nl"] in reminder.inner_text()
    page.get_by_role("link", name="geef je antwoorden nog één keer").click()
    visit.wait("#start.is-here")
    assert "Kies die dan hier weer" in page.locator("[data-message]").inner_text()
    answer(page, "red_flag", "none")
    answer(page, "happened", "online")
    visit.wait(".is-here[data-outcome]")
    assert CARD_FIRST["nl"] in reminder.inner_text(), "no card was named: it may still have been"
    page.go_back()
    page.go_back()
    visit.wait("#start.is-here")
    answer(page, "red_flag", "images")
    visit.wait("#vlag-images.is-here")
    answer(page, "red_flag", "none")
    answer(page, "happened", "online")
    visit.wait(".is-here[data-outcome]")
    assert read_safety().flag("images").label.nl in reminder.inner_text()
    assert page.locator(".is-here .pw-turn").inner_text().startswith("Daarna aan zet")


@pytest.mark.parametrize("scripts", ["none", "guide missing"])
def test_where_the_guide_never_starts_each_screen_after_a_card_says_that_it_comes_first(
    site: Site, visiting: Visiting, language: str, scripts: str
) -> None:
    """Without scripts, and where they may run but the guide's do not come. Not above the list of cards."""
    site.faults[GUIDE] = missing
    visit = visiting(java_script_enabled=scripts != "none", expect_complaints=True)
    page = visit.page
    visit.open(site.guide("cals", language))
    general = page.locator("[data-seen-first]", has_text=CARD_FIRST[language])
    assert not general.is_visible()
    page.locator('#start a[data-a="images"]').click()
    page.wait_for_url("**#vlag-images")
    assert not general.is_visible()
    page.locator("#vlag-images a[data-seen]").click()
    page.wait_for_url("**#na-images")
    own = page.locator("#na-images")
    assert read_safety().flag("images").label.in_language(language) in own.inner_text()  # type: ignore[arg-type]
    assert not general.is_visible(), "once is enough"
    page.locator('a[data-q="happened"][data-a="online"]:visible').click()
    page.locator('[data-ask="how_often"]:visible').wait_for()
    assert general.is_visible()
    assert not own.is_visible()
    assert page.locator("[data-screen]:visible").count() == 1


def test_after_a_card_the_guide_for_any_school_goes_on_without_scripts_as_well(
    site: Site, visiting: Visiting, language: str
) -> None:
    folder = "en/" if language == "en" else ""
    visit = visiting(java_script_enabled=False)
    visit.open(f"{site.root}{folder}mijn-school-staat-er-niet-bij/")
    past_the_card(visit, "images")
    assert visit.page.locator("#na-images").is_visible()
    assert visit.page.locator("#advies").is_visible()


def test_an_outcome_says_that_its_lines_will_be_fewer_and_then_that_they_are(
    site: Site, visiting: Visiting
) -> None:
    """Where a step may go when Python comes, nothing vanishes without a word."""
    site.faults["manifest-"] = hold = Hold()
    fragment = "#red_flag=none&happened=physical&how_often=persistent&classes=same"
    visit = visiting()
    visit.open(site.guide("cals", "nl", fragment))
    visit.wait("[data-guide][data-shown] .is-here[data-outcome]")
    note = visit.page.locator(".is-here [data-narrowing]")
    steps = visit.page.locator(".is-here .pw-check > li:not([hidden])")
    assert "Regels met “als” gelden alleen dan" in note.inner_text()
    before = steps.count()
    hold.free.set()
    visit.python_ready()
    assert steps.count() < before
    assert "staat er nu niet meer" in note.inner_text()


def test_an_outcome_that_python_will_not_narrow_does_not_say_so(
    site: Site, visiting: Visiting
) -> None:
    """Python does not come, or was there before the outcome."""
    fragment = "#red_flag=none&happened=physical&how_often=persistent&classes=same"
    visit = visiting(expect_complaints=True)
    visit.open(site.guide("cals"))
    visit.python_ready()
    visit.page.evaluate("(there) => { location.hash = there; }", fragment)
    visit.wait('[data-guide][data-driven-by="python"][data-shown] .is-here[data-outcome]')
    assert not visit.page.locator(".is-here [data-narrowing]").is_visible()
    site.faults["manifest-"] = missing
    visit.page.reload()
    visit.wait('[data-guide][data-python="gone"][data-shown] .is-here[data-outcome]')
    assert not visit.page.locator(".is-here [data-narrowing]").is_visible()
