"""The bundle as the finished site has it, and a small site around it."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from scripts.build import compiled_schools
from scripts.progress import ROOT
from scripts.site_server import site_server
from scripts.site_steps.hashed_names import hashed_file


@dataclass(frozen=True)
class Bundle:
    """A finished bundle: where it lies, its manifest, the JSON of the schools in it."""

    folder: Path
    manifest: dict[str, Any]
    schools: dict[str, str]

    @property
    def library(self) -> Path:
        return self.folder / str(self.manifest["library"])

    @property
    def runtime(self) -> Path:
        return self.folder / str(self.manifest["runtime"])


@pytest.fixture(scope="session")
def schools() -> dict[str, str]:
    return compiled_schools()


@pytest.fixture(scope="session")
def bundle(finished_site: Path, schools: dict[str, str]) -> Bundle:
    """The one that visitors get; that this very tree gives the same is a test of its own."""
    folder = finished_site / "assets" / "guide" / "python"
    manifest = json.loads(hashed_file(folder / "manifest.json").read_text(encoding="utf-8"))
    return Bundle(folder, manifest, schools)


@pytest.fixture
def site(tmp_path: Path, bundle: Bundle) -> Iterator[tuple[str, Path]]:
    """Address and folder of a site with an empty page, the worker and the bundle."""
    guide = tmp_path / "assets" / "guide"
    guide.mkdir(parents=True)
    (tmp_path / "index.html").write_text("<!doctype html><title>x</title>", encoding="utf-8")
    shutil.copy(ROOT / "overrides" / "assets" / "guide" / "guide_worker.mjs", guide)
    shutil.copytree(bundle.folder, guide / "python")
    with site_server(tmp_path, 0) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/", tmp_path
        server.shutdown()
        thread.join()
