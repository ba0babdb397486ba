"""The preview makes a page when it is asked for, and tells open pages of every change."""

from __future__ import annotations

import contextlib
import http.client
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from decision_tree.errors import BadFile, Problem
from scripts.site import preview as module
from scripts.site.preview import Preview
from scripts.site.preview_server import Changes, preview_server

pytestmark = pytest.mark.built  # runs MkDocs


@dataclass(frozen=True)
class Served:
    preview: Preview
    changes: Changes
    port: int

    def get(self, path: str) -> tuple[int, str]:
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.port)) as connection:
            connection.request("GET", path)
            response = connection.getresponse()
            return response.status, response.read().decode()

    def first_event(self, version: str) -> str:
        """The first line of the stream of changes for a page that was sent at this version."""
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.port)) as connection:
            connection.request("GET", f"/-/changes?{version}")
            return connection.getresponse().readline().decode().strip()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    preview, changes = Preview(tmp_path_factory.mktemp("preview")), Changes()
    with preview_server(preview, changes, "run", 0) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield Served(preview, changes, server.server_port)
        server.shutdown()
        thread.join()


def test_a_page_is_made_when_it_is_asked_for_and_no_other(served: Served) -> None:
    served.preview.changed()
    status, text = served.get("/en/scholen/cals/tabel/")
    assert status == 200
    assert "Cals" in text
    assert not (served.preview.folder / "scholen/alasca/tabel/index.html").exists()


def test_a_page_of_prose_is_made_as_well(served: Served) -> None:
    assert "Waar de woorden vandaan komen" in served.get("/over/")[1]


def test_an_error_in_a_file_stands_in_the_page_as_text_until_it_is_mended(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = Problem(
        "cals.yaml", 7, 3, "R14", "`<b>` is not a key that is known here", "leave it out"
    )

    def fail(**_: object) -> None:
        raise BadFile([problem])

    with monkeypatch.context() as patched:
        patched.setattr(module, "read_content", fail)
        served.preview.changed()
        status, text = served.get("/over/")
    assert status == 500
    assert "cals.yaml:7:3: R14 `&lt;b&gt;`" in text
    assert "/-/reload.js" in text
    assert served.get("/over/")[0] == 200


def test_a_page_hears_of_a_change_that_came_before_it_began_to_listen(served: Served) -> None:
    version = f"run-{served.changes.count}"
    served.changes.tell()
    assert served.first_event(version) == "event: change"


def test_a_page_of_an_earlier_run_is_told_to_reload(served: Served) -> None:
    assert served.first_event(f"earlier-{served.changes.count}") == "event: change"


def test_the_worker_of_a_site_served_here_before_takes_itself_away(served: Served) -> None:
    assert "unregister()" in served.get("/sw.js")[1]


def test_a_card_is_made_when_it_is_asked_for(served: Served) -> None:
    path = "scholen/cals/kaart/cals-nl.pdf"
    assert not (served.preview.folder / path).exists()
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", served.port)) as connection:
        connection.request("GET", f"/{path}")
        assert connection.getresponse().read(5) == b"%PDF-"


def test_a_value_is_made_anew_only_when_what_it_is_made_from_changed(tmp_path: Path) -> None:
    from scripts.pages.memo import Memo

    memo, made = Memo(), list[str]()

    def make() -> int:
        made.append("made")
        return len(made)

    assert [memo.get("a", text, make) for text in ("x", "x", "y")] == [1, 1, 2]
