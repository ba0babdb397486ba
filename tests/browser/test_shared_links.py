"""An address of the guide comes along whole: through a mail program, to the other language, past a translator."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from decision_tree import guide
from decision_tree.outcome import Ask, Outcome
from decision_tree.protocol import Language
from decision_tree.tree import Compiled
from tests.browser.conftest import Site, Visit
from tests.browser.test_faults import CASE, FRAGMENT
from tests.browser.test_practice import SET, address, begin, opened

Visiting = Callable[..., Visit]

# What programs make of a link.
ALTERED: dict[str, Callable[[str], str]] = {
    "& as &amp;": lambda link: link.replace("&", "&amp;"),
    "= as %3D": lambda link: link.replace("=", "%3D"),
    "& as %26": lambda link: link.replace("&", "%26"),
    "all of it": lambda link: link.replace("&", "%26amp%3B").replace("=", "%3d"),
    "a full stop behind it": lambda link: f"{link}.",
    "a bracket and a comma behind it": lambda link: f"{link}),",
    "a quotation mark behind it": lambda link: f"{link}%E2%80%9D",
    "a space behind it": lambda link: f"{link}%20",
}


@pytest.mark.parametrize("how", ALTERED)
def test_a_link_that_a_program_altered_leads_to_the_same_case(
    site: Site, visiting: Visiting, how: str
) -> None:
    """And from there on the address is as the guide writes it, so the next answer goes well, too."""
    visit = visiting()
    visit.open(site.guide("cals", "nl", ALTERED[how](FRAGMENT)))
    visit.wait("[data-guide][data-shown] .is-here[data-outcome]")
    assert visit.page.url.endswith(FRAGMENT)
    assert visit.page.locator("[data-message]").is_hidden()


@pytest.mark.parametrize("fragment", ["#vlag-danger.", "#{question}.", "#start.", "#niet-zeker%20"])
def test_a_plain_link_with_a_full_stop_behind_it_shows_its_screen(
    site: Site, visiting: Visiting, schools: dict[str, Compiled], fragment: str
) -> None:
    visit = visiting()
    asked = guide.decide(schools["cals"], {"happened": CASE["happened"]})
    assert isinstance(asked, Ask)
    fragment = fragment.format(question=asked.screen)
    visit.open(site.guide("cals", "nl", fragment))
    wanted = fragment.rstrip(".").removesuffix("%20")
    visit.wait(f"[data-guide][data-shown] {wanted}.is-here")
    assert visit.page.locator("[data-message]").is_hidden()


@pytest.mark.parametrize("how", [how for how in ALTERED if "&" not in how])
def test_a_set_to_practise_comes_through_as_well(site: Site, visiting: Visiting, how: str) -> None:
    visit = visiting()
    page = opened(visit, address(site, fragment=ALTERED[how](f"#set={','.join(SET)}")))
    begin(page)
    assert page.locator(".pw-play").get_attribute("data-case") == SET[0]


def test_the_language_link_holds_the_answers_before_it_is_used(
    site: Site, visiting: Visiting
) -> None:
    """A middle click, a new tab, a copied link: none of them is a click of the left button."""
    visit = visiting()
    page = visit.page
    visit.open(site.guide("cals", "nl", FRAGMENT))
    visit.wait("[data-guide][data-shown] .is-here[data-outcome]")
    link = page.locator("[data-keep-place]")
    with visit.context.expect_page() as other:
        link.click(button="middle")
    other.value.wait_for_url(f"**{FRAGMENT}")
    other.value.wait_for_selector(".is-here[data-outcome]")
    visit.takes_taps()
    page.locator('.is-here .pw-views input[value="parent"]').check(
        force=True
    )  # rewrites the address
    page.wait_for_url("**&view=parent")
    with visit.context.expect_page() as other:
        link.click(modifiers=["Control"])
    other.value.wait_for_url("**&view=parent")
    page.evaluate("() => { location.hash = 'red_flag=none'; }")
    page.wait_for_function("document.querySelector('[data-keep-place]').hash === '#red_flag=none'")


def test_a_page_that_a_browser_translates_speaks_its_own_language_to_python(
    site: Site, visiting: Visiting, schools: dict[str, Compiled], language: Language
) -> None:
    """A translator changes what the page says of its language, also before scripts run."""
    visit = visiting()
    visit.context.add_init_script(
        """new MutationObserver((_, watching) => {
             if (!document.body) return;
             document.documentElement.lang = "tr";
             watching.disconnect();
           }).observe(document, { childList: true, subtree: true });"""
    )
    visit.open(site.guide("cals", language, FRAGMENT))
    visit.python_ready()
    assert visit.page.evaluate("document.documentElement.lang") == "tr"
    decision = guide.decide(schools["cals"], CASE)
    assert isinstance(decision, Outcome)
    conditions = [
        change.question.answer(change.answer).condition.in_language(language)
        for change in guide.changes(schools["cals"], decision)
    ]
    said = visit.page.locator(".is-here [data-changes] li a").all_text_contents()
    word = {"nl": "als", "en": "if"}[language]
    assert said == [f"{word} {condition}" for condition in conditions]
