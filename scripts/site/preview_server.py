"""Serves the preview: makes a page before it sends it, and has open pages reload after a change."""

from __future__ import annotations

import html
import threading
from functools import partial
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote

from decision_tree.errors import BadFile
from scripts.progress import Stop, say
from scripts.site.preview import Preview
from scripts.site_server import SiteHandler, SiteServer

_OURS = "/-/"
"""Below this address stands what only the preview has."""

_RELOAD = """\
// Reloads this page when what it is made from has changed since, and when the preview was started anew.
const { search } = new URL(document.currentScript.src); // which run of the preview sent it, after how many changes
const changes = new EventSource(`/-/changes${search}`);
changes.addEventListener("change", () => location.reload());
"""

_NO_WORKER = """\
// A site that was served here before may have left its worker, which would show old pages.
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", async () => {
  for (const name of await caches.keys()) await caches.delete(name);
  await self.registration.unregister();
});
"""

_SCRIPT = '<script src="/-/reload.js?{version}" defer></script>'
_ERROR_PAGE = """\
<!doctype html><html lang="en"><meta charset="utf-8"><title>Not built</title>
<style>body{{font:1rem/1.5 ui-monospace,monospace;margin:2rem;max-width:70rem}}
li{{margin:.5em 0;white-space:pre-wrap;overflow-wrap:anywhere}}</style>
<h1>This page cannot be built</h1><ul>{lines}</ul><p>It is tried again when you save.</p>
{script}</html>
"""


class Changes:
    """Tells every open page that something changed."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self.count = 0

    def tell(self) -> None:
        with self._condition:
            self.count += 1
            self._condition.notify_all()

    def wait(self, known: int, seconds: float) -> int:
        """The count once it is no longer ``known``, or after so many seconds."""
        with self._condition:
            self._condition.wait_for(lambda: self.count != known, seconds)
            return self.count


class PreviewHandler(SiteHandler):
    """As the server of a finished site; pages are made when they are asked for."""

    def __init__(self, *args: object, preview: Preview, changes: Changes, run: str) -> None:
        self._preview, self._changes, self._run = preview, changes, run
        super().__init__(*args, directory=str(preview.folder))  # type: ignore[arg-type]  # the parent's three

    def send_head(self) -> BinaryIO | None:
        """As the parent, of a page that is new."""
        path = unquote(self.path.partition("?")[0])
        self._version = (
            f"{self._run}-{self._changes.count}"  # before anything is read for the answer
        )
        if path.startswith(_OURS):
            return self._ours(path.removeprefix(_OURS))
        if path == "/sw.js":
            return self._send_text(_NO_WORKER, "text/javascript; charset=utf-8")
        try:
            self._preview.fresh(path.lstrip("/"))
        except Exception as error:  # whatever it is, its writer must see it in the page
            lines = _told(error)
            say("\n".join(lines))
            items = "".join(f"<li>{html.escape(line)}</li>" for line in lines)
            return self._send_text(
                _ERROR_PAGE.format(lines=items, script=self._script),
                "text/html; charset=utf-8",
                HTTPStatus.INTERNAL_SERVER_ERROR,
            )
        return super().send_head()

    def _send_file(self, path: Path, status: HTTPStatus) -> BinaryIO | None:
        if path.suffix != ".html":
            return super()._send_file(path, status)
        text = path.read_bytes().replace(b"</body>", f"{self._script}</body>".encode())
        return self._send_bytes(text, "text/html; charset=utf-8", status)

    @property
    def _script(self) -> str:
        return _SCRIPT.format(version=self._version)

    def _ours(self, name: str) -> BinaryIO | None:
        if name == "reload.js":
            return self._send_text(_RELOAD, "text/javascript; charset=utf-8")
        if name == "changes":
            self._stream_changes()
            return None
        self.send_error(HTTPStatus.NOT_FOUND)
        return None

    def _send_text(self, text: str, kind: str, status: HTTPStatus = HTTPStatus.OK) -> BinaryIO:
        return self._send_bytes(text.encode(), kind, status)

    def _send_bytes(self, content: bytes, kind: str, status: HTTPStatus) -> BinaryIO:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        return BytesIO(content)

    def _stream_changes(self) -> None:
        run, _, count = self.path.partition("?")[2].rpartition("-")
        known = int(count) if run == self._run and count.isdecimal() else -1
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        while True:
            now = self._changes.wait(known, 15)
            self._event("change" if now != known else "still", str(now))
            known = now

    def _event(self, name: str, data: str) -> None:
        self.wfile.write(f"event: {name}\ndata: {data}\n\n".encode())
        self.wfile.flush()


def _told(error: Exception) -> list[str]:
    """What a writer can use: the lines of a faulty file, or what went wrong and where."""
    if isinstance(error, (BadFile, Stop)):
        return str(error).splitlines()
    place = error.__traceback__
    while place and place.tb_next:
        place = place.tb_next
    where = f"{place.tb_frame.f_code.co_filename}:{place.tb_lineno}: " if place else ""
    return [f"{where}{type(error).__name__}: {error}"]


def preview_server(preview: Preview, changes: Changes, run: str, port: int) -> SiteServer:
    """A server of the preview on 127.0.0.1; port 0 takes any free one. `OSError` if taken."""
    handler = partial(PreviewHandler, preview=preview, changes=changes, run=run)
    return SiteServer(("127.0.0.1", port), handler)
