"""The local server answers as a good static host does."""

from __future__ import annotations

import contextlib
import gzip
import http.client
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts.site_server import headers_for, read_rules, site_server

HEADERS = """\
# ours
/*
  Cache-Control: no-cache
  Content-Security-Policy: default-src 'self'
/kept/*.zip
  Cache-Control: immutable
"""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[tuple[Path, http.client.HTTPConnection]]:
    (tmp_path / "_headers").write_text(HEADERS, encoding="utf-8")
    (tmp_path / "index.html").write_text("home", encoding="utf-8")
    with site_server(tmp_path, 0) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=60)
        with contextlib.closing(connection):
            yield tmp_path, connection
        server.shutdown()
        thread.join()


Site = tuple[Path, http.client.HTTPConnection]


def get(site: Site, path: str, **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
    connection = site[1]
    connection.request("GET", path, headers={n.replace("_", "-"): v for n, v in headers.items()})
    response = connection.getresponse()
    return response, response.read()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.mjs", "text/javascript; charset=utf-8"),
        ("a.wasm", "application/wasm"),
        ("a.html", "text/html; charset=utf-8"),
        ("a.ics", "text/calendar; charset=utf-8"),
    ],
)
def test_each_file_has_the_type_that_a_browser_asks_for(site: Site, name: str, kind: str) -> None:
    """A module or wasm of another type does not run."""
    (site[0] / name).write_bytes(b"x")
    assert get(site, f"/{name}")[0].headers["Content-Type"] == kind


def test_the_smallest_file_that_the_client_takes_is_sent(site: Site) -> None:
    """Brotli before gzip before plain, each named, with the type of the original."""
    (site[0] / "a.mjs").write_bytes(b"plain")
    (site[0] / "a.mjs.gz").write_bytes(gzip.compress(b"plain"))
    (site[0] / "a.mjs.br").write_bytes(b"brotli")
    for accepted, encoding in [
        ("gzip, deflate, br", "br"),
        ("gzip, br;q=0", "gzip"),
        ("gzip;q=1.0", "gzip"),
        ("identity", None),
    ]:
        response, _ = get(site, "/a.mjs", Accept_Encoding=accepted)
        assert response.headers["Content-Encoding"] == encoding
        assert response.headers["Vary"] == "Accept-Encoding"
        assert response.headers["Content-Type"].startswith("text/javascript")


def test_the_headers_are_those_of_the_sites_own_file(site: Site) -> None:
    """A later block overrules an earlier one; the rest stays."""
    (site[0] / "kept").mkdir()
    (site[0] / "kept" / "a.zip").write_bytes(b"x")
    response, _ = get(site, "/kept/a.zip")
    assert response.headers["Cache-Control"] == "immutable"
    assert response.headers["Content-Security-Policy"] == "default-src 'self'"
    assert get(site, "/")[0].headers["Cache-Control"] == "no-cache"


def test_what_is_missing_is_not_kept_and_shows_the_sites_own_page(site: Site) -> None:
    """It may come with the next version."""
    assert get(site, "/kept/b.zip")[0].status == 404
    (site[0] / "404.html").write_text("not here", encoding="utf-8")
    response, body = get(site, "/kept/b.zip")
    assert (response.status, body) == (404, b"not here")
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Content-Type"].startswith("text/html")


def test_a_folder_is_not_listed(site: Site) -> None:
    """Its index.html is shown, or nothing."""
    (site[0] / "open").mkdir()
    (site[0] / "open" / "secret.txt").write_text("x", encoding="utf-8")
    assert get(site, "/open/")[0].status == 404
    assert get(site, "/open")[0].status == 301
    assert get(site, "/")[1] == b"home"


def test_nothing_outside_the_folder_is_served(site: Site) -> None:
    """Also not by an address that climbs."""
    (site[0].parent / "outside.txt").write_text("x", encoding="utf-8")
    for path in ("/../outside.txt", "/%2e%2e/outside.txt", "/a/../../outside.txt"):
        assert get(site, path)[0].status == 404


def test_a_file_that_the_client_has_is_not_sent_again(site: Site) -> None:
    """Unless it changed."""
    response, _ = get(site, "/")
    again, body = get(site, "/", If_None_Match=response.headers["ETag"])
    assert (again.status, body) == (304, b"")
    (site[0] / "index.html").write_text("changed", encoding="utf-8")
    assert get(site, "/", If_None_Match=response.headers["ETag"])[1] == b"changed"


def test_a_port_that_is_taken_is_refused(site: Site, tmp_path: Path) -> None:
    """Two servers never share one."""
    with pytest.raises(OSError, match=r"in use|10048"):
        site_server(tmp_path, site[1].port)


def test_a_star_in_a_pattern_stands_for_anything() -> None:
    """And nothing else is special."""
    rules = read_rules("/a.b/*-*\n  X: 1\n")
    assert headers_for("/a.b/c-d/e", rules) == {"X": "1"}
    assert headers_for("/aXb/c-d", rules) == {}
