"""An open page never takes the Python of another version: it goes on by its own links and offers to reload.

Two versions of one school that decide otherwise, on a host that replaces all its files at once, as
GitHub Pages does. Whatever a visitor does then, what is shown is what the page's own version says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Locator

from decision_tree import guide
from decision_tree.browser import version
from decision_tree.outcome import Outcome
from decision_tree.protocol import Language
from decision_tree.tree import Compiled, compile_tree
from scripts.pages.content import read_content
from scripts.publish import publish
from scripts.site_steps.hashed_names import hashed_file
from tests.browser import seen
from tests.browser.conftest import Handler, Site, Visit, serving
from tests.two_versions import CASE, PYTHON, other_cals, write_next_version

SCHOOL = "cals"
FRAGMENT = "#red_flag=none&" + "&".join(f"{q}={a}" for q, a in CASE.items())
SAVES_DATA = "Object.defineProperty(navigator, 'connection', { value: { saveData: true } });"

Visiting = Callable[..., Visit]


@dataclass
class Version:
    """A built site, and what its Cals decides."""

    folder: Path
    compiled: Compiled
    name: str

    def plain(self, language: Language = "nl") -> seen.Seen:
        """What the page's own links show of the case."""
        screen = guide.screens(self.compiled)[self._outcome.screen]
        assert isinstance(screen, Outcome)
        return seen.expected(screen, language)

    def driven(self, language: Language = "nl") -> seen.Seen:
        """What Python shows of it."""
        return seen.expected(self._outcome, language)

    @property
    def _outcome(self) -> Outcome:
        outcome = guide.decide(self.compiled, CASE)
        assert isinstance(outcome, Outcome)
        return outcome


@pytest.fixture(scope="module")
def versions(finished_site: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Version]:
    """The built one and the next."""
    content = read_content()
    cals = next(p for p in content.protocols if p.school.id == SCHOOL)
    folder = tmp_path_factory.mktemp("next") / "site"
    both = [
        (finished_site, compile_tree(cals)),
        (folder, write_next_version(finished_site, folder, content, other_cals(cals))),
    ]
    return [Version(at, compiled, version(compiled, content.safety)) for at, compiled in both]


@dataclass
class Host:
    """One address, where the next version takes the place of the first."""

    site: Site
    current: Path
    versions: list[Version]

    def publish_next(self) -> None:
        """All at once, and nothing of the first stays. What failed works again."""
        new = self.current.with_name("new")
        new.symlink_to(self.versions[1].folder, target_is_directory=True)
        new.replace(self.current)
        self.site.faults.clear()

    def without_python(self) -> None:
        """For now."""
        self.site.faults["/python/"] = unavailable

    def keeps_pages(self) -> None:
        """As hosts do that let them be cached for ten minutes."""
        self.site.faults[r"/$"] = kept_for_ten_minutes


@pytest.fixture
def host(versions: list[Version], tmp_path: Path) -> Iterator[Host]:
    current = tmp_path / "current"
    current.symlink_to(versions[0].folder, target_is_directory=True)
    for site in serving(current):
        yield Host(site, current, versions)


def unavailable(handler: Handler) -> bool:
    handler.send_error(503)
    return True


def kept_for_ten_minutes(handler: Handler) -> bool:
    handler.replaced_headers = {"Cache-Control": "max-age=600"}
    return False


def extras(visit: Visit) -> Locator:
    return visit.page.locator("[data-extras]")


def assert_goes_on_as(visit: Visit, own: Version) -> None:
    """By its own links, with the offer to reload."""
    visit.wait('[data-guide][data-python="gone"][data-shown]')
    assert visit.page.get_attribute("[data-guide]", "data-version") == own.name
    assert seen.on(visit.page) == own.plain()
    assert "Er is waarschijnlijk een nieuwe versie" in extras(visit).inner_text()


def reload_into(visit: Visit, other: Version) -> None:
    """The offer taken: the answers stay, the other version decides."""
    extras(visit).get_by_role("button", name="Vernieuwen").click()
    visit.wait(f'[data-guide][data-version="{other.name}"][data-shown] .is-here[data-outcome]')
    assert visit.page.url.endswith(FRAGMENT)
    if visit.page.get_attribute("[data-guide]", "data-python") == "saving":
        assert seen.on(visit.page) == other.plain()
        return
    visit.python_ready()
    visit.wait('[data-guide][data-driven-by="python"]')
    assert seen.on(visit.page) == other.driven()


def test_the_two_versions_decide_otherwise(versions: list[Version]) -> None:
    first, following = versions
    assert (first.plain().phase, first.plain().lead) == ("fase-2", ("pupil-coordinator",))
    assert (following.plain().phase, following.plain().lead) == ("fase-1", ("mentor",))


def test_loading_python_after_all(host: Host, visiting: Visiting) -> None:
    """Whoever saves data has not fetched it yet when the next version comes."""
    visit = visiting(expect_complaints=True)
    visit.context.add_init_script(SAVES_DATA)
    visit.open(host.site.guide(SCHOOL, "nl", FRAGMENT))
    visit.wait('[data-guide][data-python="saving"][data-shown]')
    host.publish_next()
    extras(visit).get_by_role("button", name="Toch laden").click()
    assert_goes_on_as(visit, host.versions[0])
    reload_into(visit, host.versions[1])


def test_trying_python_again(host: Host, visiting: Visiting) -> None:
    visit = visiting(expect_complaints=True)
    host.without_python()
    visit.open(host.site.guide(SCHOOL, "nl", FRAGMENT))
    visit.wait('[data-guide][data-python="failed"][data-shown]')
    host.publish_next()
    extras(visit).get_by_role("button", name="Probeer opnieuw").click()
    assert_goes_on_as(visit, host.versions[0])
    reload_into(visit, host.versions[1])


def test_going_back_to_the_guide(host: Host, visiting: Visiting) -> None:
    """The browser shows the page that it had, without asking whether it still is the newest."""
    visit = visiting(expect_complaints=True)
    host.without_python()
    visit.open(host.site.guide(SCHOOL, "nl", FRAGMENT))
    visit.wait('[data-guide][data-python="failed"][data-shown]')
    visit.open(f"{host.site.root}hulplijnen/")
    host.publish_next()
    visit.page.go_back()
    assert_goes_on_as(visit, host.versions[0])
    reload_into(visit, host.versions[1])


def test_a_host_that_lets_pages_be_kept_for_ten_minutes(host: Host, visiting: Visiting) -> None:
    visit = visiting(expect_complaints=True)
    host.keeps_pages()
    host.without_python()
    visit.open(host.site.guide(SCHOOL))
    visit.wait('[data-guide][data-python="failed"][data-shown]')
    visit.open(f"{host.site.root}hulplijnen/")
    host.publish_next()
    host.site.asked.clear()
    visit.page.evaluate(
        "(address) => { location.href = address; }", host.site.guide(SCHOOL, "nl", FRAGMENT)
    )
    assert_goes_on_as(visit, host.versions[0])
    assert f"/scholen/{SCHOOL}/wijzer/" not in host.site.asked
    reload_into(visit, host.versions[1])


def test_two_tabs_of_which_one_takes_the_new_version(host: Host, visiting: Visiting) -> None:
    """With a service worker, which then keeps the new one only."""
    old = visiting(expect_complaints=True, service_workers="allow")
    host.without_python()
    old.open(host.site.guide(SCHOOL, "nl", FRAGMENT))
    old.wait('[data-guide][data-python="failed"][data-shown]')
    host.site.faults.clear()
    new = Visit(old.context.new_page(), old.context, old.complaints, old.requests)
    new.open(host.site.guide(SCHOOL))
    new.wait(f'[data-guide][data-offline~="school/{SCHOOL}"][data-offline~="python"]')
    host.publish_next()
    new.open("about:blank")
    new.open(host.site.guide(SCHOOL))
    new.wait(f'[data-guide][data-version="{host.versions[1].name}"]')
    extras(old).get_by_role("button", name="Probeer opnieuw").click()
    assert_goes_on_as(old, host.versions[0])
    reload_into(old, host.versions[1])


def test_a_host_that_gives_another_version_under_the_same_name(
    host: Host, visiting: Visiting
) -> None:
    """Names are not believed: Python says which version it is before it is asked anything."""
    first, following = (
        hashed_file(version.folder / PYTHON / "manifest.json") for version in host.versions
    )

    def other_manifest(handler: Handler) -> bool:
        handler.path = handler.path.replace(first.name, following.name)
        return False

    visit = visiting(expect_complaints=True)
    visit.context.add_init_script(SAVES_DATA)
    visit.open(host.site.guide(SCHOOL, "nl", FRAGMENT))
    visit.wait('[data-guide][data-python="saving"][data-shown]')
    host.publish_next()
    worker = hashed_file(host.versions[0].folder / "assets" / "guide" / "guide_worker.mjs")
    assert (host.current / "assets" / "guide" / worker.name).is_file()
    host.site.faults[first.name] = other_manifest
    extras(visit).get_by_role("button", name="Toch laden").click()
    assert_goes_on_as(visit, host.versions[0])


def test_where_older_files_are_kept_the_old_page_gets_its_own_python(
    versions: list[Version], tmp_path: Path, visiting: Visiting
) -> None:
    """On a server that is published to with scripts/publish.py."""
    publish(versions[0].folder, tmp_path)
    for site in serving(tmp_path / "current"):
        visit = visiting()
        visit.context.add_init_script(SAVES_DATA)
        visit.open(site.guide(SCHOOL, "nl", FRAGMENT))
        visit.wait('[data-guide][data-python="saving"][data-shown]')
        publish(versions[1].folder, tmp_path)
        extras(visit).get_by_role("button", name="Toch laden").click()
        visit.python_ready()
        visit.wait('[data-guide][data-driven-by="python"]')
        assert seen.on(visit.page) == versions[0].driven()


def test_practising_is_held_to_one_version_too(host: Host, visiting: Visiting) -> None:
    """The stories stay; whoever reloads practises with the new version."""
    visit = visiting(expect_complaints=True)
    host.without_python()
    visit.open(f"{host.site.root}scholen/{SCHOOL}/oefenen/")
    visit.wait('[data-practice][data-python="failed"]')
    host.publish_next()
    extras(visit).get_by_role("button", name="Probeer opnieuw").click()
    visit.wait('[data-practice][data-python="gone"]')
    assert "De verhalen hieronder werken gewoon" in extras(visit).inner_text()
    extras(visit).get_by_role("button", name="Vernieuwen").click()
    visit.wait(f'[data-practice][data-version="{host.versions[1].name}"][data-python="ready"]')


def test_cases_of_another_version_are_not_practised_with(host: Host, visiting: Visiting) -> None:
    """Python may come from what the browser kept, the cases no longer."""

    def gone(handler: Handler) -> bool:
        handler.send_error(404)
        return True

    visit = visiting(expect_complaints=True)
    host.site.faults["/practice/cases/"] = gone
    visit.open(f"{host.site.root}scholen/{SCHOOL}/oefenen/")
    visit.wait('[data-practice][data-python="gone"]')
    extras(visit).get_by_role("button", name="Vernieuwen").wait_for()


def test_a_screen_of_the_old_version_says_that_it_is_gone(host: Host, visiting: Visiting) -> None:
    """Its address leads to a clean start, never to the screen that has its place now."""
    first, following = (set(guide.screens(version.compiled)) for version in host.versions)
    outcome = guide.decide(host.versions[0].compiled, CASE)
    assert isinstance(outcome, Outcome)
    assert outcome.screen in first - following
    host.publish_next()
    visit = visiting()
    visit.open(host.site.guide(SCHOOL, "nl", f"#{outcome.screen}"))
    visit.wait("#start.is-here")
    assert "We zijn daarom opnieuw begonnen" in visit.page.locator("[data-message]").inner_text()
