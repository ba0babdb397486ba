"""nginx under load: what a first visit to the guide fetches, while a new version is published."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from scripts.bundle.compress import compress
from scripts.measure.figures import Figure, ratio
from scripts.measure.guide import built_site
from scripts.progress import say
from scripts.publish import publish
from scripts.running_nginx import NGINX, RunningNginx, nginx_with_site, running_nginx

GROUP = "load"
SECONDS = 30
CONNECTIONS = 64

_ASKS = """\
local paths = {%s}
local at = 0
request = function()
  at = at %% #paths + 1
  return wrk.format("GET", paths[at], {["Accept-Encoding"] = "br, gzip"})
end
done = function(summary)
  local e = summary.errors
  local lost = e.connect + e.read + e.write + e.timeout
  io.write(string.format("COUNTED %%d %%d %%d %%d\\n", summary.requests, summary.duration, lost, e.status))
end
"""
"""For wrk: the paths in turn; at the end what was answered, in how many microseconds, and what was not."""


@dataclass(frozen=True)
class Counted:
    """``failed``: connections, reads and writes that broke or timed out, and answers of 400 and more."""

    per_second: float
    failed: int


def figures(runs: int) -> Iterator[Figure]:
    """Requests a second beside a bare nginx that sends the same bytes, and how many failed."""
    if not (shutil.which("wrk") and NGINX):
        say("needs wrk and nginx (Debian, Ubuntu: apt-get install wrk nginx-light)")
        return
    ours: list[Counted] = []
    bare: list[Counted] = []
    with tempfile.TemporaryDirectory() as temporary:
        site = built_site(Path(temporary)).resolve()
        paths = first_visit(site)
        for run in range(max(1, runs // 5)):  # half a minute each
            folder = Path(temporary, str(run))
            published, newer = folder / "published", _next_version(site, folder / "next", paths[0])
            publish(site, published)
            with nginx_with_site(site, published / "current", folder) as nginx:
                swap = _at_half_time(newer, published)
                addresses = [path.removesuffix("index.html") for path in paths]
                ours.append(_wrk(nginx.port, addresses, folder, during=swap))
            with _bare(site, folder) as nginx:
                bare.append(_wrk(nginx.port, [f"{path}.br" for path in paths], folder))
    how = f"{CONNECTIONS} connections, {SECONDS} s"
    rate = Figure(GROUP, f"answers, {how}, a new version halfway",
                  tuple(c.per_second for c in ours), "per second")  # fmt: skip
    plain = Figure(GROUP, "answers of a bare nginx, the same bytes",
                   tuple(c.per_second for c in bare), "per second")  # fmt: skip
    yield rate
    yield plain
    yield ratio(GROUP, "answers a second: ours / bare nginx", rate, plain)
    yield Figure(
        GROUP, "requests that failed", tuple(float(c.failed) for c in ours), "requests", "0"
    )


def first_visit(site: Path) -> list[str]:
    """A guide, and what its page asks for at once."""
    page = min(site.glob("scholen/*/wijzer/index.html"))
    here = page.parent
    named = re.findall(r'(?:href|src)="([^"#?]+\.(?:css|mjs|js))"', page.read_text("utf-8"))
    files = [page, *((here / name).resolve() for name in dict.fromkeys(named))]
    packed = [file for file in files if file.with_name(f"{file.name}.br").is_file()]
    return [f"/{file.relative_to(site).as_posix()}" for file in packed]


def _next_version(site: Path, folder: Path, page: str) -> Path:
    """The same site in which this page is another one."""
    shutil.copytree(site, folder)
    changed = folder / page.removeprefix("/")
    changed.write_text(f"{changed.read_text(encoding='utf-8')}<!-- next -->", encoding="utf-8")
    for packed in changed.parent.glob(f"{changed.name}.*"):
        packed.unlink()
    compress([changed])
    return folder


def _at_half_time(newer: Path, published: Path) -> Callable[[], None]:
    def swap() -> None:
        time.sleep(SECONDS / 2)
        publish(newer, published)

    return swap


def _bare(site: Path, folder: Path) -> AbstractContextManager[RunningNginx]:
    """An nginx with nothing but a root."""

    def configuration(port: int) -> str:
        return f"access_log off; server {{ listen 127.0.0.1:{port}; root {site}; }}\n"

    return running_nginx(folder, configuration)


def _wrk(
    port: int,
    paths: Sequence[str],
    folder: Path,
    during: Callable[[], None] = lambda: None,
) -> Counted:
    script = folder / "asks.lua"
    listed = ", ".join(f'"{path}"' for path in paths)
    script.write_text(_ASKS % listed, encoding="utf-8")
    command = ["wrk", "-t2", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "-s", str(script),
               f"http://127.0.0.1:{port}/"]  # fmt: skip
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        during()
        told, _ = running.communicate()
    counted = re.search(r"COUNTED (\d+) (\d+) (\d+) (\d+)", told)
    assert counted, told
    requests, microseconds, lost, refused = map(int, counted.groups())
    return Counted(requests / (microseconds / 1e6), lost + refused)
