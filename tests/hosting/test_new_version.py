"""A new version is published while visitors are busy: nobody gets an error, nobody gets a mix."""

from __future__ import annotations

import hashlib
import http.client
import json
import shutil
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

import pytest

from scripts.publish import publish, unchanging

from .conftest import Answer, Server, ask_on

VISITORS = 8
ROUNDS = 40
PYTHON = "assets/guide/python"
MARK = b"<!-- the next version -->"


@pytest.fixture
def next_site(site: Path, tmp_path: Path) -> Path:
    """The same site with another home and another library, as after a change of a rule."""
    folder = tmp_path / "next"
    shutil.copytree(site, folder)
    for ending in ("", ".br", ".gz"):
        (folder / f"index.html{ending}").unlink(missing_ok=True)
    (folder / "index.html").write_bytes((site / "index.html").read_bytes() + MARK)
    python = folder / PYTHON
    manifest = json.loads((python / "manifest.json").read_text(encoding="utf-8"))
    old = manifest["library"]
    content = (python / old).read_bytes() + b"\n"
    new = f"library-{hashlib.sha256(content).hexdigest()[:16]}.zip"
    for file in python.glob(f"{old}*"):
        file.unlink()
    (python / new).write_bytes(content)
    manifest["files"][new] = {"sha256": hashlib.sha256(content).hexdigest()}
    manifest["library"] = new
    (python / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder


@dataclass
class Visitor:
    """Opens the home page, then fetches what it needs for Python, again and again."""

    server: Server
    stays_connected: bool
    halfway: Event
    over: Event
    errors: list[str] = field(default_factory=list)
    homes: set[bool] = field(default_factory=set)

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
        home = self.get("/")
        self.homes.add(MARK in home.body)
        manifest = json.loads(self.get(f"/{PYTHON}/manifest.json").body or b"{}")
        library = self.get(f"/{PYTHON}/{manifest['library']}")
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
    assert all(visitor.homes == {False, True} for visitor in visitors)


def test_a_page_that_was_open_still_finds_its_own_files(
    site: Path, next_site: Path, tmp_path: Path, starting: Callable[..., Server]
) -> None:
    """Those with a hash in their names, as long as their version is kept."""
    target = tmp_path / "published"
    publish(site, target)
    server = starting(site, target / "current")
    publish(next_site, target)
    for path in unchanging(site):
        if path.endswith((".zip", ".wasm", ".mjs")):
            answer = server.ask(f"/{path}")
            assert (answer.status, answer.body) == (200, (site / path).read_bytes())
            assert "immutable" in answer.headers["cache-control"]
    assert MARK in server.ask("/").body
