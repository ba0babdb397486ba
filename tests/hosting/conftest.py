"""The built site behind a real nginx, on this machine only."""

from __future__ import annotations

import http.client
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from scripts.running_nginx import HELP, NGINX, RunningNginx, nginx_with_site


@dataclass(frozen=True)
class Answer:
    """What the server sent. Names of headers in lower case; the body as it came."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Server(RunningNginx):
    """A running nginx that can be asked."""

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """One request on a connection of its own."""
        return ask(self.port, path, method, **headers)


def ask(port: int, path: str, method: str = "GET", **headers: str) -> Answer:
    """One request of what listens there; `Accept_Encoding` is the header of that name."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        return ask_on(connection, path, method, **headers)
    finally:
        connection.close()


def ask_on(
    connection: http.client.HTTPConnection, path: str, method: str = "GET", **headers: str
) -> Answer:
    """One request on a connection that stays open."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, headers={"Accept-Encoding": "identity", **named})
    response = connection.getresponse()
    sent = {name.lower(): value for name, value in response.getheaders()}
    return Answer(response.status, sent, response.read())


@pytest.fixture(scope="session")
def site(finished_site: Path) -> Path:
    return finished_site


@pytest.fixture(scope="session")
def nginx(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The site as it is published by hand: one folder."""
    _needs_nginx()
    with nginx_with_site(site, site, tmp_path_factory.mktemp("nginx")) as running:
        yield Server(**vars(running))


@pytest.fixture
def starting(tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Start an nginx with a root of one's own."""
    _needs_nginx()
    with ExitStack() as all_running:

        def start(site: Path, root: Path, under: str = "") -> Server:
            folder = tmp_path / f"nginx-for-{root.name}"
            folder.mkdir()
            running = all_running.enter_context(nginx_with_site(site, root, folder, under))
            return Server(**vars(running))

        yield start


def _needs_nginx() -> None:
    if NGINX is None:
        pytest.skip(HELP)
