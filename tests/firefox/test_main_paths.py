"""The main paths in Firefox: the guide without scripts and with Python, a protocol, the languages."""

from __future__ import annotations

from decision_tree import guide
from decision_tree.outcome import Outcome
from decision_tree.protocol import Language
from decision_tree.tree import Compiled
from tests.browser import seen

from .bidi import Tab


def address(root: str, school: str, page: str, language: Language, fragment: str = "") -> str:
    return f"{root}{'en/' if language == 'en' else ''}scholen/{school}/{page}/{fragment}"


def way_and_outcome(compiled: Compiled) -> tuple[dict[str, str], Outcome]:
    """The longest way through a school's questions, and where it must end."""
    way = max(guide.paths(compiled), key=len)
    outcome = guide.decide(compiled, way)
    assert isinstance(outcome, Outcome)
    return dict(way), outcome


def answer(tab: Tab, way: dict[str, str]) -> None:
    """Press the answers, that there is no danger first."""
    for question, chosen in [("red_flag", "none"), *way.items()]:
        tab.click(f'.pw-screen a[data-q="{question}"][data-a="{chosen}"]')


def answer_with_scripts(tab: Tab, way: dict[str, str]) -> None:
    """The same, waiting for the guide to say that it has shown what follows."""
    for question, chosen in [("red_flag", "none"), *way.items()]:
        before = tab.run('document.querySelector("[data-guide]").dataset.shown')
        tab.click(f'.is-here a[data-q="{question}"][data-a="{chosen}"]')
        tab.wait(f'[data-guide][data-shown]:not([data-shown="{before}"])')


def seen_on(tab: Tab) -> seen.Seen:
    return seen.from_plain(tab.run(f"({seen.READ})()"))


def test_without_scripts_the_links_lead_to_the_right_outcome(
    plain_tab: Tab, root: str, schools: dict[str, Compiled], school: str, language: Language
) -> None:
    """Phase, lead and steps as CPython decides them."""
    compiled = schools[school]
    way, outcome = way_and_outcome(compiled)
    plain_tab.open(address(root, school, "wijzer", language))
    answer(plain_tab, way)
    plain_tab.wait_for_address(f"#{outcome.screen}")
    screen = guide.screens(compiled)[outcome.screen]
    assert isinstance(screen, Outcome)
    assert seen_on(plain_tab) == seen.expected(screen, language)


def test_driven_by_python_the_guide_shows_what_cpython_decides(
    tab: Tab, root: str, schools: dict[str, Compiled], school: str, language: Language
) -> None:
    """Pyodide in a module worker, under the policy of the site."""
    way, outcome = way_and_outcome(schools[school])
    tab.open(address(root, school, "wijzer", language))
    tab.wait('[data-guide][data-python="ready"][data-shown]')
    answer_with_scripts(tab, way)
    assert tab.run('document.querySelector("[data-guide]").dataset.drivenBy') == "python"
    assert seen_on(tab) == seen.expected(outcome, language)


def test_answering_asks_the_server_for_nothing(
    tab: Tab, root: str, schools: dict[str, Compiled]
) -> None:
    """The answers stay in the fragment of the address."""
    way, _ = way_and_outcome(schools["cals"])
    tab.open(address(root, "cals", "wijzer", "nl"))
    tab.wait('[data-guide][data-python="ready"][data-shown]')
    tab.settled("navigator.serviceWorker.ready.then(() => true)")
    before = [asked for asked in tab.requests if "sw.js" not in asked]
    answer_with_scripts(tab, way)
    assert [asked for asked in tab.requests if "sw.js" not in asked] == before
    fragment = tab.run("location.hash.slice(1)")
    assert dict(pair.split("=") for pair in fragment.split("&")) == {"red_flag": "none", **way}


def test_the_other_language_opens_at_the_same_answers(
    tab: Tab, root: str, schools: dict[str, Compiled]
) -> None:
    """Halfway: the answers so far come along."""
    way, _ = way_and_outcome(schools["cals"])
    first = dict([next(iter(way.items()))])
    tab.open(address(root, "cals", "wijzer", "nl"))
    tab.wait("[data-guide][data-shown]")
    answer_with_scripts(tab, first)
    fragment = tab.run("location.hash")
    tab.click("[data-keep-place]")
    tab.wait_for_address(f"/en/scholen/cals/wijzer/{fragment}")
    assert tab.run("document.documentElement.lang") == "en"


def test_a_protocol_can_be_read_and_keeps_its_place_in_the_other_language(
    tab: Tab, root: str, school: str
) -> None:
    """Without scrolling sideways on a phone."""
    tab.open(address(root, school, "protocol", "nl"))
    assert tab.run('document.querySelectorAll("[data-clause]").length') > 0
    assert tab.run("document.documentElement.scrollWidth <= innerWidth")
    anchor = tab.run('document.querySelector("article h2[id]").id')
    tab.open(address(root, school, "protocol", "nl", f"#{anchor}"))
    tab.click("[data-keep-place]")
    tab.wait_for_address(f"/en/scholen/{school}/protocol/#{anchor}")
    assert tab.run("document.documentElement.lang") == "en"


def test_search_finds_dutch_word_forms(tab: Tab, root: str) -> None:
    """Its WebAssembly runs under the policy of the search page alone; the words stay here."""
    tab.open(f"{root}zoeken/")
    tab.click("[data-search] input")
    tab.type("leerlingen")
    tab.wait("[data-hits] li a")
    assert all("leerling" not in asked for asked in tab.requests)
