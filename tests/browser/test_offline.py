"""Without a connection: what was used works, what was read is there, and the numbers always are."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from decision_tree import guide
from decision_tree.outcome import Outcome
from decision_tree.tree import Compiled
from scripts.site_steps.hashed_names import hashed_file
from tests.browser import seen
from tests.browser.conftest import Site, Visit, without_wasm
from tests.browser.test_faults import CASE, SCHOOL, handle_the_case
from tests.browser.versions import KEEPS, kept, rewrite, take_down, visited

Visiting = Callable[..., Visit]


@pytest.fixture
def visit(own_site: Site, visiting: Visiting) -> Visit:
    """Someone whose browser may keep things, and who was never here."""
    return visiting(expect_complaints=True, **KEEPS)


def test_after_one_visit_everything_works_with_the_server_gone(
    own_site: Site, visit: Visit, schools: dict[str, Compiled]
) -> None:
    visited(own_site, visit, SCHOOL)
    take_down(own_site)
    for language in ("nl", "en"):
        visit.open(own_site.guide(SCHOOL, language))
        visit.python_ready()
        handle_the_case(visit)
        visit.wait('[data-guide][data-driven-by="python"]')
        decision = guide.decide(schools[SCHOOL], CASE)
        assert isinstance(decision, Outcome)
        assert seen.on(visit.page) == seen.expected(decision, "en" if language == "en" else "nl")
    for page in ("nu-gevaar/", "hulplijnen/", f"scholen/{SCHOOL}/protocol/", "en/nu-gevaar/"):
        visit.open(own_site.root + page)
        assert visit.page.locator("h1").is_visible()


def test_without_webassembly_the_guide_works_by_its_links_with_the_server_gone(
    own_site: Site, visit: Visit
) -> None:
    """Nothing of Python is kept, and everything else is."""
    own_site.faults["guide_worker"] = without_wasm
    visit.open(own_site.guide(SCHOOL))
    visit.wait(f'[data-guide][data-python="failed"][data-offline~="school/{SCHOOL}"]')
    assert not any("/python/" in path for path in paths_kept(visit.page))
    take_down(own_site)
    visit.open(own_site.guide(SCHOOL))
    handle_the_case(visit)
    assert visit.page.locator("[data-lead]:visible").first.get_attribute("data-lead")


def test_without_webassembly_the_page_for_practising_is_kept_too(
    own_site: Site, visit: Visit
) -> None:
    own_site.faults["guide_worker"] = without_wasm
    visit.open(f"{own_site.root}scholen/{SCHOOL}/oefenen/")
    visit.wait(f'[data-practice][data-offline~="school/{SCHOOL}"]')


@pytest.mark.parametrize("of", ["", SCHOOL], ids=["any page", "a page of a school"])
@pytest.mark.parametrize("folder", ["", "en/"], ids=["nl", "en"])
def test_whoever_only_read_a_page_has_the_numbers_and_the_page_for_parents_offline(
    own_site: Site, visit: Visit, folder: str, of: str
) -> None:
    """Of the school whose page it was. Styled, in both languages; and no more than that."""
    visit.open(own_site.root + folder + (f"scholen/{of}/ouders/" if of else "nu-gevaar/"))
    kept(visit.page, f"parents/{of}" if of else "safety")
    assert not any("/guide/" in path or "/wijzer/" in path for path in paths_kept(visit.page))
    take_down(own_site)
    pages = ["", "nu-gevaar/", "hulplijnen/"]
    if of:
        pages += [f"scholen/{of}/", f"scholen/{of}/ouders/"]
    for page in [start + page for page in pages for start in ("", "en/")]:
        visit.open(own_site.root + page)
        expect(visit.page.locator("h1").first).to_be_visible()
        assert not visit.page.url.endswith("#geen-verbinding"), page
        assert visit.page.evaluate("document.fonts.check('1em \"Atkinson Next\"')")
        assert visit.page.evaluate("[...document.styleSheets].every((s) => s.cssRules.length)")


@pytest.mark.parametrize("folder", ["", "en/"], ids=["nl", "en"])
@pytest.mark.parametrize("wanted", ["zoeken/", "scholen/wijhe/wijzer/#start", "nergens"])
def test_what_is_not_kept_leads_offline_to_the_numbers(
    own_site: Site, visit: Visit, folder: str, wanted: str
) -> None:
    """In the language that was asked for, with a sentence that says why; and Back leads back."""
    visit.open(own_site.root + folder)
    kept(visit.page, "safety")
    visit.open(own_site.root + folder)
    take_down(own_site)
    visit.open(own_site.root + folder + wanted)
    assert visit.page.url == f"{own_site.root}{folder}nu-gevaar/#geen-verbinding"
    expect(visit.page.locator("#geen-verbinding")).to_be_visible()
    for number in ("112", "113"):
        expect(visit.page.locator(f'main a[href="tel:{number}"]').first).to_be_visible()
    visit.page.go_back()
    assert visit.page.url == own_site.root + folder


def test_online_nobody_is_told_that_there_is_no_connection(
    own_site: Site, visiting: Visiting
) -> None:
    visit = visiting()
    visit.open(own_site.root + "nu-gevaar/")
    expect(visit.page.locator("#geen-verbinding")).to_be_hidden()


def test_whoever_saves_data_keeps_nothing(own_site: Site, visit: Visit) -> None:
    """Nor is the worker fetched: what the page itself needs is all."""
    visit.context.add_init_script(
        "Object.defineProperty(navigator, 'connection', { value: { saveData: true } })"
    )
    visit.page.goto(own_site.root + "nu-gevaar/", wait_until="networkidle")
    assert "/sw.js" not in own_site.asked


def paths_kept(page: Page) -> list[str]:
    """Of every file in every cache."""
    found: list[str] = page.evaluate(
        """async () => (await Promise.all((await caches.keys()).map(async (name) =>
             (await (await caches.open(name)).keys()).map((r) => new URL(r.url).pathname)))).flat()"""
    )
    return found


def test_a_school_that_was_not_opened_is_not_kept(own_site: Site, visit: Visit) -> None:
    visited(own_site, visit, SCHOOL)
    paths = paths_kept(visit.page)
    assert f"/scholen/{SCHOOL}/wijzer/" in paths
    assert not any("wijhe" in path for path in paths)
    assert not any("happened" in path for path in paths)


def test_a_site_that_is_half_replaced_is_not_kept_at_all(own_site: Site, visit: Visit) -> None:
    """The list names one style sheet, the server sends another: nothing is kept, the page works."""
    rewrite(
        hashed_file(own_site.folder / "assets" / "parts.css"), ".pw-phase", ".pw-phase-of-tomorrow"
    )
    visit.open(own_site.guide(SCHOOL))
    visit.python_ready()
    handle_the_case(visit)
    active = visit.page.evaluate(
        """async () => {
             const found = await navigator.serviceWorker.getRegistration();
             const worker = found?.installing;
             if (worker && worker.state === "installing") {
               await new Promise((done) => worker.addEventListener("statechange", done, { once: true }));
             }
             return Boolean(found?.active);
           }"""
    )
    assert not active


def test_an_unlisted_page_still_comes_from_the_network(own_site: Site, visit: Visit) -> None:
    visited(own_site, visit, SCHOOL)
    own_site.asked.clear()
    visit.open(f"{own_site.root}scholen/wijhe/wijzer/")
    visit.python_ready()
    assert "/scholen/wijhe/wijzer/" in own_site.asked


def test_a_browser_that_refuses_service_workers_shows_the_guide_all_the_same(
    own_site: Site, visiting: Visiting
) -> None:
    visit = visiting(**KEEPS)
    visit.context.add_init_script(
        "if (navigator.serviceWorker) navigator.serviceWorker.register = () => Promise.reject(new Error('refused'));"
    )
    visit.open(own_site.guide(SCHOOL))
    visit.python_ready()
    handle_the_case(visit)
