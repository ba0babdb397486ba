"""The built site in Debian's Firefox, a browser engine that shares no code with Chromium."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from decision_tree.reading import read_protocol, school_files
from decision_tree.tree import Compiled, compile_tree
from scripts.find_firefox import HELP, find_firefox
from scripts.site_server import site_server

from .bidi import Firefox, Tab, running_firefox


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser, one at a time."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that names a ``school`` or a ``language`` runs for each of them."""
    if "school" in metafunc.fixturenames:
        metafunc.parametrize("school", sorted(school_files()))
    if "language" in metafunc.fixturenames:
        metafunc.parametrize("language", ["nl", "en"])


@pytest.fixture(scope="session")
def root(finished_site: Path) -> Iterator[str]:
    """Address of the finished site."""
    with site_server(finished_site, 0) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def _firefox(folder: Path, *, scripts: bool) -> Iterator[Firefox]:
    program = find_firefox()
    if program is None:
        pytest.skip(HELP)
    with running_firefox(program, folder / "profile", scripts=scripts) as firefox:
        yield firefox


@pytest.fixture(scope="session")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    yield from _firefox(tmp_path_factory.mktemp("firefox"), scripts=True)


@pytest.fixture(scope="session")
def firefox_without_scripts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    yield from _firefox(tmp_path_factory.mktemp("firefox"), scripts=False)


@pytest.fixture
def tab(firefox: Firefox, root: str) -> Iterator[Tab]:
    """A visitor's page; any script error, breach of the policy or request elsewhere fails the test.

    So does an address that tells the server something, but for the time that Pagefind puts there.
    """
    tab = Tab.opened(firefox)
    yield tab
    requests = tab.requests
    assert tab.complaints == []
    assert [address for address in requests if not address.startswith(root)] == []
    told = [address for address in requests if "?" in address]
    assert [address for address in told if not re.search(r"\?ts=\d+$", address)] == []


@pytest.fixture
def plain_tab(firefox_without_scripts: Firefox) -> Tab:
    """A visitor's page where no script runs."""
    return Tab.opened(firefox_without_scripts)


@pytest.fixture(scope="session")
def schools() -> dict[str, Compiled]:
    return {name: compile_tree(read_protocol(file)) for name, file in school_files().items()}
