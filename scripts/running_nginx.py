"""An nginx that runs on this machine for as long as it is needed: for the tests, and to measure it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from scripts.nginx import Host, nginx_configuration
from scripts.progress import Stop

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
"""Debian keeps it where only root's PATH leads."""

HELP = "there is no nginx here (Debian, Ubuntu: apt-get install nginx-light)"

_MAIN = """\
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


_OWN = """\
location = /own { return 204; }
location = /unpacked-meanwhile { rewrite ^ /version.txt.br last; }
location = /gone-meanwhile { rewrite ^ /nowhere/index.html.br last; }
"""
"""Lines of a host's own. The last two do what a request meets between two versions: a packed file is
looked for, found, and not there when it is opened."""


@dataclass(frozen=True)
class RunningNginx:
    """``folder`` holds its configuration, and what it writes."""

    port: int
    folder: Path
    process: subprocess.Popen[str]

    def signal(self, number: int) -> None:
        """Tell nginx something, as `nginx -s` would."""
        self.process.send_signal(number)

    @property
    def log(self) -> Path:
        return self.folder / "log.txt"

    @property
    def errors(self) -> Path:
        return self.folder / "errors.txt"


@contextmanager
def nginx_with_site(
    site: Path, root: Path, folder: Path, under: str = ""
) -> Iterator[RunningNginx]:
    """nginx as `scripts/nginx.py` configures it for this site, published at ``root``."""
    own = folder / "own.conf"
    own.write_text(_OWN, encoding="utf-8")

    def configuration(port: int) -> str:
        host = Host(
            name="localhost",
            root=str(root),
            listen=f"127.0.0.1:{port}",
            under=under,
            log=str(folder / "log.txt"),
            errors=str(folder / "errors.txt"),
            include=str(own),
        )
        return nginx_configuration(site, host)

    with running_nginx(folder, configuration) as running:
        yield running


@contextmanager
def running_nginx(folder: Path, configuration: Callable[[int], str]) -> Iterator[RunningNginx]:
    """nginx with what ``configuration`` makes of a free port.

    `Stop` if there is no nginx, or if it refuses that configuration.
    """
    if NGINX is None:
        raise Stop(HELP)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    (folder / "site.conf").write_text(configuration(port), encoding="utf-8")
    main = folder / "nginx.conf"
    # root's own workers are to read a folder of root's
    user = "user root;\n" if os.name == "posix" and os.geteuid() == 0 else ""
    main.write_text(user + _MAIN.format(folder=folder), encoding="utf-8")
    command = [NGINX, "-p", str(folder), "-c", str(main), "-e", str(folder / "errors.txt")]
    checked = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    if checked.returncode:
        raise Stop(f"nginx does not start:\n{checked.stderr}")
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            _wait_until_it_listens(process, port)
            yield RunningNginx(port, folder, process)
        finally:
            process.terminate()


def _wait_until_it_listens(process: subprocess.Popen[str], port: int) -> None:
    while process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=60).close()
        except ConnectionRefusedError:
            continue
        return
    raise Stop(f"nginx stopped at once:\n{process.stderr and process.stderr.read()}")
