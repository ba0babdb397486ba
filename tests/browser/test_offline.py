"""After the first visit the guide works with the server gone; a new version never mixes with an old."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from decision_tree import guide
from decision_tree.outcome import Outcome
from decision_tree.tree import Compiled
from scripts.offline import write_offline
from scripts.site_steps.hashed_names import hashed_file, hashed_name, plain_name
from tests.browser import seen
from tests.browser.conftest import Site, Visit, serving
from tests.browser.test_faults import CASE, FRAGMENT, SCHOOL, handle_the_case

Visiting = Callable[..., Visit]
OFFLINE = {"service_workers": "allow"}


@pytest.fixture
def own_site(tmp_path: Path, finished_site: Path) -> Iterator[Site]:
    """A copy of the site that a test may change and take down."""
    folder = tmp_path / "site"
    shutil.copytree(finished_site, folder, copy_function=os.link)
    yield from serving(folder)


def rewrite(file: Path, old: str, new: str) -> None:
    """Change a file of the copy; the original, which shares the link, stays as it is."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    forget(file)
    file.write_text(text.replace(old, new), encoding="utf-8")


def name_anew(folder: Path, file: Path) -> None:
    """Give a file that was rewritten the name that its content has, on every page that loads it."""
    new = file.rename(file.with_name(plain_name(file)))
    new = new.rename(new.with_name(hashed_name(new)))
    for page in folder.rglob("*.html"):
        if file.name in page.read_text(encoding="utf-8"):
            rewrite(page, file.name, new.name)


def forget(file: Path) -> None:
    """Remove a file of the copy, and what was packed from it."""
    for old in (file, *file.parent.glob(f"{file.name}.*")):
        old.unlink()


def visited(site: Site, visiting: Visiting) -> Visit:
    """Someone who has opened the guide once, until all of it was kept."""
    visit = visiting(expect_complaints=True, **OFFLINE)
    visit.open(site.guide(SCHOOL))
    visit.python_ready()
    visit.wait(f'[data-guide][data-offline="{SCHOOL} python"]')
    return visit


def test_after_one_visit_everything_works_with_the_server_gone(
    own_site: Site, visiting: Visiting, schools: dict[str, Compiled]
) -> None:
    visit = visited(own_site, visiting)
    own_site.server.shutdown()
    own_site.server.server_close()
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


def test_a_school_that_was_not_opened_is_not_kept(own_site: Site, visiting: Visiting) -> None:
    visit = visited(own_site, visiting)
    kept = visit.page.evaluate(
        """async () => (await Promise.all((await caches.keys()).map(async (name) =>
             (await (await caches.open(name)).keys()).map((r) => new URL(r.url).pathname)))).flat()"""
    )
    assert f"/scholen/{SCHOOL}/wijzer/" in kept
    assert not any("wijhe" in path for path in kept)
    assert not any("happened" in path for path in kept)


def test_a_new_version_is_offered_and_only_then_taken_whole(
    own_site: Site, visiting: Visiting
) -> None:
    visit = visited(own_site, visiting)
    page = own_site.folder / "scholen" / SCHOOL / "wijzer" / "index.html"
    rewrite(page, "toch gevaar?", "gevaar, nieuwe versie?")
    script = hashed_file(own_site.folder / "assets" / "guide" / "guide.mjs")
    rewrite(script, 'guide.dataset.ready="";', 'guide.dataset.ready="new";')
    name_anew(own_site.folder, script)
    forget(own_site.folder / "sw.js")
    write_offline(own_site.folder)
    visit.open("about:blank")
    visit.open(own_site.guide(SCHOOL, "nl", FRAGMENT))
    notice = visit.page.get_by_role("button", name="Vernieuwen")
    notice.wait_for()
    words = visit.page.locator(".pw-help-lines a[data-start]")
    assert words.text_content() == "toch gevaar?"
    assert visit.page.locator("[data-guide]").get_attribute("data-ready") == ""
    notice.click()
    visit.wait('[data-guide][data-ready="new"]')
    assert words.text_content() == "gevaar, nieuwe versie?"
    visit.wait(".is-here[data-outcome]")


def test_a_site_that_is_half_replaced_is_not_kept_at_all(
    own_site: Site, visiting: Visiting
) -> None:
    """The list names one style sheet, the server sends another: nothing is kept, the page works."""
    rewrite(
        hashed_file(own_site.folder / "assets" / "parts.css"), ".pw-phase", ".pw-phase-of-tomorrow"
    )
    visit = visiting(expect_complaints=True, **OFFLINE)
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


def test_an_unlisted_page_still_comes_from_the_network(own_site: Site, visiting: Visiting) -> None:
    visit = visited(own_site, visiting)
    own_site.asked.clear()
    visit.open(f"{own_site.root}scholen/wijhe/wijzer/")
    visit.python_ready()
    assert "/scholen/wijhe/wijzer/" in own_site.asked


def test_a_browser_that_refuses_service_workers_shows_the_guide_all_the_same(
    own_site: Site, visiting: Visiting
) -> None:
    visit = visiting(**OFFLINE)
    visit.context.add_init_script(
        "if (navigator.serviceWorker) navigator.serviceWorker.register = () => Promise.reject(new Error('refused'));"
    )
    visit.open(own_site.guide(SCHOOL))
    visit.python_ready()
    handle_the_case(visit)
