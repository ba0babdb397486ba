"""What the guide is measured against: the same page without scripts, stock Pyodide, and PyScript.

All of it is written into one folder that the project's own server can serve. The peers get what
can be given to them for nothing: the engine without its data files, no style sheets, no policy in
their way, files packed and kept by the browser like ours, and what they need fetched side by side.
"""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path

from scripts.bundle.make import engine_files
from scripts.bundle.node import PYODIDE
from scripts.progress import ROOT
from scripts.site_steps.packing import write_packed

PYSCRIPT = ROOT / "node_modules" / "@pyscript" / "core" / "dist"
STOCK_FILES = (
    "pyodide.mjs",
    "pyodide.asm.js",
    "pyodide.asm.wasm",
    "python_stdlib.zip",
    "pyodide-lock.json",
)

_SCRIPTS = re.compile(r'<script\b.*?</script>|<link rel="modulepreload"[^>]*>', re.DOTALL)

_HEADERS = """
/stock/*
  Content-Security-Policy: default-src 'self' 'wasm-unsafe-eval'
/pyodide/*
  Content-Security-Policy: default-src * 'unsafe-eval' 'unsafe-inline' blob: data:
  Cache-Control: public, max-age=31536000, immutable
  Cross-Origin-Resource-Policy: same-origin
/pyscript/*
  Content-Security-Policy: default-src * 'unsafe-eval' 'unsafe-inline' blob: data:
  Cache-Control: public, max-age=31536000, immutable
  Cross-Origin-Embedder-Policy: require-corp
"""

_STOCK_PAGE = """\
<!doctype html><html lang="nl"><meta charset="utf-8"><title>Stock Pyodide</title>
<script type="module" src="page.mjs"></script></html>
"""

_STOCK_SCRIPT = """\
const worker = new Worker("worker.mjs", { type: "module" });
worker.addEventListener("message", ({ data }) => {
  document.documentElement.dataset.at = performance.now();
  document.documentElement.dataset.decision = data;
});
"""

_STOCK_WORKER = """\
import { loadPyodide } from "/pyodide/pyodide.mjs";

const [pyodide, engine, school] = await Promise.all([
  loadPyodide({ indexURL: "/pyodide/" }),
  fetch("/pyodide/engine.whl").then((response) => response.arrayBuffer()),
  fetch("/pyodide/school.json").then((response) => response.text()),
]);
pyodide.unpackArchive(engine, "wheel");
const browser = pyodide.pyimport("decision_tree.browser");
browser.load(school);
postMessage(browser.call("decide", @CASE@));
"""

_PYSCRIPT_PAGE = """\
<!doctype html><html lang="nl"><meta charset="utf-8"><title>PyScript</title>
<script>
new BroadcastChannel("driven").onmessage = ({ data }) => {
  document.documentElement.dataset.at = performance.now();
  document.documentElement.dataset.decision = data;
};
</script>
<script type="module" src="core.js"></script>
<script type="py" worker src="case.py" config="config.json"></script></html>
"""

_PYSCRIPT_CONFIG = {
    "interpreter": "/pyodide/pyodide.mjs",
    "files": {"/pyodide/engine.zip": "./*", "/pyodide/school.json": "./school.json"},
}

_PYSCRIPT_CASE = """\
from pathlib import Path

from decision_tree import browser
from js import BroadcastChannel

browser.load(Path("school.json").read_text())
BroadcastChannel.new("driven").postMessage(browser.call("decide", @CASE@))
"""


def write_peers(
    folder: Path, site: Path, page: str, school: str, case: Mapping[str, object]
) -> None:
    """The plain copy of a page under its own path, `stock/` and `pyscript/`.

    ``school``: the JSON that the engine loads; ``case``: what it is asked to decide.
    """
    _write_plain(folder, site, page)
    _write_runtime(folder / "pyodide", school)
    asked = json.dumps(json.dumps(case))
    stock = folder / "stock"
    stock.mkdir()
    (stock / "index.html").write_text(_STOCK_PAGE, encoding="utf-8")
    (stock / "page.mjs").write_text(_STOCK_SCRIPT, encoding="utf-8")
    (stock / "worker.mjs").write_text(_STOCK_WORKER.replace("@CASE@", asked), encoding="utf-8")
    pyscript = folder / "pyscript"
    shutil.copytree(PYSCRIPT, pyscript, ignore=shutil.ignore_patterns("*.map"))
    (pyscript / "index.html").write_text(_PYSCRIPT_PAGE, encoding="utf-8")
    (pyscript / "config.json").write_text(json.dumps(_PYSCRIPT_CONFIG), encoding="utf-8")
    (pyscript / "case.py").write_text(_PYSCRIPT_CASE.replace("@CASE@", asked), encoding="utf-8")
    headers = (site / "_headers").read_text(encoding="utf-8")
    (folder / "_headers").write_text(headers + _HEADERS, encoding="utf-8")
    write_packed(folder)


def _write_plain(folder: Path, site: Path, page: str) -> None:
    """The same page and its style, without any script."""
    unused = shutil.ignore_patterns("*.mjs", "*.js", "*.br", "*.gz", "python")
    shutil.copytree(site / "assets", folder / "assets", ignore=unused)
    html = (site / page / "index.html").read_text(encoding="utf-8")
    (folder / page).mkdir(parents=True)
    (folder / page / "index.html").write_text(_SCRIPTS.sub("", html), encoding="utf-8")


def _write_runtime(folder: Path, school: str) -> None:
    """Pyodide as npm has it, our engine as source, and one school."""
    folder.mkdir()
    for name in STOCK_FILES:
        shutil.copyfile(PYODIDE / name, folder / name)
    with zipfile.ZipFile(folder / "engine.whl", "w", zipfile.ZIP_DEFLATED) as wheel:
        for name, content in engine_files().items():
            wheel.writestr(name, content)
    shutil.copyfile(folder / "engine.whl", folder / "engine.zip")
    (folder / "school.json").write_text(school, encoding="utf-8")
