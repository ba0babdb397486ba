"""Every path of every school, in both languages, three ways, against CPython."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from decision_tree import guide
from decision_tree.outcome import Outcome
from decision_tree.protocol import Language
from decision_tree.tree import Compiled
from tests.browser import seen
from tests.browser.conftest import Hold, Site, Visit

# Clicks the answers of one path after the other and reads each outcome, inside the page: some
# thousands of clicks, each after the page has said that it is done with the one before. What two
# paths begin with is clicked once: the second goes back to the address that stood there then.
WALK = """async (paths) => {
  const guide = document.querySelector("[data-guide]");
  const read = READ;
  const settled = (before) => new Promise((resolve) => {
    const look = () => ![undefined, before].includes(guide.dataset.shown) && resolve();
    new MutationObserver(look).observe(guide, { attributes: true, attributeFilter: ["data-shown"] });
    look();
  });
  const go = async (act) => {
    const before = guide.dataset.shown;
    act();
    await settled(before);
  };
  const been = new Map([["", { address: "#start", drivers: [] }]]);
  const found = [];
  for (const path of paths) {
    const clicks = [["red_flag", "none"], ...path];
    const name = (length) => JSON.stringify(clicks.slice(0, length)).slice(1, -1);
    let length = clicks.length - 1;
    while (!been.has(name(length))) length -= 1;
    const { address, drivers: before } = been.get(name(length));
    if ((location.hash || "#start") !== address) await go(() => { location.hash = address; });
    const drivers = [...before];
    for (const [question, answer] of clicks.slice(length)) {
      const links = [...guide.querySelectorAll(`.is-here a[data-q="${question}"][data-a="${answer}"]`)];
      if (links.length !== 1) throw new Error(`${links.length} links for ${question}=${answer}`);
      await go(() => links[0].click());
      drivers.push(guide.dataset.drivenBy);
      length += 1;
      been.set(name(length), { address: location.hash, drivers: [...drivers] });
    }
    found.push({ drivers, fragment: location.hash, ...read() });
  }
  return found;
}""".replace("READ", seen.READ)

SHOWN = """() => [...document.querySelectorAll("[data-guide] > [data-screen]")]
  .filter((section) => getComputedStyle(section).display !== "none").map((section) => section.id)"""

# Goes to each screen and notes its links; of those that lead to the same address one is clicked, and
# the one screen that is then seen is noted for all.
CLICK_EACH = """(ids) => {
  const shown = SHOWN;
  const after = new Map();
  const click = (link) => {
    link.click();
    const seen = shown();
    if (seen.length !== 1) throw new Error(`${seen} is seen after ${link.hash}`);
    return seen[0];
  };
  const found = {};
  for (const id of ids) {
    location.hash = `#${id}`;
    if (String(shown()) !== id) throw new Error(`${shown()} is seen at #${id}`);
    found[id] = {};
    for (const link of document.getElementById(id).querySelectorAll("a[data-q]")) {
      if (!after.has(link.hash)) after.set(link.hash, click(link));
      found[id][`${link.dataset.q}=${link.dataset.a}`] = after.get(link.hash);
    }
  }
  return found;
}""".replace("SHOWN", SHOWN)

OUTCOME_AT = "(id) => { location.hash = `#${id}`; return (READ)(); }".replace("READ", seen.READ)

Visiting = Callable[..., Visit]


def _paths(compiled: Compiled) -> list[dict[str, str]]:
    return list(guide.paths(compiled))


def _walk(visit: Visit, ways: list[dict[str, str]]) -> Any:
    visit.wait("[data-guide][data-shown]")
    return visit.page.evaluate(WALK, [list(way.items()) for way in ways])


def _decided(compiled: Compiled, answers: dict[str, str]) -> Outcome:
    decision = guide.decide(compiled, answers)
    assert isinstance(decision, Outcome)
    return decision


def test_without_scripts_every_path_of_links_ends_in_the_outcome_of_its_screen(
    site: Site, visiting: Visiting, schools: dict[str, Compiled], school: str, language: Language
) -> None:
    """Plain links and :target, JavaScript off: exactly one outcome is seen, and it is the right one.

    What is seen depends on the address alone, so of all links to an address one is clicked, and the
    paths are put together from the links.
    """
    compiled = schools[school]
    screens = guide.screens(compiled)
    visit = visiting(java_script_enabled=False)
    visit.open(site.guide(school, language))
    asking = [
        "start",
        *(name for name, screen in screens.items() if not isinstance(screen, Outcome)),
    ]
    leads = visit.page.evaluate(CLICK_EACH, asking)
    seen_at = {
        shown: visit.page.evaluate(OUTCOME_AT, shown)
        for shown in {shown for links in leads.values() for shown in links.values()}
        if isinstance(screens.get(shown), Outcome)
    }
    for way in _paths(compiled):
        here = leads["start"]["red_flag=none"]
        for question, answer in way.items():
            here = leads[here][f"{question}={answer}"]
        screen = screens[_decided(compiled, way).screen]
        assert isinstance(screen, Outcome)
        assert here == screen.screen
        assert seen.from_plain(seen_at[here]) == seen.expected(screen, language)


def test_before_python_is_there_scripts_follow_the_same_links(
    site: Site, visiting: Visiting, schools: dict[str, Compiled], school: str, language: Language
) -> None:
    """Python's manifest does not come; answers stand in the address, screens are the same."""
    compiled = schools[school]
    screens = guide.screens(compiled)
    site.faults["manifest-"] = hold = Hold()
    visit = visiting()
    visit.open(site.guide(school, language))
    ways = _paths(compiled)
    for way, found in zip(ways, _walk(visit, ways), strict=True):
        screen = screens[_decided(compiled, way).screen]
        assert isinstance(screen, Outcome)
        assert set(found["drivers"]) == {"links"}
        assert seen.from_plain(found) == seen.expected(screen, language)
        pairs = found["fragment"].removeprefix("#").split("&")
        assert dict(pair.split("=") for pair in pairs) == {"red_flag": "none", **way}
    hold.free.set()


def test_driven_by_python_every_path_shows_what_cpython_decides(
    site: Site, visiting: Visiting, schools: dict[str, Compiled], school: str, language: Language
) -> None:
    """Phase, lead, first step, steps and their conditions, for exactly these answers."""
    compiled = schools[school]
    visit = visiting()
    visit.open(site.guide(school, language))
    visit.python_ready()
    ways = _paths(compiled)
    for way, found in zip(ways, _walk(visit, ways), strict=True):
        assert set(found["drivers"]) == {"python"}
        assert seen.from_plain(found) == seen.expected(_decided(compiled, way), language)


def test_nothing_of_an_answer_ever_leaves_the_page(
    site: Site, visiting: Visiting, schools: dict[str, Compiled], school: str
) -> None:
    """After Python is there, answering makes no request at all; nothing is stored either."""
    visit = visiting()
    visit.open(site.guide(school))
    visit.python_ready()
    before = list(visit.requests)
    _walk(visit, _paths(schools[school])[:5])
    assert visit.requests == before
    assert all(address.startswith(site.root) and "?" not in address for address in visit.requests)
    assert visit.page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [
        0, 0, "",
    ]  # fmt: skip
