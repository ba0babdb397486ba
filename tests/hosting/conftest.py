"""The built site behind a real nginx, on this machine only."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from scripts.nginx import Host, nginx_configuration

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
"""Debian keeps it where only root's PATH leads."""

MAIN = """\
daemon off;
pid {folder}/pid;
error_log {folder}/errors.txt emerg;
worker_processes 2;
events {{ worker_connections 512; }}
http {{
  client_body_temp_path {folder}/body;
  fastcgi_temp_path {folder}/fastcgi;
  proxy_temp_path {folder}/proxy;
  scgi_temp_path {folder}/scgi;
  uwsgi_temp_path {folder}/uwsgi;
  include {folder}/site.conf;
}}
"""


@dataclass(frozen=True)
class Answer:
    """What the server sent. Names of headers in lower case; the body as it came."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Server:
    """A running nginx."""

    port: int
    folder: Path
    process: subprocess.Popen[str] | None = None

    def signal(self, number: int) -> None:
        """Tell nginx something, as `nginx -s` would."""
        assert self.process is not None
        self.process.send_signal(number)

    @property
    def log(self) -> Path:
        return self.folder / "log.txt"

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """One request on a connection of its own; `Accept_Encoding` is the header of that name."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
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


def nginx_at_work(site: Path, root: Path, folder: Path, under: str = "") -> Iterator[Server]:
    """nginx with the generated configuration, until it is no longer needed."""
    (folder / "own.conf").write_text("location = /own { return 204; }\n", encoding="utf-8")

    def configuration(port: int) -> str:
        host = Host(
            name="localhost",
            root=str(root),
            listen=f"127.0.0.1:{port}",
            under=under,
            log=str(folder / "log.txt"),
            errors=str(folder / "errors.txt"),
            include=str(folder / "own.conf"),
        )
        return nginx_configuration(site, host)

    yield from running_nginx(folder, configuration)


def running_nginx(folder: Path, configuration: Callable[[int], str]) -> Iterator[Server]:
    """nginx with what this makes of a free port; its files go into the folder."""
    if NGINX is None:
        pytest.skip("there is no nginx here (Debian, Ubuntu: apt-get install nginx-light)")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    (folder / "site.conf").write_text(configuration(port), encoding="utf-8")
    main = folder / "nginx.conf"
    main.write_text(MAIN.format(folder=folder), encoding="utf-8")
    if os.name == "posix" and os.geteuid() == 0:  # its workers are to read a folder of root's
        main.write_text("user root;\n" + main.read_text(encoding="utf-8"), encoding="utf-8")
    command = [NGINX, "-p", str(folder), "-c", str(main), "-e", str(folder / "errors.txt")]
    checked = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as running:
        try:
            _wait_until_it_listens(running, port)
            yield Server(port, folder, running)
        finally:
            running.terminate()


def _wait_until_it_listens(running: subprocess.Popen[str], port: int) -> None:
    while True:
        assert running.poll() is None, running.stderr and running.stderr.read()
        try:
            socket.create_connection(("127.0.0.1", port), timeout=60).close()
        except ConnectionRefusedError:
            continue
        return


@pytest.fixture(scope="session")
def site(finished_site: Path) -> Path:
    return finished_site


@pytest.fixture(scope="session")
def nginx(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The site as it is published by hand: one folder."""
    yield from nginx_at_work(site, site, tmp_path_factory.mktemp("nginx"))


@pytest.fixture
def starting(tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Start an nginx with a root of one's own."""
    running: list[Iterator[Server]] = []

    def start(site: Path, root: Path, under: str = "") -> Server:
        folder = tmp_path / f"nginx-{len(running)}"
        folder.mkdir()
        running.append(nginx_at_work(site, root, folder, under))
        return next(running[-1])

    yield start
    for server in running:
        next(server, None)
