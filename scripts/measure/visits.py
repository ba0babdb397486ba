"""Visits with a real browser to folders that our own server serves, and what they cost."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, Playwright, ViewportSize

from scripts.find_chromium import QUIET, chromium
from scripts.site_server import SiteHandler, SiteServer

PATIENCE = 120_000
"""Milliseconds after which a visit counts as failed."""

_QUIET = 1.0
"""Seconds without a request after which nothing more is expected."""

_PHONE: ViewportSize = {"width": 360, "height": 740}


@dataclass(frozen=True, slots=True)
class Sent:
    """One answer of the server. ``at``: milliseconds since 1970; ``bytes``: of the body."""

    path: str
    at: float
    bytes: int


@dataclass
class Served:
    """A folder on a server of its own, and all that was sent from it."""

    root: str
    sent: list[Sent] = field(default_factory=list)

    def wait_until_quiet(self) -> None:
        """Return when nothing has been asked for a while."""
        known = -1
        while known != len(self.sent):
            known = len(self.sent)
            time.sleep(_QUIET)


class _Handler(SiteHandler):
    """The project's own server, which writes down what it sends."""

    served: Served

    def send_header(self, keyword: str, value: str) -> None:
        if keyword == "Content-Length":
            self.served.sent.append(Sent(self.path, time.time() * 1000, int(value)))
        super().send_header(keyword, value)


class _Server(SiteServer):
    """Does not complain of visitors who leave in the middle: each visit ends so."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def serving(folder: Path) -> Iterator[Served]:
    """A server of this folder, as long as it is needed."""
    handler = type("Measured", (_Handler,), {})
    server = _Server(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    served = Served(f"http://127.0.0.1:{server.server_port}/")
    handler.served = served  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def visitor(playwright: Playwright, script: str = "", **options: Any) -> Iterator[BrowserContext]:
    """A browser that has never been anywhere, and keeps what a browser keeps on disk.

    ``script`` runs in each page before the page's own.
    """
    with TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        context = playwright.chromium.launch_persistent_context(
            profile, executable_path=chromium(), args=QUIET, viewport=_PHONE, **options
        )
        try:
            if script:
                context.add_init_script(script)
            yield context
        finally:
            context.close()


@contextmanager
def window(browser: Browser, script: str) -> Iterator[Page]:
    """A page of a browser that runs already, with nothing kept from before and no service worker."""
    context = browser.new_context(viewport=_PHONE, service_workers="block")
    try:
        context.add_init_script(script)
        yield context.new_page()
    finally:
        context.close()


@contextmanager
def running(playwright: Playwright) -> Iterator[Browser]:
    """A browser for many windows."""
    browser = playwright.chromium.launch(executable_path=chromium(), args=QUIET)
    try:
        yield browser
    finally:
        browser.close()


def moment(page: Page, address: str) -> float:
    """Go there; the milliseconds since navigation at which the page noted `data-at` on its root."""
    page.goto(address, wait_until="commit")
    page.wait_for_selector("html[data-at]", state="attached", timeout=PATIENCE)
    return float(page.get_attribute("html", "data-at") or "nan")


def slow_phone(page: Page) -> None:
    """A quarter of this machine's speed and an ordinary mobile line."""
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": 100,
            "downloadThroughput": 4_000_000 / 8,
            "uploadThroughput": 1_000_000 / 8,
        },
    )
