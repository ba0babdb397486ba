"""No file of the site names a host of others, except where a visitor sees a link to it.

The policy forbids any request there anyhow; these tests see to it that nothing even tries.
"""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from lxml import html

from scripts.progress import ROOT

ADDRESS = re.compile(rb"(?:https?|wss?)://([a-z0-9.-]+\.[a-z]{2,}|[0-9.]+(?::\d+)?)", re.IGNORECASE)
WITHOUT_SCHEME = re.compile(rb"[\"'(=]//([a-z0-9.-]+\.[a-z]{2,})/", re.IGNORECASE)

NAMES_NOT_ADDRESSES = {"www.w3.org", "www.sitemaps.org"}
"""Of XML namespaces; nobody goes there."""

EXCEPTIONS: dict[str, tuple[set[str], str]] = {
    r".*\.pdf": ({"ns.adobe.com", "purl.org", "www.aiim.org"}, "names of kinds of facts in a PDF"),
    r"assets/fonts/LICENSE\.txt": ({"github.com", "scripts.sil.org"}, "the licence of the font"),
    r"assets/stylesheets/main\..*\.css": ({"fontawesome.com"}, "a licence in a comment"),
    r"pagefind/pagefind(-worker)?\.js": ({"example.com"}, "a base to read relative addresses with"),
    r"assets/guide/python/pyodide-.*/pyodide\.mjs": (
        {"cdn.jsdelivr.net"},
        "where Pyodide would look for packages if the worker named no place of ours",
    ),
    r"assets/guide/python/pyodide-.*/pyodide\.asm\.wasm": (
        {"github.com", "peps.python.org", "www.python.org"},
        "words of Python's messages",
    ),
    r"assets/guide/python/library-.*\.zip": ({"pyodide.org"}, "words of a message of Pyodide's"),
}
"""Path -> hosts that it may name, and why. Not ours to change, and never fetched."""


def hosts_in(content: bytes) -> set[str]:
    """Every host that an address in this content names."""
    found = [*ADDRESS.findall(content), *WITHOUT_SCHEME.findall(content)]
    return {host.decode().lower() for host in found} - NAMES_NOT_ADDRESSES


def readable(file: Path) -> bytes:
    """The content, with what is packed inside it unpacked."""
    content = file.read_bytes()
    if file.suffix == ".pdf":
        for stream in re.findall(rb"stream\r?\n(.*?)endstream", content, re.DOTALL):
            try:
                content += zlib.decompress(stream)
            except zlib.error:
                continue  # a picture or a font
    if content[:2] == b"\x1f\x8b":
        content = gzip.decompress(content)
    return content


def files(site: Path) -> Iterator[tuple[str, Path]]:
    for file in sorted(site.rglob("*")):
        if file.is_file() and file.suffix not in {".br", ".gz"}:
            yield file.relative_to(site).as_posix(), file


def own_host(site: Path) -> str:
    """Where this site is to be published, as its pages say."""
    home = html.fromstring((site / "index.html").read_text(encoding="utf-8"))
    canonical = next(link for link in home.iter("link") if link.get("rel") == "canonical")
    return urlsplit(str(canonical.get("href"))).netloc


def linked_hosts() -> set[str]:
    """The hosts that our data names: help lines, and where we have facts from."""
    found: set[str] = set()
    for file in (ROOT / "decision_tree").glob("**/*.yaml"):
        found |= hosts_in(file.read_bytes())
    return found


def test_a_page_names_another_host_only_where_one_can_see_it(finished_site: Path) -> None:
    """As a link or as words. Not in a comment, a script, or an attribute that loads something."""
    own = own_host(finished_site)
    for path, file in files(finished_site):
        if file.suffix != ".html":
            continue
        tree = html.fromstring(file.read_text(encoding="utf-8"))
        for link in tree.iter("a"):
            if hosts_in(str(link.get("href")).encode()):
                assert "".join(map(str, link.itertext())).strip() or link.get("aria-label"), path
                del link.attrib["href"]
        for element in tree.iter():
            if not isinstance(element, html.HtmlComment) and element.tag not in {"script", "style"}:
                element.text = None
            element.tail = None
        assert hosts_in(html.tostring(tree, encoding="utf-8")) <= {own}, path


def test_no_other_file_names_a_host_without_a_reason(finished_site: Path) -> None:
    """Scripts, style sheets, search index, PDFs, and what is inside the bundle."""
    own = own_host(finished_site)
    ours = linked_hosts()
    for path, file in files(finished_site):
        if file.suffix == ".html":
            continue
        allowed = {own}
        for pattern, (hosts, _) in EXCEPTIONS.items():
            if re.fullmatch(pattern, path):
                allowed |= hosts
        if path.startswith("pagefind/fragment/") or file.suffix == ".zip":
            allowed |= ours  # the words of the pages, and the data of the schools
        assert hosts_in(readable(file)) <= allowed, path


def test_every_exception_is_still_needed(finished_site: Path) -> None:
    """One that is not would hide the next."""
    for pattern, (hosts, reason) in EXCEPTIONS.items():
        assert reason
        found: set[str] = set()
        for path, file in files(finished_site):
            if re.fullmatch(pattern, path):
                found |= hosts_in(readable(file))
        assert hosts <= found, pattern
