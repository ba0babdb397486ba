"""Serves a built site on 127.0.0.1 as a good static host would: types, headers, .br and .gz.

The headers are those of the site's own `_headers` file (a pattern per block, `*` for anything,
`Name: value` lines indented below it), so what is tested here is what a static host sends.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, BinaryIO

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".zip": "application/zip",
}

PLAIN_HEADERS = """\
/*
  Content-Security-Policy: default-src 'self'; base-uri 'none'; frame-ancestors 'none'
  Cache-Control: no-cache
  Referrer-Policy: no-referrer
  X-Content-Type-Options: nosniff
/assets/guide/guide_worker*
  Content-Security-Policy: default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'
/assets/*--*
  Cache-Control: public, max-age=31536000, immutable
/assets/guide/python/*-*
  Cache-Control: public, max-age=31536000, immutable
"""
"""For a folder without `_headers`."""

_ENCODINGS = {"br": ".br", "gzip": ".gz"}

Blocks = list[tuple[str, dict[str, str]]]
Rules = list[tuple[re.Pattern[str], dict[str, str]]]


def read_blocks(text: str) -> Blocks:
    """The blocks of a `_headers` file, in order: pattern, and what it adds or overrules."""
    blocks: Blocks = []
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if not line[0].isspace():
            blocks.append((line.strip(), {}))
        else:
            name, _, value = line.strip().partition(":")
            blocks[-1][1][name] = value.strip()
    return blocks


def read_rules(text: str) -> Rules:
    """The same, ready to be matched."""
    return [
        (re.compile(".*".join(map(re.escape, pattern.split("*")))), headers)
        for pattern, headers in read_blocks(text)
    ]


def headers_for(path: str, rules: Rules) -> dict[str, str]:
    """The headers that the rules give to this path."""
    found: dict[str, str] = {}
    for pattern, headers in rules:
        if pattern.fullmatch(path):
            found |= headers
    return found


class SiteHandler(SimpleHTTPRequestHandler):
    """Files of one folder; folders without index.html are not listed; errors show 404.html."""

    protocol_version = "HTTP/1.1"
    server_version = "protocolwijzer"
    sys_version = ""
    extensions_map = TYPES
    _failing = False

    def send_head(self) -> BinaryIO | None:
        """As the parent, with the precompressed file where the client takes it."""
        path = Path(self.translate_path(self.path))
        asked_folder = self.path.partition("?")[0].endswith("/")
        if path.is_dir() and not asked_folder:
            return super().send_head()  # sends to the address with a slash
        if path.is_dir():
            path /= "index.html"
        if path.is_file() and not (asked_folder and path.name != "index.html"):
            return self._send_file(path, HTTPStatus.OK)
        first = self.path.lstrip("/").partition("/")[0]
        for folder in (first, ""):  # a language has its own
            missing = Path(self.directory, folder if folder.isalpha() else "", "404.html")
            if missing.is_file():
                return self._send_file(missing, HTTPStatus.NOT_FOUND)
        self.send_error(HTTPStatus.NOT_FOUND)
        return None

    def _send_file(self, path: Path, status: HTTPStatus) -> BinaryIO | None:
        served, encoding = path, None
        for name in self._accepted_encodings():
            compressed = path.with_name(path.name + _ENCODINGS[name])
            if compressed.is_file():
                served, encoding = compressed, name
                break
        facts = served.stat()
        tag = f'"{facts.st_mtime_ns:x}-{facts.st_size:x}"'
        known = status == HTTPStatus.OK and self.headers.get("If-None-Match") == tag
        self.send_response(HTTPStatus.NOT_MODIFIED if known else status)
        self.send_header("ETag", tag)
        self.send_header("Vary", "Accept-Encoding")
        if known:
            self.end_headers()
            return None
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Length", str(facts.st_size))
        if encoding:
            self.send_header("Content-Encoding", encoding)
        self.end_headers()
        return served.open("rb")

    def _accepted_encodings(self) -> Iterator[str]:
        accepted = {}
        for part in self.headers.get("Accept-Encoding", "").split(","):
            name, _, weight = part.partition(";")
            accepted[name.strip().lower()] = weight.replace(" ", "")
        for name in _ENCODINGS:
            if name in accepted and not re.fullmatch(r"q=0(\.0*)?", accepted[name]):
                yield name

    def end_headers(self) -> None:
        """Add what the site's own rules say, read anew so that a fresh build counts at once."""
        own = Path(self.directory) / "_headers"
        text = own.read_text(encoding="utf-8") if own.is_file() else PLAIN_HEADERS
        path = getattr(self, "path", "/").partition("?")[0]
        headers = headers_for(path, read_rules(text))
        if self._failing:
            headers["Cache-Control"] = "no-store"  # what is missing now may come
        for name, value in headers.items():
            self.send_header(name, value)
        super().end_headers()

    def send_response(self, code: int, message: str | None = None) -> None:
        """As the parent; remembers whether this is an error."""
        self._failing = code >= HTTPStatus.BAD_REQUEST
        super().send_response(code, message)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the parent's name
        """Say nothing: no address of a visitor is written down."""


class SiteServer(ThreadingHTTPServer):
    """Refuses a port that is taken, also on Windows; closes without waiting for idle browsers."""

    allow_reuse_address = os.name != "nt"  # there it would share the port, elsewhere it would not
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that went away in the middle is no error."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def site_server(folder: Path, port: int) -> SiteServer:
    """A server of this folder on 127.0.0.1; port 0 takes any free one. `OSError` if taken."""
    return SiteServer(("127.0.0.1", port), partial(SiteHandler, directory=str(folder)))
