"""The finished folder on the simplest hosts: without headers below a path, with joined ones, on a USB stick."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Response

from scripts.site_server import read_rules
from scripts.site_steps.hashed_names import hashed_file

pytestmark = pytest.mark.browser

ANSWERS = {"red_flag": "none", "happened": "verbal", "how_often": "first", "classes": "same"}
GUIDE = "scholen/cals/wijzer/"


class PlainHandler(SimpleHTTPRequestHandler):
    """What `python3 -m http.server` sends."""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the parent's name
        """Say nothing."""


class UntypedHandler(PlainHandler):
    """As hosts do that have not heard of WebAssembly."""

    def guess_type(self, path: Any) -> str:
        is_wasm = str(path).endswith(".wasm")
        return "application/octet-stream" if is_wasm else super().guess_type(path)


class JoiningHandler(PlainHandler):
    """As hosts do that join what several blocks of `_headers` say, where ours lets the last one hold."""

    def end_headers(self) -> None:
        rules = read_rules((Path(self.directory) / "_headers").read_text(encoding="utf-8"))
        said: dict[str, list[str]] = {}
        for pattern, headers in rules:
            if pattern.fullmatch(self.path):
                for name, value in headers.items():
                    said.setdefault(name, []).append(value)
        for name, values in said.items():
            self.send_header(name, ", ".join(values))
        super().end_headers()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.set_default_timeout(120_000)
    yield page
    page.close()


@contextmanager
def serving(handler: type[PlainHandler], folder: Path) -> Iterator[str]:
    """The address of a host that sends this folder."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder))) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture
def root(site: Path, tmp_path: Path) -> Iterator[str]:
    """A plain host that has the site below a path."""
    (tmp_path / "pesten").symlink_to(site, target_is_directory=True)
    with serving(PlainHandler, tmp_path) as host:
        yield f"{host}pesten/"


def walk_to_the_outcome(page: Page, root: str) -> None:
    """Answer the guide's questions and see that Python gave the answer."""
    page.goto(root + GUIDE)
    page.wait_for_selector('[data-guide][data-python="ready"]', state="attached")
    for question, answer in ANSWERS.items():
        page.locator(f'.is-here a[data-q="{question}"][data-a="{answer}"]').click()
    page.wait_for_selector('[data-guide][data-driven-by="python"] .is-here[data-outcome]')


def test_below_a_path_on_a_host_without_headers_python_still_drives(page: Page, root: str) -> None:
    """Each page brings its policy along, and nothing asks for a file outside that path."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    walk_to_the_outcome(page, root)
    assert [address for address in asked if not address.startswith(root)] == []


def test_on_a_host_that_joins_headers_python_still_drives(page: Page, site: Path) -> None:
    """The worker gets two policies there, and `no-cache` goes with files that others keep for long."""
    said: dict[str, str] = {}

    def heard(response: Response) -> None:
        if "/assets/guide/python/" in response.url:
            said[response.url] = response.headers["cache-control"]

    page.on("response", heard)
    with serving(JoiningHandler, site) as root:
        walk_to_the_outcome(page, root)
        script = hashed_file(site / "assets" / "guide" / "guide_worker.mjs").relative_to(site)
        worker = page.request.get(root + script.as_posix()).headers
    assert worker["content-security-policy"].count("default-src 'none'") == 2
    assert any("immutable" in how_long for how_long in said.values())
    assert all("no-cache" in how_long for how_long in said.values())


def test_on_a_host_that_knows_no_type_for_wasm_python_still_drives(page: Page, site: Path) -> None:
    """Browsers compile no other type while it comes in; Pyodide by itself would fall back too."""
    with serving(UntypedHandler, site) as root:
        walk_to_the_outcome(page, root)


def test_from_a_stick_the_guide_works_by_its_links(page: Page, site: Path) -> None:
    """Browsers refuse modules and workers there; the pre-drawn screens and the styles are enough."""
    page.goto((site / GUIDE / "index.html").as_uri())
    assert page.evaluate("document.styleSheets.length") > 1
    for question, answer in ANSWERS.items():
        page.locator(f'a[data-q="{question}"][data-a="{answer}"]:visible').click()
    assert page.locator("[data-outcome]:visible [data-lead]").first.get_attribute("data-lead")
    assert page.locator("[data-outcome]:visible").count() == 1
