"""Whatever breaks, the guide goes on: by its links, with one quiet line about what is missing."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from decision_tree import guide
from decision_tree.outcome import Ask, Outcome
from decision_tree.protocol import WAITS, Language
from decision_tree.reading import read_safety
from decision_tree.tree import Compiled
from tests.browser import seen
from tests.browser.conftest import (
    Hold,
    Site,
    SlowLine,
    Visit,
    cut_short,
    follow,
    missing,
    without_wasm,
)

Visiting = Callable[..., Visit]
SCHOOL = "cals"
CASE = {"happened": "online", "how_often": "first", "classes": "same"}
FRAGMENT = "#red_flag=none&happened=online&how_often=first&classes=same"

BUNDLE_FILES = (
    r"manifest--.*\.json",
    r"library-.*\.zip",
    "pyodide.mjs",
    "pyodide.asm.js",
    "pyodide.asm.wasm",
)


def answer(page: Page, question: str, given: str) -> None:
    page.locator(f'.is-here a[data-q="{question}"][data-a="{given}"]').click()


def go_on_from_card(page: Page, *, settled: bool = True) -> None:
    """By one of the two ways on: it is taken care of, or, back at the list, it was not the case."""
    if settled:
        page.locator(".is-here a[data-a=none][data-seen]").click()
        return
    page.locator(".is-here a[data-start]").click()
    page.locator("#start.is-here a[data-a=none]").click()


def first_answers_to_the_end(visit: Visit) -> None:
    """Give the first answer to whatever is asked, until there is an outcome."""
    while visit.page.locator(".is-here[data-outcome]").count() == 0:
        shown = visit.shown()
        visit.page.locator(".is-here a[data-q]").first.click()
        visit.shown_after(shown)


def handle_the_case(visit: Visit) -> None:
    """Answer the questions of one case, by clicking."""
    visit.wait("[data-guide][data-shown]")
    for question, given in {"red_flag": "none", **CASE}.items():
        answer(visit.page, question, given)
    visit.wait(".is-here[data-outcome]")


def assert_goes_on_by_links(
    visit: Visit, schools: dict[str, Compiled], offer: str = "Probeer opnieuw"
) -> None:
    handle_the_case(visit)
    decision = guide.decide(schools[SCHOOL], CASE)
    assert isinstance(decision, Outcome)
    screen = guide.screens(schools[SCHOOL])[decision.screen]
    assert isinstance(screen, Outcome)
    assert seen.on(visit.page) == seen.expected(screen, "nl")
    line = visit.page.locator("[data-extras]")
    line.get_by_role("button", name=offer).wait_for()
    assert "De wijzer zelf werkt gewoon" in line.inner_text()


@pytest.mark.parametrize("file", BUNDLE_FILES)
@pytest.mark.parametrize("fault", [missing, cut_short])
def test_a_bundle_file_that_is_missing_or_cut_short_costs_only_the_extras(
    site: Site,
    visiting: Visiting,
    schools: dict[str, Compiled],
    file: str,
    fault: Callable[..., bool],
) -> None:
    site.faults[file] = fault
    visit = visiting(expect_complaints=True)
    visit.open(site.guide(SCHOOL))
    if (
        file.startswith("manifest") and fault is missing
    ):  # so is all of this version, for all we know
        visit.wait('[data-guide][data-python="gone"]')
        assert_goes_on_by_links(visit, schools, "Vernieuwen")
    else:
        visit.wait('[data-guide][data-python="failed"]')
        assert_goes_on_by_links(visit, schools)


def test_a_missing_worker_costs_only_the_extras(
    site: Site, visiting: Visiting, schools: dict[str, Compiled]
) -> None:
    site.faults["guide_worker"] = missing
    visit = visiting(expect_complaints=True)
    visit.open(site.guide(SCHOOL))
    visit.wait('[data-guide][data-python="failed"]')
    assert_goes_on_by_links(visit, schools)


def test_a_policy_without_webassembly_costs_only_the_extras(
    site: Site, visiting: Visiting, schools: dict[str, Compiled]
) -> None:
    """Pyodide itself would wait for ever; the worker finds out first."""
    site.faults["."] = without_wasm
    visit = visiting(expect_complaints=True)
    visit.open(site.guide(SCHOOL))
    visit.wait('[data-guide][data-python="failed"]')
    assert_goes_on_by_links(visit, schools)


def test_a_browser_without_module_workers_costs_only_the_extras(
    site: Site, visiting: Visiting, schools: dict[str, Compiled]
) -> None:
    visit = visiting()
    visit.context.add_init_script("Object.defineProperty(window, 'Worker', { value: undefined })")
    visit.open(site.guide(SCHOOL))
    visit.wait('[data-guide][data-python="failed"]')
    assert_goes_on_by_links(visit, schools)


def test_a_boot_that_never_settles_is_given_up_and_can_be_tried_again(
    site: Site, visiting: Visiting, schools: dict[str, Compiled]
) -> None:
    """The clock is the test's own: nobody waits two minutes."""
    site.faults["pyodide.asm.wasm"] = hold = Hold()
    visit = visiting(expect_complaints=True)
    visit.page.clock.install()
    visit.open(site.guide(SCHOOL))
    visit.page.clock.run_for(5_000)
    visit.wait('[data-guide][data-python="starting"]')
    visit.page.clock.run_for(300_000)
    visit.wait('[data-guide][data-python="failed"]')
    hold.free.set()
    site.faults.clear()
    visit.page.clock.resume()
    assert_goes_on_by_links(visit, schools)
    visit.page.get_by_role("button", name="Probeer opnieuw").click()
    visit.python_ready()
    visit.wait('[data-guide][data-driven-by="python"]')


def test_answers_given_before_python_came_are_kept_when_it_takes_over(
    site: Site, visiting: Visiting, schools: dict[str, Compiled]
) -> None:
    site.faults["pyodide.asm.wasm"] = hold = Hold()
    visit = visiting()
    visit.open(site.guide(SCHOOL))
    handle_the_case(visit)
    heading = visit.page.locator(".is-here h2").inner_text()
    hold.free.set()
    visit.python_ready()
    visit.wait('[data-guide][data-driven-by="python"]')
    assert visit.page.url.endswith(FRAGMENT)
    assert visit.page.locator(".is-here h2").inner_text() == heading
    decision = guide.decide(schools[SCHOOL], CASE)
    assert isinstance(decision, Outcome)
    assert seen.on(visit.page) == seen.expected(decision, "nl")


def test_on_slow_3g_the_case_is_done_while_python_is_still_on_its_way(
    site: Site, visiting: Visiting, schools: dict[str, Compiled]
) -> None:
    """Python's three megabytes would take a minute; nobody waits for them, and they come all the same."""
    site.faults[""] = line = SlowLine()
    visit = visiting()
    visit.open(site.guide(SCHOOL))
    handle_the_case(visit)
    assert visit.page.get_attribute("[data-guide]", "data-python") == "starting"
    decision = guide.decide(schools[SCHOOL], CASE)
    assert isinstance(decision, Outcome)
    assert seen.on(visit.page) == seen.expected(decision, "nl")
    line.fast.set()
    visit.python_ready()
    visit.wait('[data-guide][data-driven-by="python"]')
    assert visit.page.url.endswith(FRAGMENT)


def test_a_link_followed_before_any_script_ran_is_not_lost(
    site: Site, visiting: Visiting, schools: dict[str, Compiled]
) -> None:
    """The plain address of a screen shows it and goes on by links to an outcome."""
    visit = visiting()
    ask = guide.decide(schools[SCHOOL], {"happened": "online"})
    assert isinstance(ask, Ask)
    visit.open(site.guide(SCHOOL, "nl", f"#{ask.screen}"))
    visit.wait("[data-guide][data-shown]")
    assert visit.page.locator(".pw-screen:visible").count() == 1
    answer(visit.page, "how_often", "first")
    answer(visit.page, "classes", "same")
    visit.wait(".is-here[data-outcome]")
    visit.page.get_by_role("link", name="geef je antwoorden nog één keer").click()
    answer(visit.page, "red_flag", "none")
    answer(visit.page, "happened", "online")
    visit.wait(".is-here[data-outcome]")
    assert visit.page.url.endswith(f"{FRAGMENT}&seen=unknown")  # a card may have come first


@pytest.mark.parametrize(
    "fragment",
    [
        "happened=<script>alert(1)</script>",
        "happened=%3Cscript%3Ealert(1)%3C/script%3E",
        'red_flag=none&happened="><img src=x onerror=alert(1)>',
        "red_flag=none&happened=nothing-we-know",
        "red_flag=none&constructor=prototype",
        "red_flag=none&__proto__=polluted",
        "red_flag=none&happened=online&happened=verbal",
        "red_flag=none&intent=yes&plan=1",
        "red_flag=nonsense",
        "change=nowhere",
        "view=headmaster",
        "red_flag=none&seen=none",
        "red_flag=none&seen=nonsense",
        "red_flag=none&seen=images&seen=threats",
        "=&=&=",
        "&".join(f"happened{i}=online" for i in range(2000)),
        "%",
        "javascript:alert(1)",
        "n8",  # as older versions named their screens
        "fase-1-0123456789",
        "vraag-how_often-0123456789",
    ],
)
def test_a_hostile_address_ends_in_a_clean_start_with_a_sentence(
    site: Site, visiting: Visiting, fragment: str
) -> None:
    visit = visiting()
    visit.open(site.guide(SCHOOL, "nl", f"#{fragment}"))
    visit.wait("#start.is-here")
    message = visit.page.locator("[data-message]")
    assert message.inner_text().startswith("Het adres van deze pagina paste niet")
    assert visit.page.url == site.guide(SCHOOL)
    visit.page.wait_for_load_state()
    assert visit.page.evaluate("scrollY") == 0, "the sentence is above what one sees"
    assert visit.page.locator("[data-guide] img, [data-guide] script").count() == 0


@pytest.mark.parametrize("fragment", ["#_inhoud", "#_school", "#", "", "#start"])
def test_an_anchor_of_the_page_itself_is_not_taken_for_an_attack(
    site: Site, visiting: Visiting, fragment: str
) -> None:
    visit = visiting()
    visit.open(site.guide(SCHOOL, "nl", fragment))
    visit.wait("#start.is-here")
    assert visit.page.locator("[data-message]").is_hidden()


def test_answers_of_another_school_end_in_a_clean_start(site: Site, visiting: Visiting) -> None:
    visit = visiting()
    visit.open(site.guide("wijhe", "nl", FRAGMENT))
    visit.wait("#start.is-here")
    assert visit.page.locator("[data-message]").is_visible()


def test_a_link_of_someone_else_asks_for_danger_first_and_keeps_the_rest(
    site: Site, visiting: Visiting
) -> None:
    visit = visiting()
    visit.open(site.guide(SCHOOL, "nl", FRAGMENT.replace("red_flag=none&", "")))
    visit.wait("#start.is-here")
    assert "staan klaar" in visit.page.locator("[data-message]").inner_text()
    answer(visit.page, "red_flag", "none")
    visit.wait(".is-here[data-outcome]")


def test_without_any_storage_the_guide_works_with_python(site: Site, visiting: Visiting) -> None:
    visit = visiting()
    visit.context.add_init_script(
        """for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"]) {
             Object.defineProperty(window, name, { get() { throw new DOMException("", "SecurityError"); } });
           }
           Object.defineProperty(navigator, "serviceWorker", { value: undefined });"""
    )
    visit.open(site.guide(SCHOOL))
    visit.python_ready()
    handle_the_case(visit)
    visit.wait('[data-guide][data-driven-by="python"]')


def test_the_other_language_opens_at_the_same_answers(site: Site, visiting: Visiting) -> None:
    visit = visiting()
    visit.open(site.guide(SCHOOL))
    handle_the_case(visit)
    visit.page.locator("[data-keep-place]").click()
    visit.page.wait_for_url(f"**/en/scholen/{SCHOOL}/wijzer/{FRAGMENT}")
    visit.wait(".is-here[data-outcome]")
    assert visit.page.locator(".is-here h2").inner_text().strip().endswith("Phase 1")


def test_back_and_forward_walk_through_the_answers(site: Site, visiting: Visiting) -> None:
    visit = visiting()
    visit.open(site.guide(SCHOOL))
    handle_the_case(visit)
    for question in ("classes", "how_often", "happened", "red_flag"):
        visit.page.go_back()
        visit.wait(f'.is-here[data-ask="{question}"]')
    visit.page.go_forward()
    visit.wait('.is-here[data-ask="happened"]')


def test_one_answer_is_changed_in_place_and_the_rest_stays(site: Site, visiting: Visiting) -> None:
    visit = visiting()
    visit.open(site.guide(SCHOOL))
    visit.python_ready()
    handle_the_case(visit)
    page = visit.page
    page.locator(".is-here [data-trail] summary").click()
    page.locator('.is-here [data-answered="how_often"] a').click()
    visit.wait('.is-here[data-ask="how_often"]')
    assert page.locator('.is-here a[aria-current="true"]').get_attribute("data-a") == "first"
    answer(page, "how_often", "persistent")
    visit.wait(".is-here[data-outcome]")
    assert page.url.endswith("#red_flag=none&happened=online&how_often=persistent&classes=same")


def test_two_tabs_do_not_know_of_each_other(site: Site, visiting: Visiting) -> None:
    visit = visiting()
    visit.open(site.guide(SCHOOL))
    handle_the_case(visit)
    other = visit.context.new_page()
    other.goto(site.guide(SCHOOL))
    other.wait_for_selector("#start.is-here")
    assert visit.page.locator(".is-here[data-outcome]").is_visible()


def test_i_dont_know_takes_the_careful_answer_and_says_so(
    site: Site, visiting: Visiting, schools: dict[str, Compiled], school: str, language: Language
) -> None:
    """All questions answered with *I don't know*: Python's outcome, and each assumption named."""
    visit = visiting()
    visit.open(site.guide(school, language))
    visit.python_ready()
    answer(visit.page, "red_flag", "none")
    asked: dict[str, str] = {}
    while True:
        visit.wait('.is-here[data-ask]:not([data-ask="red_flag"]), .is-here[data-outcome]')
        here = visit.page.locator(".is-here").first
        question = here.get_attribute("data-ask")
        if not question:
            break
        asked[question] = "unknown"
        answer(visit.page, question, "unknown")
        visit.page.wait_for_url(f"**{question}=unknown*")
        visit.wait(f'.is-here:not([data-ask="{question}"])')
    visit.wait('[data-guide][data-driven-by="python"]')
    decision = guide.decide(schools[school], asked)
    assert isinstance(decision, Outcome)
    assert seen.on(visit.page) == seen.expected(decision, language)
    unsure = visit.page.locator(".is-here [data-assumed] [data-unsure]")
    assert unsure.evaluate_all("items => items.map((item) => item.dataset.unsure)") == list(asked)
    called = {"nl": "Voorlopige uitkomst", "en": "Provisional outcome"}[language]
    assert visit.page.locator(".is-here .pw-eyebrow").inner_text() == called


def test_a_refinement_settles_its_conditional_step(site: Site, visiting: Visiting) -> None:
    """Cals, phase 2: was the pupil coordinator involved before? It decides about one phone call."""
    visit = visiting()
    case = FRAGMENT.replace("first", "persistent")
    visit.open(site.guide(SCHOOL, "nl", case))
    visit.python_ready()
    visit.wait('.is-here [data-extra="refine"]:not([hidden])')
    step = visit.page.locator('.is-here .pw-check [data-step="phone-parents-first-involvement"]')
    assert step.locator("[data-cond]").is_visible()
    visit.page.get_by_role("button", name="Ja, al eerder").click()
    step.wait_for(state="hidden")
    visit.page.get_by_role("button", name="Nee, dit is de eerste keer").click()
    step.wait_for()
    step.locator("[data-cond]").wait_for(state="hidden")  # Python's word comes after the page's


def test_saving_data_means_python_comes_only_on_request(site: Site, visiting: Visiting) -> None:
    visit = visiting()
    visit.context.add_init_script(
        "Object.defineProperty(navigator, 'connection', { value: { saveData: true } })"
    )
    visit.open(site.guide(SCHOOL))
    visit.page.get_by_role("button", name="Toch laden").click()
    visit.python_ready()


def test_the_red_flag_cards_come_before_and_stay_within_reach(
    site: Site, visiting: Visiting, schools: dict[str, Compiled]
) -> None:
    """Each flag leads to its card, fully open; *not sure* to all of them in short, the heaviest first."""
    visit = visiting()
    visit.open(site.guide(SCHOOL))
    visit.wait("#start.is-here")
    flags = visit.page.locator("#start a[data-a]").evaluate_all(
        "all => all.map((a) => a.dataset.a)"
    )
    for flag in flags[:-2]:
        answer(visit.page, "red_flag", flag)
        visit.wait(f"#vlag-{flag}.is-here")
        assert visit.page.locator(f"#vlag-{flag} .pw-do").is_visible()
        visit.page.go_back()
        visit.wait("#start.is-here")
    answer(visit.page, "red_flag", "unknown")
    visit.wait("#niet-zeker.is-here")
    shown = visit.page.locator("[data-part-of]:visible")
    assert shown.evaluate_all("all => all.map((s) => s.id)") == [f"twijfel-{f}" for f in flags[:-2]]
    assert visit.page.locator("[data-part-of] .pw-do:visible").count() == 0
    shown.first.locator("summary").click()
    assert shown.first.locator(".pw-do").is_visible()
    shown.first.locator('a[data-a="danger"]').click()
    visit.wait("#vlag-danger.is-here")
    visit.page.go_back()
    visit.wait("#niet-zeker.is-here")


def test_whoever_goes_on_from_a_red_flag_card_is_reminded_of_it_to_the_end(
    site: Site, visiting: Visiting
) -> None:
    visit = visiting(permissions=["clipboard-read", "clipboard-write"])
    visit.open(site.guide(SCHOOL))
    visit.python_ready()
    reminder = visit.page.locator("[data-seen-first]")
    answer(visit.page, "red_flag", "images")
    visit.wait("#vlag-images.is-here")
    assert reminder.is_hidden()
    label = visit.page.locator("#vlag-images h2").inner_text()
    go_on_from_card(visit.page)
    for question, given in CASE.items():
        visit.wait(f'.is-here[data-ask="{question}"]')
        assert label in reminder.inner_text()
        answer(visit.page, question, given)
    visit.wait(".is-here[data-outcome]")
    assert label in reminder.inner_text()
    first = visit.page.locator(".is-here .pw-first.pw-for-staff").inner_text()
    assert first.startswith("Is wat hierboven staat geregeld? Dan:")
    turn = visit.page.locator(".is-here .pw-turn").inner_text()
    assert turn.startswith("Daarna aan zet: Mentor")
    assert "geldt de kaart" in visit.page.locator(".is-here .pw-about").inner_text()
    never = read_safety().flag("images").never[0].nl
    visit.takes_taps()
    visit.page.locator('.is-here .pw-views input[value="parent"]').check(force=True)
    visit.page.locator(".is-here [data-never-here] li", has_text=never).wait_for()
    your_turn = visit.page.locator(".is-here [data-before-card]")
    visit.takes_taps()
    visit.page.locator('.is-here .pw-views input[value="teacher"]').check(force=True)
    assert your_turn.is_hidden()
    visit.page.evaluate("() => { location.hash = location.hash.replace('&seen=images', ''); }")
    visit.wait("[data-seen-first][hidden]")
    assert your_turn.is_visible()
    visit.page.go_back()
    visit.wait("[data-seen-first]:not([hidden])")
    visit.page.get_by_role("button", name="Kopieer als tekst").click()
    visit.page.locator(".is-here [data-told]", has_text="Gekopieerd").wait_for()
    assert label in visit.page.evaluate("navigator.clipboard.readText()")
    reminder.get_by_role("link").click()
    visit.wait("#vlag-images.is-here")
    go_on_from_card(visit.page)
    visit.wait(".is-here[data-outcome]")  # the other answers were kept
    assert reminder.is_visible()


def test_whoever_says_that_a_card_was_not_the_case_is_not_reminded_of_it(
    site: Site, visiting: Visiting
) -> None:
    visit = visiting()
    visit.open(site.guide(SCHOOL))
    visit.wait("[data-guide][data-shown]")
    answer(visit.page, "red_flag", "images")
    visit.wait("#vlag-images.is-here")
    go_on_from_card(visit.page, settled=False)
    visit.wait('.is-here[data-ask="happened"]')
    assert visit.page.locator("[data-seen-first]").is_hidden()
    assert visit.page.url.endswith("#red_flag=none")


def test_without_scripts_the_first_question_after_a_card_says_that_it_comes_first(
    site: Site, visiting: Visiting, language: str
) -> None:
    """What the card changes stands on the card itself; later screens: see test_late_scripts.py."""
    visit = visiting(java_script_enabled=False)
    visit.open(site.guide(SCHOOL, language))
    says = visit.page.locator("#na-home")
    visit.page.locator("#start a[data-a=home]").click()
    changes = len(read_safety().flag("home").cautions)
    assert visit.page.locator("#vlag-home [data-cautions] li").count() == changes > 0
    visit.page.locator("#vlag-home a[data-seen]").click()
    visit.page.locator("[data-ask=happened]:visible").wait_for()
    assert says.is_visible()


STEPS_TO_DO = """() => [...document.querySelectorAll('.is-here [data-steps]:not([data-steps="may"]) .pw-check > li')]
  .filter((step) => !step.hidden)
  .map((step) => {
    const condition = step.querySelector("[data-cond]:not([hidden])");
    const words = step.querySelector(".pw-step__do").textContent;
    return [step.dataset.kind, condition ? `${words.replace(/\\.$/, "")} (${condition.textContent}).` : words];
  })"""


@pytest.mark.parametrize("assumed", [False, True])
def test_what_is_done_already_makes_way_for_the_next_step(
    site: Site, visiting: Visiting, school: str, assumed: bool
) -> None:
    """Each step is named once: what comes first, then what above it protects someone, then down the list.

    And again when its tick is taken away. What waits is not named.
    """
    visit = visiting()
    visit.open(site.guide(school, "nl", f"#red_flag=none{'&happened=unknown' if assumed else ''}"))
    visit.python_ready()
    first_answers_to_the_end(visit)
    visit.wait('[data-guide][data-driven-by="python"]')
    page = visit.page
    headline = page.locator(".is-here [data-first]")
    done = page.locator('.is-here [data-do="done"]')
    first = headline.text_content()
    named = []
    while done.is_visible():
        named.append(headline.text_content())
        done.click()
        assert page.locator("[data-status]").text_content() == headline.text_content()
    to_do = {
        words: kind
        for kind, words in page.evaluate(STEPS_TO_DO)
        if not (assumed and kind in WAITS and words != first)
    }
    in_turn = list(to_do)
    above = in_turn[: in_turn.index(first)] if first in to_do else []
    protecting = [words for words in above if to_do[words] == "protect"]
    below = [words for words in in_turn if words not in (*above, first)]
    others = [words for words in above if words not in protecting]
    assert named == [first, *protecting, *below, *others]
    closing = "alles wat nu kan" if assumed else "alles, behalve wat niet hoeft"
    assert str(headline.text_content()).startswith(closing)
    assert page.evaluate("document.activeElement.className").startswith("pw-first")
    visit.takes_taps()
    page.locator(".is-here .pw-check input:checked").first.set_checked(False, force=True)
    assert done.is_visible()


@pytest.mark.parametrize("press", ["touch", "keyboard"])
def test_a_step_ticked_by_mistake_is_named_again_by_one_press(
    site: Site, visiting: Visiting, language: str, press: str
) -> None:
    """As often as something was ticked, also after the last step; the focus stays in the headline."""
    visit = visiting(has_touch=True)
    visit.open(site.guide(SCHOOL, language, FRAGMENT))
    visit.wait(".is-here[data-outcome]")
    page = visit.page
    headline = page.locator(".is-here [data-first]")
    done = page.locator('.is-here [data-do="done"]')
    undo = page.locator('.is-here [data-do="undo"]')

    def use(button: Locator) -> None:
        if press == "touch":
            button.tap()
        else:
            button.press("Enter")

    assert undo.is_hidden()
    named = []
    while done.is_visible():
        named.append(headline.text_content())
        use(done)
    while undo.is_visible():
        use(undo)
        assert headline.text_content() == named.pop()
        assert page.locator("[data-status]").text_content() == headline.text_content()
        assert page.evaluate("document.activeElement.closest('.pw-first') !== null")
    assert named == []
    assert page.locator(".is-here .pw-check input:checked").count() == 0


def test_whoever_takes_a_tick_away_in_the_list_has_nothing_more_to_undo(
    site: Site, visiting: Visiting
) -> None:
    visit = visiting()
    visit.open(site.guide(SCHOOL, "nl", FRAGMENT))
    visit.wait(".is-here[data-outcome]")
    undo = visit.page.locator('.is-here [data-do="undo"]')
    visit.page.locator('.is-here [data-do="done"]').click()
    assert undo.is_visible()
    visit.takes_taps()
    visit.page.locator(".is-here .pw-check input:checked").set_checked(False, force=True)
    assert undo.is_hidden()


def test_before_the_first_tick_one_reads_that_ticks_do_not_last(
    site: Site, visiting: Visiting, language: str
) -> None:
    """With scripts and without; where the buttons are is said only where there are any."""
    warning = {"nl": "Vinkjes verdwijnen", "en": "Ticks disappear"}[language]
    for scripts in (True, False):
        visit = visiting(java_script_enabled=scripts)
        visit.open(site.guide(SCHOOL, language, FRAGMENT if scripts else ""))
        if scripts:
            visit.wait(".is-here[data-outcome]")
        else:
            visit.page.goto(visit.page.url.split("#")[0] + "#" + first_outcome(visit.page))
        said = visit.page.get_by_text(warning).locator("visible=true")
        assert said.count() == 1
        box = visit.page.locator(".pw-check input:visible").first.bounding_box()
        told = said.bounding_box()
        assert box
        assert told
        assert told["y"] + told["height"] <= box["y"]
        assert said.locator("[data-with-scripts]").is_visible() == scripts
        assert visit.page.locator('[data-do="copy"]:visible').count() == int(scripts)


def first_outcome(page: Page) -> str:
    return str(page.locator("[data-outcome]").first.get_attribute("id"))


def test_another_case_begins_without_the_ticks_of_the_one_before(
    site: Site, visiting: Visiting
) -> None:
    visit = visiting()
    visit.open(site.guide(SCHOOL, "nl", FRAGMENT))
    visit.wait(".is-here[data-outcome]")
    first = visit.page.locator(".is-here [data-first]")
    before = first.inner_text()
    visit.page.locator('.is-here [data-do="done"]').click()
    assert first.inner_text() != before
    visit.page.locator(".is-here [data-back]").click()
    visit.wait("#start.is-here")
    handle_the_case(visit)
    assert first.inner_text() == before


def test_the_mentor_is_not_told_first_to_report_to_the_mentor(
    site: Site, visiting: Visiting
) -> None:
    """While an answer is assumed, what comes first is to report; the mentor's list goes on from there."""
    visit = visiting()
    there = "#red_flag=none&happened=in-person&classes=same&how_often=unknown"
    visit.open(site.guide("doultremont", "nl", there))
    visit.wait(".is-here[data-outcome]")
    first = visit.page.locator(".is-here [data-first]")
    assert first.inner_text().startswith("Meld het bij de mentor")
    visit.takes_taps()
    visit.page.locator('.is-here .pw-views input[value="teacher"]').check(force=True)
    visit.page.locator(".is-here [data-first]", has_text="Vraag vandaag aan de leerling").wait_for()


def test_while_an_answer_is_assumed_calls_and_sanctions_say_that_they_wait(
    site: Site, visiting: Visiting, school: str
) -> None:
    """What cannot be taken back when the assumption turns out wrong; gone once it is known.

    The heading says that it is for now, so that nobody reads a verdict in it.
    """
    visit = visiting()
    visit.open(site.guide(school, "nl", "#red_flag=none&happened=unknown"))
    visit.wait("[data-guide][data-shown]")
    page = visit.page
    first_answers_to_the_end(visit)
    assert page.locator(".is-here h2").inner_text().startswith("Ga voorlopig uit van")
    for kind, words in page.evaluate(CAUTIONS)[:-1]:
        assert ("voorlopig" in words) == (kind in WAITS)
    first = page.locator(".is-here [data-answered] a").first
    page.goto(f"{page.url.split('#')[0]}{first.get_attribute('href')}")
    visit.wait(".is-here[data-ask=happened]")
    first_answers_to_the_end(visit)
    assert "voorlopig" not in page.locator(".is-here h2").inner_text()
    assert not any(words for _, words in page.evaluate(CAUTIONS))


# What each line about a step of the school shows, and the headline last.
CAUTIONS = """() => [...document.querySelectorAll(".is-here [data-kind]"), document.querySelector(".is-here .pw-first")]
  .map((line) => [line.dataset.kind ?? "", line.querySelector(".pw-caution")?.lastChild.textContent ?? ""])"""


def test_after_a_red_flag_card_each_step_that_it_changes_says_how(
    site: Site, visiting: Visiting, schools: dict[str, Compiled], school: str, language: Language
) -> None:
    """Every flag, in the longest outcome of the school; nothing of it where no card was read."""
    compiled = schools[school]
    decided = [guide.decide(compiled, way) for way in guide.paths(compiled)]
    outcomes = [decision for decision in decided if isinstance(decision, Outcome)]
    outcome = max(outcomes, key=lambda one: len(one.steps))
    answers = "&".join(f"{q}={a}" for q, a in {"red_flag": "none", **outcome.answers}.items())
    visit = visiting()
    visit.open(site.guide(school, language, f"#{answers}"))
    visit.python_ready()
    visit.wait('[data-guide][data-driven-by="python"]')
    assert not any(words for _, words in visit.page.evaluate(CAUTIONS))
    for flag in read_safety().flags:
        if flag.off_ladder:
            continue
        said = {k: c.in_language(language) for c in flag.cautions for k in c.kinds}
        shown = visit.shown()
        visit.page.evaluate("(there) => { location.hash = there; }", f"#{answers}&seen={flag.id}")
        visit.shown_after(shown)
        assert visit.page.get_attribute("[data-guide]", "data-driven-by") == "python"
        *lines, (_, headline) = visit.page.evaluate(CAUTIONS)
        assert [words for _, words in lines] == [said.get(kind, "") for kind, _ in lines]
        assert headline == said.get(outcome.first_step.item.kind, "")


def test_whoever_says_there_is_no_danger_is_reminded_of_none(
    site: Site, visiting: Visiting
) -> None:
    visit = visiting()
    visit.open(site.guide(SCHOOL, "nl", "#red_flag=none&seen=images"))
    visit.wait("[data-seen-first]:not([hidden])")
    visit.page.locator(".is-here [data-back]").click()
    visit.wait("#vlag-images.is-here")
    go_on_from_card(visit.page, settled=False)
    visit.wait('.is-here[data-ask="happened"]')
    assert visit.page.locator("[data-seen-first]").is_hidden()
    assert "seen" not in visit.page.url


def test_the_page_for_parents_opens_the_guide_in_their_words(
    site: Site, visiting: Visiting, language: str
) -> None:
    visit = visiting()
    visit.open(f"{site.root}{'en/' if language == 'en' else ''}scholen/{SCHOOL}/ouders/")
    visit.page.locator(".pw-door").click()
    handle_the_case(visit)
    assert visit.page.locator(".is-here .pw-first.pw-for-parent").is_visible()
    assert visit.page.locator(".is-here .pw-first.pw-for-staff").is_hidden()
    told_already = visit.page.locator(".is-here .pw-for-parent summary").first
    assert told_already.is_visible()
    told_already.click()
    assert visit.page.locator(
        ".is-here .pw-for-parent details[open] li a[href$='ouders/']"
    ).is_visible()
    visit.takes_taps()
    visit.page.locator('.is-here .pw-views input[value="staff"]').check(force=True)
    assert told_already.is_hidden()


@pytest.mark.parametrize(("how_often", "at_once"), [("first", False), ("persistent", True)])
def test_a_parent_sees_at_once_who_is_next_where_the_school_knows_already(
    site: Site, visiting: Visiting, how_often: str, at_once: bool
) -> None:
    visit = visiting()
    there = f"#red_flag=none&happened=online&how_often={how_often}&classes=same&view=parent"
    visit.open(site.guide(SCHOOL, "nl", there))
    visit.wait(".is-here[data-outcome]")
    told_already = visit.page.locator(".is-here .pw-for-parent details", has_text="Al verteld")
    assert told_already.locator("li").first.is_visible() == at_once


def test_every_way_to_a_question_or_outcome_passes_the_red_flag_screen(
    site: Site, visiting: Visiting, schools: dict[str, Compiled], school: str
) -> None:
    """In the page as it comes: the first question is linked from the red-flag screens only."""
    visit = visiting(java_script_enabled=False)
    visit.open(site.guide(school))
    screens = guide.screens(schools[school])
    links = visit.page.evaluate(
        """(names) => [...document.querySelectorAll("a")].filter((link) => names.includes(link.hash.slice(1)))
             .map((link) => [link.closest("[data-screen], [data-part-of]")?.id ?? "outside", link.getAttribute("href")])""",
        list(screens),
    )
    assert {target for _, target in links} == {f"#{name}" for name in screens}
    root = visit.page.locator('#start a[data-a="none"]').get_attribute("href")
    assert {source for source, _ in links if source == "outside"} == set()
    leading = {source for source, target in links if target == root}
    questions = {source for source in leading if source in screens}  # their way back
    cards = {source for source in leading if source.startswith("vlag-")}
    last = f"twijfel-{read_safety().flags[-1].id}"
    assert leading - questions - cards == {"start", last}


def test_copying_gives_plain_text_with_blanks_and_no_names(site: Site, visiting: Visiting) -> None:
    visit = visiting(permissions=["clipboard-read", "clipboard-write"])
    visit.open(site.guide(SCHOOL, "nl", FRAGMENT))
    visit.python_ready()
    visit.wait(".is-here[data-outcome]")
    visit.page.get_by_role("button", name="Kopieer als tekst").click()
    visit.page.locator(".is-here [data-told]", has_text="Gekopieerd").wait_for()
    text = visit.page.evaluate("navigator.clipboard.readText()")
    assert text.startswith("Fase 1 - Nu aan zet: Mentor")
    assert "[ ] Verzamel informatie en analyseer wat er speelt. (Mentor)" in text
    assert "Leerling(en): ____" in text
    assert "§" not in text


def test_copying_as_a_parent_gives_what_the_parent_reads(site: Site, visiting: Visiting) -> None:
    """Not the list of the staff."""
    visit = visiting(permissions=["clipboard-read", "clipboard-write"])
    visit.open(site.guide(SCHOOL, "nl", f"{FRAGMENT}&view=parent"))
    visit.python_ready()
    visit.wait(".is-here[data-outcome]")
    visit.page.get_by_role("button", name="Kopieer als tekst").click()
    visit.page.locator(".is-here [data-told]", has_text="Gekopieerd").wait_for()
    text = visit.page.evaluate("navigator.clipboard.readText()")
    told = visit.page.locator(".is-here .pw-for-parent [data-group] h3:visible").all_inner_texts()
    assert told
    assert all(f"\n{heading}\n- " in text for heading in told)
    assert "[ ]" not in text


def test_a_browser_that_refuses_the_clipboard_shows_the_text(
    site: Site, visiting: Visiting
) -> None:
    visit = visiting()
    visit.context.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', { value: undefined })"
    )
    visit.open(site.guide(SCHOOL, "nl", FRAGMENT))
    visit.wait(".is-here[data-outcome]")
    visit.page.get_by_role("button", name="Kopieer als tekst").click()
    field = visit.page.locator(".is-here textarea")
    field.wait_for()
    assert field.input_value().startswith("Fase 1")


@pytest.mark.parametrize("refused", [False, True])
@pytest.mark.parametrize("button", ["copy", "share", "calendar"])
def test_what_came_of_a_button_is_read_beside_it_and_said_once(
    site: Site, visiting: Visiting, button: str, refused: bool
) -> None:
    """On a phone the line above the outcome is screens away; the focus stays where it was."""
    visit = visiting(
        permissions=["clipboard-read", "clipboard-write"], viewport={"width": 360, "height": 740}
    )
    if refused:
        visit.context.add_init_script(
            "Object.defineProperty(navigator, 'clipboard', { value: undefined })"
        )
    visit.open(site.guide(SCHOOL, "nl", FRAGMENT))
    visit.python_ready()
    pressed = visit.page.locator(f'.is-here [data-do="{button}"]')
    pressed.click()
    told = visit.page.locator(".is-here [data-told]:not(:empty)")
    told.wait_for()
    assert told.count() == 1
    assert visit.page.locator("[data-message]").is_hidden()
    near = visit.page.evaluate(
        """(button) => {
          const told = document.querySelector(".is-here [data-told]:not(:empty)").getBoundingClientRect();
          const pressed = document.querySelector(`.is-here [data-do="${button}"]`).getBoundingClientRect();
          return told.top >= pressed.bottom - 1 && told.bottom <= innerHeight && told.top - pressed.bottom < 200;
        }""",
        button,
    )
    assert near
    if not refused or button == "calendar":
        assert pressed.evaluate("button => button === document.activeElement")
    else:  # the text to copy by hand is selected, and stands right below what is said
        assert visit.page.evaluate("document.activeElement.matches('[data-by-hand]')")


def test_the_shared_link_leaves_out_what_was_said_of_danger(site: Site, visiting: Visiting) -> None:
    visit = visiting(permissions=["clipboard-read", "clipboard-write"])
    visit.open(site.guide(SCHOOL, "nl", f"{FRAGMENT}&seen=images"))
    visit.wait(".is-here[data-outcome]")
    visit.page.get_by_role("button", name="Deel de link").click()
    visit.page.locator(".is-here [data-told]", has_text="gekopieerd").wait_for()
    shared = visit.page.evaluate("navigator.clipboard.readText()")
    assert shared == site.guide(SCHOOL, "nl", FRAGMENT.replace("red_flag=none&", ""))


def test_the_calendar_file_holds_the_follow_up_and_nobody(site: Site, visiting: Visiting) -> None:
    visit = visiting()
    visit.open(site.guide(SCHOOL, "nl", FRAGMENT))
    visit.python_ready()
    day = visit.page.locator(".is-here [data-start-day]")
    day.fill("2026-11-23")
    visit.page.locator(".is-here [data-date]", has_text="maandag 21 december 2026").wait_for()
    with visit.page.expect_download() as download:
        visit.page.get_by_role("button", name="Zet in mijn agenda").click()
    path = download.value.path()
    text = path.read_text(encoding="utf-8")
    assert download.value.suggested_filename == "opvolging-nl.ics"
    assert "DTSTART;VALUE=DATE:20261221" in text
    assert "ATTENDEE" not in text


def test_wiping_leaves_nothing_in_the_address_or_on_the_page(
    site: Site, visiting: Visiting
) -> None:
    visit = visiting()
    visit.open(site.guide(SCHOOL, "nl", FRAGMENT))
    visit.wait(".is-here[data-outcome]")
    visit.page.locator(".is-here .pw-check input").first.check()
    visit.page.get_by_role("button", name="Wis alles").click()
    visit.wait("#start.is-here")
    assert "=" not in visit.page.url
    assert visit.page.locator("[data-guide] input:checked:not([type=radio])").count() == 0
    expect(visit.page.locator("[data-message]")).to_contain_text("Gewist")


def test_why_and_what_would_change_it_come_from_python(site: Site, visiting: Visiting) -> None:
    visit = visiting()
    visit.open(site.guide(SCHOOL, "nl", FRAGMENT))
    visit.python_ready()
    page = visit.page
    page.locator(".is-here summary", has_text="Waarom deze uitkomst?").click()
    page.locator(".is-here [data-counted] li").nth(2).wait_for()  # comes after the outcome
    assert page.locator(".is-here [data-counted] li").count() == 3
    page.locator(".is-here summary", has_text="Wat zou het anders maken?").click()
    change = page.locator('.is-here [data-change="how_often=persistent"]')
    assert "Fase 2" in change.inner_text()
    change.get_by_role("link").click()
    visit.wait('.is-here[data-outcome="fase-2"]')


def test_the_school_that_is_not_listed_gets_advice_and_no_phase(
    site: Site, visiting: Visiting, language: Language
) -> None:
    visit = visiting()
    folder = "en/" if language == "en" else ""
    visit.open(f"{site.root}{folder}mijn-school-staat-er-niet-bij/")
    answer(visit.page, "red_flag", "none")
    visit.wait("#advies.is-here")
    assert visit.page.locator(".pw-phase").count() == 0
    for reader in ("staff", "parent"):
        own = visit.page.locator(f'#advies [data-advice="{reader}"]')
        own.locator("summary").first.click()
        assert own.locator(".pw-check li:visible").count() >= 4
        own.locator(".pw-check input").first.check()


def test_it_stays_on_its_own_host(browser: Browser, site: Site) -> None:
    """Every request of a whole visit, Python included, goes to this host."""
    context = browser.new_context(service_workers="block")
    visit = follow(context)
    strangers: list[str] = []

    def watch(route: Route) -> None:
        strangers.append(route.request.url)
        route.abort()

    context.route(lambda url: not url.startswith(site.root), watch)
    visit.open(site.guide(SCHOOL))
    visit.python_ready()
    handle_the_case(visit)
    context.close()
    assert [url for url in strangers if not url.startswith(("blob:", "data:"))] == []
    assert json.dumps(visit.complaints) == "[]"
