"""A new version is published while visitors are busy: nobody gets an error, nobody gets a mix."""

from __future__ import annotations

import hashlib
import http.client
import json
import re
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from urllib.parse import urljoin

import pytest

from scripts.pages.content import read_content
from scripts.publish import publish, unchanging
from tests.two_versions import other_cals, write_next_version

from .conftest import Answer, Server, ask_on

VISITORS = 8
ROUNDS = 40
GUIDE = "/scholen/cals/wijzer/"
MANIFEST = re.compile(rb'data-manifest="([^"]+)"')


@pytest.fixture(scope="module")
def next_site(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same site after a change of a rule."""
    folder = tmp_path_factory.mktemp("next") / "site"
    content = read_content()
    cals = next(p for p in content.protocols if p.school.id == "cals")
    write_next_version(site, folder, content, other_cals(cals))
    return folder


@dataclass
class Visitor:
    """Opens the guide, then fetches what that page needs for Python, again and again."""

    server: Server
    stays_connected: bool
    halfway: Event
    over: Event
    errors: list[str] = field(default_factory=list)
    manifests: set[str] = field(default_factory=set)

    def run(self) -> None:
        """Some rounds before the new version is there, and as many after."""
        self.connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        for number in range(ROUNDS):
            self.one_round()
            if number == 3:
                self.halfway.set()
        self.over.wait(timeout=120)
        for _ in range(3):
            self.one_round()
        self.connection.close()

    def one_round(self) -> None:
        (named,) = MANIFEST.findall(self.get(GUIDE).body)
        address = urljoin(GUIDE, named.decode())
        self.manifests.add(address)
        manifest = json.loads(self.get(address).body or b"{}")
        library = self.get(urljoin(address, manifest["library"]))
        facts = manifest["files"][manifest["library"]]
        if hashlib.sha256(library.body).hexdigest() != facts["sha256"]:
            self.errors.append(f"{manifest['library']} is not what the list says")

    def get(self, address: str) -> Answer:
        try:
            answer = (
                ask_on(self.connection, address)
                if self.stays_connected
                else self.server.ask(address)
            )
        except (OSError, http.client.HTTPException) as error:
            self.errors.append(f"{address}: {error!r}")
            raise
        if answer.status != 200:
            self.errors.append(f"{address}: {answer.status}")
        return answer


@pytest.mark.parametrize("reload", [False, True], ids=["files only", "and nginx reloads"])
def test_no_visitor_gets_an_error_while_a_new_version_is_published(
    site: Path, next_site: Path, tmp_path: Path, starting: Callable[..., Server], reload: bool
) -> None:
    """Also not when nginx takes a new configuration at the same time."""
    target = tmp_path / "published"
    publish(site, target)
    server = starting(site, target / "current")
    over = Event()
    visitors = [Visitor(server, not reload, Event(), over) for _ in range(VISITORS)]
    with ThreadPoolExecutor(VISITORS) as pool:
        done = [pool.submit(visitor.run) for visitor in visitors]
        for visitor in visitors:
            assert visitor.halfway.wait(timeout=120)
        publish(next_site, target)
        if reload:
            server.signal(signal.SIGHUP)
        over.set()
        for result in done:
            result.result(timeout=120)
    assert [error for visitor in visitors for error in visitor.errors] == []
    assert all(len(visitor.manifests) == 2 for visitor in visitors)


def test_a_page_that_was_open_still_finds_its_own_files(
    site: Path, next_site: Path, tmp_path: Path, starting: Callable[..., Server]
) -> None:
    """Those with a hash in their names, as long as their version is kept."""
    target = tmp_path / "published"
    publish(site, target)
    server = starting(site, target / "current")
    publish(next_site, target)
    for path in unchanging(site):
        if path.endswith((".zip", ".wasm", ".mjs", ".css", ".json")):
            answer = server.ask(f"/{path}")
            assert (answer.status, answer.body) == (200, (site / path).read_bytes())
            assert "immutable" in answer.headers["cache-control"]
    assert server.ask(GUIDE).body == (next_site / GUIDE[1:] / "index.html").read_bytes()
