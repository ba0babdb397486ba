"""The built site of tests/site, and where it is served."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from scripts.readability import kind_of
from scripts.site_server import site_server
from tests.site.conftest import BuiltPage, BuiltSite, content, site

__all__ = ["content", "site"]  # the fixtures of tests/site: the site is parsed once


@pytest.fixture(scope="session")
def root(site: BuiltSite) -> Iterator[str]:
    """Where the site is served."""
    with site_server(site.folder, 0) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def kinds(site: BuiltSite) -> dict[str, list[BuiltPage]]:
    """The pages of each kind, the heaviest first: of a school's kind there is one per school."""
    found: dict[str, list[BuiltPage]] = {}
    for page in sorted(site.pages.values(), key=lambda page: -page.file.stat().st_size):
        found.setdefault(kind_of(page.path), []).append(page)
    return found


def one_of_each(kinds: dict[str, list[BuiltPage]], language: str) -> list[BuiltPage]:
    """The heaviest page of each kind in this language."""
    return [next(page for page in pages if page.language == language) for pages in kinds.values()]
