"""The built site on a real server, in a real Chromium that talks to nobody else."""

from __future__ import annotations

import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from decision_tree.reading import read_protocol, school_files
from decision_tree.tree import Compiled, compile_tree
from scripts.site_server import SiteHandler, SiteServer

PATIENCE = 180_000
"""Milliseconds after which a wait counts as failed; nothing is measured with it."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@dataclass
class Site:
    """The site under test. ``faults``: pattern of a path -> what goes wrong with it."""

    folder: Path
    server: SiteServer
    faults: dict[str, Callable[[Handler], bool]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/"

    def guide(self, school: str, language: str = "nl", fragment: str = "") -> str:
        folder = "en/" if language == "en" else ""
        return f"{self.root}{folder}scholen/{school}/wijzer/{fragment}"

    def fault(self, path: str) -> Callable[[Handler], bool] | None:
        return next((fault for key, fault in self.faults.items() if re.search(key, path)), None)


class Handler(SiteHandler):
    """The project's own server, which can be told to fail."""

    site: Site
    replaced_headers: dict[str, str]

    def do_GET(self) -> None:  # noqa: N802 - the parent's name
        self.site.asked.append(self.path)
        self.replaced_headers = {}
        fault = self.site.fault(self.path)
        if fault is None or not fault(self):
            super().do_GET()

    def send_header(self, keyword: str, value: str) -> None:
        super().send_header(keyword, self.replaced_headers.get(keyword, value))


def missing(handler: Handler) -> bool:
    """The file is not there."""
    handler.send_error(404)
    return True


def cut_short(handler: Handler) -> bool:
    """Half of the file arrives, as if that were all."""
    body = Path(handler.translate_path(handler.path)).read_bytes()
    handler.send_response(200)
    handler.send_header("Content-Type", "application/octet-stream")
    handler.send_header("Content-Length", str(len(body) // 2))
    handler.end_headers()
    handler.wfile.write(body[: len(body) // 2])
    return True


def without_wasm(handler: Handler) -> bool:
    """A host whose policy forbids WebAssembly, for pages and workers alike."""
    handler.replaced_headers = {
        "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
        "connect-src 'self'; worker-src 'self'; font-src 'self'; img-src 'self' data:"
    }
    return False


@dataclass
class Hold:
    """A file that does not come until it is let go."""

    free: threading.Event = field(default_factory=threading.Event)

    def __call__(self, handler: Handler) -> bool:
        self.free.wait(timeout=600)
        return False


SLOW_3G = 400_000 / 8
"""Bytes a second."""

SLOW_3G_AWAY = 0.4
"""Seconds until the first byte."""


@dataclass
class SlowLine:
    """Everything shares one line of slow 3G, until it is made ``fast``."""

    fast: threading.Event = field(default_factory=threading.Event)
    turn: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, handler: Handler) -> bool:
        self.fast.wait(SLOW_3G_AWAY)
        if not isinstance(handler.wfile, _Dripping):
            handler.wfile = _Dripping(handler.wfile, self)  # type: ignore[assignment]
        return False


class _Dripping:
    """What is written goes out in small pieces, each in its turn on the line."""

    def __init__(self, out: Any, line: SlowLine) -> None:
        self._out, self._line = out, line

    def write(self, data: bytes) -> int:
        for at in range(0, len(data), 4096):
            piece = data[at : at + 4096]
            with self._line.turn:
                self._line.fast.wait(len(piece) / SLOW_3G)
            self._out.write(piece)
        return len(data)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._out, name)


@pytest.fixture(scope="session")
def shared_site(finished_site: Path) -> Iterator[Site]:
    yield from serving(finished_site)


def serving(folder: Path) -> Iterator[Site]:
    """A server of this folder, as long as it is needed."""
    handler = type("SiteUnderTest", (Handler,), {})
    server = SiteServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    site = handler.site = Site(folder, server)  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield site
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def site(shared_site: Site) -> Iterator[Site]:
    """The shared site, whole again after each test."""
    shared_site.asked.clear()
    yield shared_site
    shared_site.faults.clear()


@pytest.fixture
def own_site(tmp_path: Path, finished_site: Path) -> Iterator[Site]:
    """A copy of the site that a test may change and take down."""
    folder = tmp_path / "site"
    shutil.copytree(finished_site, folder, copy_function=os.link)
    yield from serving(folder)


@dataclass
class Visit:
    """A visitor with a page of their own; ``complaints`` is what the browser had to say."""

    page: Page
    context: BrowserContext
    complaints: list[str]
    requests: list[str]

    def open(self, address: str) -> None:
        self.page.goto(address)

    def wait(self, selector: str) -> None:
        self.page.wait_for_selector(selector, state="attached", timeout=PATIENCE)

    def shown(self) -> str | None:
        """Which showing this is: the guide counts them, and has none while one is under way."""
        return self.page.get_attribute("[data-guide]", "data-shown")

    def shown_after(self, before: str | None) -> None:
        """Another showing is done, and nothing more follows."""
        self.wait(f'[data-guide][data-shown]:not([data-shown="{before}"])')

    def takes_taps(self) -> None:
        """What is new takes none for a moment; Playwright waits for that by itself, unless it is forced."""
        self.wait("body:not([data-settling])")

    def python_ready(self) -> None:
        """Python is there, and what it had to say of this screen is shown."""
        self.wait('[data-guide][data-python="ready"][data-shown]')


@pytest.fixture
def visiting(browser: Browser) -> Iterator[Callable[..., Visit]]:
    """Make visitors; any script error or breach of the policy that is not expected fails the test."""
    visits: list[tuple[Visit, bool]] = []

    def make(*, expect_complaints: bool = False, **options: Any) -> Visit:
        options = {"viewport": {"width": 360, "height": 740}, "service_workers": "block", **options}
        context = browser.new_context(**options)
        visit = follow(context)
        visits.append((visit, expect_complaints))
        return visit

    yield make
    for visit, expected in visits:
        visit.context.close()
        if not expected:
            assert visit.complaints == []


def follow(context: BrowserContext) -> Visit:
    """Watch what happens in a context from here on."""
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    visit = Visit(page, context, [], [])
    page.on("pageerror", lambda error: visit.complaints.append(str(error)))

    def hear(message: ConsoleMessage) -> None:
        ours = message.type in ("error", "warning") and "blocked by Playwright" not in message.text
        if ours:
            visit.complaints.append(message.text)

    page.on("console", hear)
    context.on("request", lambda request: visit.requests.append(request.url))
    return visit


@pytest.fixture(scope="session")
def schools() -> dict[str, Compiled]:
    return {name: compile_tree(read_protocol(file)) for name, file in school_files().items()}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that names a ``school`` or a ``language`` runs for each of them."""
    if "school" in metafunc.fixturenames:
        metafunc.parametrize("school", sorted(school_files()))
    if "language" in metafunc.fixturenames:
        metafunc.parametrize("language", ["nl", "en"])
