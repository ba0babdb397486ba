"""The finished folder on the simplest hosts: one that sets no headers, below a path, and a USB stick."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

ANSWERS = {"red_flag": "none", "happened": "verbal", "how_often": "first", "classes": "same"}
GUIDE = "scholen/cals/wijzer/"


class PlainHandler(SimpleHTTPRequestHandler):
    """What `python3 -m http.server` sends."""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the parent's name
        """Say nothing."""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.set_default_timeout(120_000)
    yield page
    page.close()


@pytest.fixture
def root(site: Path, tmp_path: Path) -> Iterator[str]:
    """A plain host that has the site below a path."""
    (tmp_path / "pesten").symlink_to(site, target_is_directory=True)
    handler = partial(PlainHandler, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/pesten/"
        server.shutdown()
        thread.join()


def test_below_a_path_on_a_host_without_headers_python_still_drives(page: Page, root: str) -> None:
    """Each page brings its policy along, and nothing asks for a file outside that path."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(root + GUIDE)
    page.wait_for_selector('[data-guide][data-python="ready"]', state="attached")
    for question, answer in ANSWERS.items():
        page.locator(f'.is-here a[data-q="{question}"][data-a="{answer}"]').click()
    page.wait_for_selector('[data-guide][data-driven-by="python"] .is-here[data-outcome]')
    assert [address for address in asked if not address.startswith(root)] == []


def test_from_a_stick_the_guide_works_by_its_links(page: Page, site: Path) -> None:
    """Browsers refuse modules and workers there; the pre-drawn screens and the styles are enough."""
    page.goto((site / GUIDE / "index.html").as_uri())
    assert page.evaluate("document.styleSheets.length") > 1
    for question, answer in ANSWERS.items():
        page.locator(f'a[data-q="{question}"][data-a="{answer}"]:visible').click()
    assert page.locator("[data-outcome]:visible [data-lead]").first.get_attribute("data-lead")
    assert page.locator("[data-outcome]:visible").count() == 1
