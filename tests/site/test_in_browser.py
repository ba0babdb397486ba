"""The site in Chromium: nothing refused, nobody else asked, usable by keyboard and by everyone."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from scripts.site_server import site_server
from tests.axe import complaints_of_axe

from .conftest import BuiltSite

pytestmark = pytest.mark.browser

KINDS = (
    "", "nu-gevaar/", "pesten-plagen-ruzie/", "cyberpesten/", "gesprekken/", "contract/", "hulplijnen/",
    "vergelijken/", "woordenlijst/", "over/", "zoeken/", "mijn-school-staat-er-niet-bij/", "vragen-van-ouders/",
    "bijhouden/", "brief-aan-school/",
    *(f"scholen/cals/{kind}" for kind in (
        "", "protocol/", "zes-punten/", "rollen/", "ouders/", "opvolging/", "wie-doet-wat/", "kaart/", "tabel/",
        "stroomschema/", "achtergrond/", "bronnen/",
    )),
    "scholen/doultremont/stroomschema/", "scholen/amsfort/wie-doet-wat/", "vergelijken/#amsfort,doultremont",
)  # fmt: skip
"""One page of each kind, the largest chart and matrix, and the two longest protocols side by side."""

WIDTHS = (320, 360, 1280)


@dataclass
class Visit:
    """A page of the site and what went wrong on it."""

    page: Page
    root: str
    trouble: list[str] = field(default_factory=list)

    def go(self, path: str) -> Page:
        self.page.goto(self.root + path)
        return self.page


@pytest.fixture(scope="module")
def root(site: BuiltSite) -> Iterator[str]:
    with site_server(site.folder, 0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture
def visit(browser: Browser, root: str) -> Iterator[Visit]:
    """A visitor with a phone, who must not see anything fail or ask anyone else."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="nl-NL")
    page = context.new_page()
    visit = Visit(page, root)
    page.on("console", lambda m: visit.trouble.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: visit.trouble.append(error.message))
    page.on(
        "request",
        lambda r: None if r.url.startswith((root, "data:")) else visit.trouble.append(r.url),
    )
    yield visit
    context.close()
    assert visit.trouble == []


@pytest.mark.parametrize("language", ["", "en/"])
@pytest.mark.parametrize("path", KINDS)
def test_each_kind_of_page_loads_without_a_refusal_and_fits_the_screen(
    visit: Visit, language: str, path: str
) -> None:
    page = visit.go(language + path)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 740})
        over = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert over <= 0, f"{over} pixels too wide at {width}"


@pytest.fixture(scope="module")
def looked_at(browser: Browser) -> Iterator[Page]:
    """One window for all that is only looked at: the browser compiles axe once."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("language", ["", "en/"])
@pytest.mark.parametrize("path", KINDS)
def test_each_kind_of_page_is_accessible_on_a_phone_and_at_a_desk(
    looked_at: Page, root: str, path: str, language: str
) -> None:
    """In light; dark, which is a matter of the style sheets alone, in one language per screen."""
    page = looked_at
    page.goto("about:blank")
    found = []
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme="light")
        if width == 360:
            page.goto(root + language + path)
            page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
        found += complaints_of_axe(page, dark=(language == "") == (width == 360))
    assert found == []


def test_search_finds_the_other_forms_of_a_dutch_word(visit: Visit, site: BuiltSite) -> None:
    plural = "klachtenregelingen"
    assert not any(plural in page.text for page in site.pages.values()), (
        "pick a form that no page has"
    )
    page = visit.go("zoeken/")
    page.fill("#zoek", plural)
    page.wait_for_selector(".pw-hits mark")
    assert "klachtenregeling" in page.inner_text(".pw-hits mark >> nth=0").lower()


def test_search_finds_only_pages_in_its_own_language(visit: Visit) -> None:
    page = visit.go("en/zoeken/")
    page.fill("#zoek", "bullying")
    page.wait_for_selector(".pw-hits li")
    links = page.eval_on_selector_all(".pw-hits a", "links => links.map((a) => a.pathname)")
    assert links
    assert all(link.startswith("/en/") for link in links)


def test_what_one_searches_for_is_in_no_request(visit: Visit) -> None:
    asked: list[str] = []
    visit.page.on("request", lambda request: asked.append(request.url))
    page = visit.go("zoeken/")
    page.fill("#zoek", "mentor")
    page.press("#zoek", "Enter")
    page.wait_for_selector(".pw-hits li")
    assert not [url for url in asked if "mentor" in url]
    assert "mentor" not in page.url


def test_the_language_switch_keeps_the_page_and_the_place(visit: Visit) -> None:
    page = visit.go("scholen/cals/protocol/#fase-2")
    page.click("[data-keep-place]")
    page.wait_for_url("**/en/scholen/cals/protocol/#fase-2")
    page.click("[data-keep-place]")
    page.wait_for_url(f"{visit.root}scholen/cals/protocol/#fase-2")


def test_a_phone_sized_page_can_be_walked_by_keyboard(visit: Visit) -> None:
    page = visit.go("scholen/cals/ouders/")
    seen = []
    for _ in range(9):
        page.keyboard.press("Tab")
        seen.append(page.evaluate(
            "(() => { const e = document.activeElement, r = e.getBoundingClientRect();"
            " return [e.textContent.trim().replace(/\\s+/g, ' ').slice(0, 30), r.width > 0 && r.height > 0]; })()"
        ))  # fmt: skip
    assert all(visible for _, visible in seen), seen
    assert [text for text, _ in seen[:3]] == ["Naar de inhoud", "Protocolwijzer", "EN"]


def test_the_menu_opens_and_closes_by_keyboard(visit: Visit) -> None:
    page = visit.go("")
    page.focus(".pw-menu summary")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.pw-menu__list') !== null")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    assert page.evaluate("document.querySelector('.pw-menu').open") is False


def test_nothing_is_stored_until_a_visitor_chooses_the_colours(visit: Visit) -> None:
    page = visit.go("over/")
    assert page.evaluate("localStorage.length + document.cookie.length") == 0
    page.click("footer [data-shade] button")
    assert page.evaluate("document.documentElement.dataset.shade") == "dark"
    assert page.evaluate("Object.keys(localStorage)") == ["pw-shade"]
    page.reload()
    assert page.evaluate("document.documentElement.dataset.shade") == "dark"


def paper(page: Page) -> str:
    """What stands behind everything."""
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


@pytest.mark.parametrize("system", ["light", "dark"])
def test_the_colours_are_those_of_the_system_or_those_that_one_chose(
    visit: Visit, system: Literal["light", "dark"]
) -> None:
    """Light and dark differ; a choice wins over the system, and paper is white."""
    page = visit.go("over/")
    seen = {}
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        seen[scheme] = paper(page)
    assert seen["light"] != seen["dark"]
    page.emulate_media(color_scheme=system)
    assert paper(page) == seen[system]
    page.click("footer [data-shade] button")
    assert paper(page) != seen[system]
    page.reload()
    assert paper(page) != seen[system]
    page.emulate_media(media="print", color_scheme=system)
    assert paper(page) == "rgb(255, 255, 255)"
    page.emulate_media(media="screen", color_scheme=system)
    page.click("footer [data-shade] button")
    assert paper(page) == seen[system]


def test_three_times_escape_leaves_the_site(visit: Visit) -> None:
    visit.page.route("https://www.knmi.nl/**", lambda route: route.fulfill(body="weer"))
    page = visit.go("scholen/cals/ouders/")
    for _ in range(3):
        page.keyboard.press("Escape")
    page.wait_for_url("https://www.knmi.nl/**")
    visit.trouble = [t for t in visit.trouble if "knmi.nl" not in t]


def test_an_unknown_address_gets_a_page_with_a_way_on(visit: Visit) -> None:
    page = visit.go("scholen/nergens/diep/")
    assert page.inner_text("h1") == "Deze pagina is er niet"
    page.click("article a >> nth=0")
    page.wait_for_url(visit.root)
    visit.trouble = [t for t in visit.trouble if "404" not in t]


def test_pages_work_without_scripts(browser: Browser, root: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(root + "scholen/cals/")
    page.click(".pw-menu summary")
    page.click(".pw-menu__list a >> nth=1")
    page.wait_for_url("**/pesten-plagen-ruzie/")
    page.click(".pw-lang a")
    page.wait_for_url("**/en/pesten-plagen-ruzie/")
    context.close()


@pytest.mark.parametrize("chosen", ["light", "dark"])
def test_the_chosen_colours_are_there_before_anything_is_painted(
    browser: Browser, root: str, chosen: Literal["light", "dark"]
) -> None:
    """Also on a system of the other kind, and though the scripts of the page come later or never."""
    context = browser.new_context(color_scheme="dark" if chosen == "light" else "light")
    context.add_init_script(f"localStorage.setItem('pw-shade', '{chosen}')")
    page = context.new_page()
    page.route("**/page.js", lambda route: route.abort())
    for path in ("", "scholen/cals/wijzer/", "404.html"):
        page.goto(root + path)
        assert page.evaluate("document.documentElement.dataset.shade") == chosen
        assert (paper(page) == "rgb(24, 23, 21)") == (chosen == "dark")
        at = page.evaluate("document.head.innerHTML.search(/<link[^>]*stylesheet/)")
        assert 0 < page.evaluate("document.head.innerHTML.indexOf('pw-shade')") < at
    context.close()
