"""A protocol file in which every text means harm: read, drawn, bundled and opened in a browser."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml import html
from playwright.sync_api import Browser, Page

from decision_tree.browser import dump
from decision_tree.protocol import Protocol
from decision_tree.reading import read_contacts, read_protocol, read_safety
from decision_tree.tree import compile_tree
from scripts.bundle.make import make_bundle
from scripts.offline import write_offline
from scripts.pages.content import Content
from scripts.progress import ROOT
from scripts.site.build import build_pages
from scripts.site_server import site_server
from scripts.site_steps.headers import write_headers
from tests.inline import OURS

SOUND = ROOT / "decision_tree" / "checks" / "examples" / "sound.yaml"
WORDS = {"nl", "en", "name", "place", "title", "label"}
"""Keys of a protocol file that hold words, where they hold no list or mapping."""

HARM = (
    ' </script><script>window.harmed = 1</script> <img src=x onerror="window.harmed = 2">'
    ' <a href="javascript:window.harmed = 3">x</a> \' " & &lt; --> <!-- {{ 1 / 0 }} {% fail %}'
    " \"}]}' </textarea></title><svg onload=window.harmed=4> `${window.harmed = 5}`"
)


def harmful(thing: Any) -> Any:
    """The same file with harm behind every text."""
    if isinstance(thing, list):
        return [harmful(item) for item in thing]
    if not isinstance(thing, dict):
        return thing
    return {
        key: value + HARM if key in WORDS and isinstance(value, str) else harmful(value)
        for key, value in thing.items()
    }


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hostile")


@pytest.fixture(scope="module")
def protocol(folder: Path) -> Protocol:
    """Read from a file, as any school's."""
    file = folder / "example.yaml"
    text = yaml.safe_dump(harmful(yaml.safe_load(SOUND.read_text(encoding="utf-8"))))
    file.write_text(text, encoding="utf-8")
    return read_protocol(file)


@pytest.fixture(scope="module")
def site(folder: Path, protocol: Protocol) -> Path:
    """Its whole site, Python included."""
    content = Content(
        protocols=(protocol,), safety=read_safety(), contacts=read_contacts()
    )  # fmt: skip
    site = folder / "site"
    build_pages(site, content)
    write_headers(site)
    schools = {protocol.school.id: dump(compile_tree(protocol), content.safety)}
    make_bundle(schools, folder / "bundle", pack=False)
    shutil.copytree(folder / "bundle", site / "assets" / "guide" / "python")
    write_offline(site)
    return site


def school_pages(site: Path) -> list[Path]:
    return sorted(site.glob("**/scholen/example/**/index.html"))


def test_harm_stays_text_on_every_page(site: Path, protocol: Protocol) -> None:
    """No script, handler, picture or link comes of it; the words are there to be read."""
    pages = school_pages(site)
    assert len(pages) > 10
    for page in pages:
        tree = html.fromstring(page.read_text(encoding="utf-8"))
        for script in tree.iter("script"):
            is_data = script.get("type") == "application/json"
            assert script.get("src") or is_data or script.text == OURS, page
        for element in tree.iter("*"):
            for name, value in element.attrib.items():
                assert not str(name).startswith("on"), f"{page}: {name!r}"
                assert not str(value).strip().lower().startswith("javascript:"), (
                    f"{page}: {value!r}"
                )
        assert not list(tree.iter("img")), page
        assert "window.harmed" in "".join(map(str, tree.itertext())), page


@dataclass
class Watched:
    """A page of a browser, and whatever it had to complain about."""

    page: Page
    root: str
    complaints: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def watched(site: Path, browser: Browser) -> Iterator[Watched]:
    with site_server(site, 0) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        context = browser.new_context(service_workers="block")
        seen = Watched(context.new_page(), f"http://127.0.0.1:{server.server_port}/")
        seen.page.set_default_timeout(120_000)
        seen.page.on("pageerror", lambda error: seen.complaints.append(str(error)))
        seen.page.on("dialog", lambda dialog: seen.complaints.append(dialog.message))
        context.on("console", lambda message: seen.complaints.append(message.text)
                   if message.type == "error" else None)  # fmt: skip
        yield seen
        context.close()
        server.shutdown()
        thread.join()


@pytest.mark.browser
@pytest.mark.pyodide
def test_harm_does_nothing_in_a_browser(site: Path, watched: Watched) -> None:
    """On any page; the policy has nothing to stop, since there is nothing."""
    for file in school_pages(site):
        path = file.relative_to(site).as_posix().removesuffix("index.html")
        watched.page.goto(watched.root + path)
        assert watched.page.evaluate("window.harmed") is None, path
    assert watched.complaints == []


@pytest.mark.browser
@pytest.mark.pyodide
def test_harm_does_nothing_when_python_brings_it(watched: Watched) -> None:
    """Outcome, reasons and dates come from Python as text and stay text."""
    page = watched.page
    page.goto(f"{watched.root}scholen/example/wijzer/")
    page.wait_for_selector('[data-guide][data-python="ready"]', state="attached")
    for question, answer in (("red_flag", "none"), ("how_often", "first"), ("classes", "same")):
        page.locator(f'.is-here a[data-q="{question}"][data-a="{answer}"]').click()
    page.wait_for_selector('[data-guide][data-driven-by="python"] .is-here[data-outcome]')
    page.wait_for_selector('.is-here [data-extra="dates"]:not([hidden])', state="attached")
    assert "window.harmed" in page.locator(".is-here").inner_text()
    assert page.evaluate("window.harmed") is None
    assert watched.complaints == []
