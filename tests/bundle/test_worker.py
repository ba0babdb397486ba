"""The guide's worker boots the bundle in a real browser and answers as CPython does."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from decision_tree import browser
from scripts.find_chromium import chromium
from scripts.progress import run
from scripts.site_server import PLAIN_HEADERS
from tests.bundle.conftest import Bundle

pytestmark = pytest.mark.browser

DRIVER = Path(__file__).with_name("worker_in_chromium.mjs")


def in_chromium(address: str, task: dict[str, Any]) -> dict[str, Any]:
    node = shutil.which("node")
    assert node
    answer: dict[str, Any] = json.loads(run([node, DRIVER, address, json.dumps(task), chromium()]))
    return answer


def a_call(school: str) -> tuple[str, str]:
    return "decide", json.dumps({"school": school, "answers": {}})


def test_the_worker_answers_every_school_as_cpython_does(
    bundle: Bundle, site: tuple[str, Path]
) -> None:
    """Calls sent before Python is ready are answered too, and schools are loaded when named."""
    calls = [a_call(school) for school in bundle.schools]
    task: dict[str, Any] = {
        "manifest": bundle.manifest,
        "school": next(iter(bundle.schools)),
        "calls": calls,
    }
    seen = in_chromium(site[0], task)
    for text in bundle.schools.values():
        browser.load(text)
    answers = {m["id"]: m["result"] for m in seen["messages"] if "id" in m}
    assert [answers[n] for n in range(len(calls))] == [browser.call(*call) for call in calls]
    assert [m["progress"] for m in seen["messages"] if "progress" in m] == [
        "loading",
        "starting",
        "ready",
    ]
    (version,) = [m["version"] for m in seen["messages"] if m.get("progress") == "ready"]
    assert version == browser.loaded_version(task["school"])
    assert seen["problems"] == []


def test_the_worker_asks_this_host_for_the_files_of_the_manifest_and_nothing_else(
    bundle: Bundle, site: tuple[str, Path]
) -> None:
    """No lock file, no package index, no content delivery network."""
    task = {"manifest": bundle.manifest, "school": next(iter(bundle.schools)), "calls": []}
    seen = in_chromium(site[0], task)
    python = f"{site[0]}assets/guide/python/"
    assert {url for url in seen["requests"] if "/python/" in url} == {
        python + name for name in bundle.manifest["files"]
    }
    assert all(url.startswith(site[0]) for url in seen["requests"])


@pytest.mark.parametrize("file", ["pyodide.mjs", "pyodide.asm.js", "pyodide.asm.wasm", "library-*"])
def test_the_worker_says_that_it_failed_when_a_file_is_missing(
    bundle: Bundle, site: tuple[str, Path], file: str
) -> None:
    """Said at once, not only after the page's patience has run out."""
    task = {
        "manifest": bundle.manifest,
        "school": next(iter(bundle.schools)),
        "calls": [],
        "block": [f"**/{file}"],
    }
    assert in_chromium(site[0], task)["messages"][-1]["failed"]


@pytest.mark.parametrize("file", ["pyodide-*/pyodide.asm.wasm", "library-*.zip"])
@pytest.mark.parametrize("compressed", [True, False], ids=["compressed", "plain"])
def test_the_worker_says_that_it_failed_when_a_file_is_cut_short(
    bundle: Bundle, site: tuple[str, Path], file: str, compressed: bool
) -> None:
    """As after a broken upload to the host."""
    python = site[1] / "assets" / "guide" / "python"
    for ending in ("", ".br", ".gz"):
        (path,) = python.glob(file + ending)
        if ending and not compressed:
            path.unlink()
        else:
            path.write_bytes(path.read_bytes()[:-1000])
    task = {"manifest": bundle.manifest, "school": next(iter(bundle.schools)), "calls": []}
    assert in_chromium(site[0], task)["messages"][-1]["failed"]


@pytest.mark.parametrize("file", ["pyodide-*/pyodide.asm.wasm", "library-*.zip"])
def test_what_decides_does_not_run_with_one_bit_changed(
    bundle: Bundle, site: tuple[str, Path], file: str
) -> None:
    """Most such files would still start; they are held to their hash."""
    (path,) = (site[1] / "assets" / "guide" / "python").glob(file)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    for ending in (".br", ".gz"):
        path.with_name(path.name + ending).unlink()
    task = {"manifest": bundle.manifest, "school": next(iter(bundle.schools)), "calls": []}
    assert in_chromium(site[0], task)["messages"][-1]["failed"]


def test_the_worker_says_that_it_failed_when_the_policy_forbids_wasm(
    bundle: Bundle, site: tuple[str, Path]
) -> None:
    """Pyodide alone would neither start nor fail."""
    headers = PLAIN_HEADERS.replace(" 'wasm-unsafe-eval'", "")
    (site[1] / "_headers").write_text(headers, encoding="utf-8")
    task = {"manifest": bundle.manifest, "school": next(iter(bundle.schools)), "calls": []}
    assert in_chromium(site[0], task)["messages"][-1]["failed"]
