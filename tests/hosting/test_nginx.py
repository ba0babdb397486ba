"""What nginx sends with the configuration that scripts/nginx.py writes."""

from __future__ import annotations

import gzip
import re
import threading
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest

from scripts.nginx import FORM
from scripts.site_server import TYPES, headers_for, read_rules, site_server
from scripts.site_steps.hashed_names import hashed_file

from .conftest import Server, ask

FOR_EVERYONE = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
}


def one_of_each_kind(site: Path) -> dict[str, str]:
    """Ending -> address of the first such file."""
    found: dict[str, str] = {}
    for file in sorted(site.rglob("*")):
        if file.is_file() and file.suffix not in {".br", ".gz", ""}:
            found.setdefault(file.suffix, "/" + file.relative_to(site).as_posix())
    return found


def test_each_kind_of_file_has_its_type(nginx: Server, site: Path) -> None:
    """WebAssembly is refused by browsers under any other, and modules too."""
    for ending, address in one_of_each_kind(site).items():
        told = nginx.ask(address).headers["content-type"]
        assert told.replace(" ", "") == TYPES.get(ending, told).replace(" ", ""), address
    assert nginx.ask(one_of_each_kind(site)[".wasm"]).headers["content-type"] == "application/wasm"


def test_the_packed_variants_are_the_same_file_to_the_last_byte(nginx: Server, site: Path) -> None:
    """Brotli where the visitor takes it, else gzip, else plain; the type is that of the original."""
    for address in one_of_each_kind(site).values():
        original = (site / address[1:]).read_bytes()
        plain = nginx.ask(address)
        assert plain.body == original
        assert "content-encoding" not in plain.headers
        if not (site / f"{address[1:]}.br").is_file():
            continue
        packed = nginx.ask(address, Accept_Encoding="gzip, deflate, br, zstd")
        assert packed.headers["content-encoding"] == "br", address
        assert brotli.decompress(packed.body) == original
        zipped = nginx.ask(address, Accept_Encoding="gzip, deflate")
        assert zipped.headers["content-encoding"] == "gzip", address
        assert gzip.decompress(zipped.body) == original
        for answer in (plain, packed, zipped):
            assert answer.headers["content-type"] == plain.headers["content-type"]
            assert answer.headers["vary"] == "Accept-Encoding", address


@pytest.mark.parametrize(
    ("accepted", "sent"),
    [
        ("br", "br"),
        ("BR;q=1.0, gzip;q=0.5", "br"),
        ("br;q=0.001", "br"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0.0", None),
        ("brot", None),
        ("identity", None),
        ("", None),
    ],
)
def test_brotli_goes_only_to_those_who_take_it(
    nginx: Server, accepted: str, sent: str | None
) -> None:
    """Also when they say so in an unusual way."""
    assert nginx.ask("/sw.js", Accept_Encoding=accepted).headers.get("content-encoding") == sent


def test_every_file_has_the_headers_that_the_site_asks_for(nginx: Server, site: Path) -> None:
    """`_headers` is the one source; whatever way a file is packed."""
    rules = read_rules((site / "_headers").read_text(encoding="utf-8"))
    for address in one_of_each_kind(site).values():
        for accepted in ("identity", "gzip", "br"):
            answer = nginx.ask(address, Accept_Encoding=accepted)
            for name, value in headers_for(address, rules).items():
                assert answer.headers[name.lower()] == value, f"{address} {name} ({accepted})"


def test_pages_workers_and_errors_carry_a_policy(nginx: Server, site: Path) -> None:
    """The worker its own: that is what lets it compile WebAssembly, and what keeps it at home."""
    for address in ("/", "/en/", "/nergens/", "/en/nowhere/", "/scholen"):
        answer = nginx.ask(address)
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert FOR_EVERYONE.items() <= answer.headers.items()
    script = hashed_file(site / "assets" / "guide" / "guide_worker.mjs").relative_to(site)
    worker = nginx.ask(f"/{script.as_posix()}", Accept_Encoding="br")
    assert worker.headers["content-security-policy"].startswith("default-src 'none'; script-src")
    assert "'wasm-unsafe-eval'" in worker.headers["content-security-policy"]
    assert "style-src" not in worker.headers["content-security-policy"]


def test_names_with_a_hash_are_kept_for_ever_and_all_else_is_asked_for_again(
    nginx: Server, site: Path
) -> None:
    """The service worker too, else a new version would not be seen for a day."""
    for file in (site / "assets" / "guide" / "python").glob("*-*"):
        name = file.relative_to(site).as_posix()
        if file.is_file() and file.suffix in (".zip", ".json"):
            assert "immutable" in nginx.ask(f"/{name}").headers["cache-control"]
    style = hashed_file(site / "assets" / "colours-and-type.css").name
    assert "immutable" in nginx.ask(f"/assets/{style}").headers["cache-control"]
    for address in ("/", "/sw.js", "/version.txt", "/assets/icons/mark.svg"):
        assert nginx.ask(address).headers["cache-control"] == "no-cache"
    gone = nginx.ask("/assets/guide/python/library-0000000000000000.zip")
    assert (gone.status, gone.headers["cache-control"]) == (404, "no-cache")


def test_a_packed_file_that_goes_while_a_version_is_swapped_is_sent_unpacked(
    nginx: Server, site: Path
) -> None:
    """The old version was packed and the new one is not: nobody gets an error for that."""
    answer = nginx.ask("/unpacked-meanwhile", Accept_Encoding="br")
    assert (answer.status, answer.body) == (200, (site / "version.txt").read_bytes())
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.headers["cache-control"] == "no-cache"
    assert "content-encoding" not in answer.headers
    gone = nginx.ask("/gone-meanwhile", Accept_Encoding="br")
    assert (gone.status, gone.headers.get("content-encoding")) == (404, None)


def test_what_a_visitor_has_already_is_not_sent_again(nginx: Server) -> None:
    """Each packed variant has a tag of its own."""
    for accepted in ("identity", "gzip", "br"):
        tag = nginx.ask("/", Accept_Encoding=accepted).headers["etag"]
        again = nginx.ask("/", Accept_Encoding=accepted, If_None_Match=tag)
        assert (again.status, again.body) == (304, b"")


def test_the_page_for_what_is_not_there_speaks_the_language_of_the_address(
    nginx: Server, site: Path
) -> None:
    """Packed or not, and always with status 404."""
    for address, file in (("/nergens", "404.html"), ("/en/nowhere/x", "en/404.html")):
        for accepted in ("identity", "br"):
            answer = nginx.ask(address, Accept_Encoding=accepted)
            body = brotli.decompress(answer.body) if accepted == "br" else answer.body
            assert (answer.status, body) == (404, (site / file).read_bytes())
            assert answer.headers["content-type"] == "text/html; charset=utf-8"
            assert answer.headers.get("content-encoding") == (
                accepted if accepted == "br" else None
            )


def test_no_folder_is_listed_and_nothing_unmeant_is_shown(nginx: Server) -> None:
    """404 for all of it, as if it were not there."""
    hidden = ("/assets/", "/scholen/", "/pagefind/", "/_headers", "/.git/config", "/index.html.br")
    for address in (*hidden, "/index.html.gz", "/../nginx.conf", "/%2e%2e/nginx.conf"):
        answer = nginx.ask(address)
        assert answer.status in (400, 404), address
        assert b"Index of" not in answer.body


def test_an_address_without_its_slash_leads_on_without_a_host_or_port(nginx: Server) -> None:
    """So that it also works behind a proxy."""
    answer = nginx.ask("/scholen/cals/wijzer")
    assert (answer.status, answer.headers["location"]) == (301, "/scholen/cals/wijzer/")


def test_lines_of_the_hosts_own_are_taken_in(nginx: Server) -> None:
    """Such as those for https; they stay when the rest is written anew."""
    assert nginx.ask("/own").status == 204


def test_it_only_gives(nginx: Server) -> None:
    """Nothing can be sent to it."""
    for method in ("POST", "PUT", "DELETE", "TRACE"):
        assert nginx.ask("/", method).status == 405
    head = nginx.ask("/", "HEAD")
    assert (head.status, head.body) == (200, b"")


def test_the_log_holds_nothing_that_a_visitor_answered(
    site: Path, starting: Callable[..., Server]
) -> None:
    """No query, no address they came from, no browser, no path that is not ours."""
    server = starting(site, site)
    secret = "happened-bullying"
    for address in (
        f"/?{secret}",
        f"/scholen/cals/wijzer/?a={secret}",
        f"/{secret}/",
        f"/en/{secret}",
    ):
        server.ask(address, Referer=f"http://127.0.0.1/#{secret}", User_Agent=secret, Cookie=secret)
    for method in ("POST", "OPTIONS"):
        server.ask(f"/{secret}", method)
    server.ask("/" + secret * 600)
    server.ask("/%00" + secret)
    server.ask("/over/")  # the last line: nginx writes in order
    lines = server.log.read_text(encoding="utf-8").splitlines()
    written = "\n".join(lines) + server.errors.read_text(encoding="utf-8")
    assert secret not in written
    assert "127.0.0.1" not in written
    known = re.compile(r"\S+ (200|404) (/[\w./-]*\.html) \d+")
    ours = [match for line in lines if (match := known.fullmatch(line))]
    assert len(ours) == len(lines) > 0
    assert all((site / match[2][1:]).is_file() for match in ours)


def test_nothing_is_written_down_unless_a_log_is_asked_for() -> None:
    """The form says off where no file is named."""
    assert "access_log @LOG@;" in FORM.read_text(encoding="utf-8")


def test_the_site_works_below_a_path(
    site: Path, tmp_path: Path, starting: Callable[..., Server]
) -> None:
    """With the same headers, and packed."""
    root = tmp_path / "root"
    root.mkdir()
    (root / "pesten").symlink_to(site, target_is_directory=True)
    server = starting(site, root, "pesten")
    rules = read_rules((site / "_headers").read_text(encoding="utf-8"))
    for address in one_of_each_kind(site).values():
        answer = server.ask(f"/pesten{address}", Accept_Encoding="br")
        assert answer.status == 200
        for name, value in headers_for(address, rules).items():
            assert answer.headers[name.lower()] == value, address
    english = server.ask("/pesten/en/nowhere")
    assert (english.status, english.body) == (404, (site / "en" / "404.html").read_bytes())


def test_the_local_server_and_nginx_send_the_same(nginx: Server, site: Path) -> None:
    """What is tested with the one holds for the other."""
    with site_server(site, 0) as local:
        thread = threading.Thread(target=local.serve_forever, daemon=True)
        thread.start()
        for address in [*one_of_each_kind(site).values(), "/", "/en/", "/nergens", "/en/nowhere"]:
            for accepted in ("identity", "gzip", "br"):
                ours = ask(local.server_port, address, Accept_Encoding=accepted)
                theirs = nginx.ask(address, Accept_Encoding=accepted)
                assert (ours.status, ours.body) == (theirs.status, theirs.body), address
                for name in ("content-type", "content-encoding", "content-security-policy"):
                    assert ours.headers.get(name) == theirs.headers.get(name), f"{address} {name}"
        local.shutdown()
        thread.join()
