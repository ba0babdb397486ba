"""The loop of whoever works on the site: from saving a file to seeing the change in a real browser.

Works on a copy of the project, so that no file of yours is touched.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Error, Page, sync_playwright

from scripts.find_chromium import QUIET, chromium
from scripts.measure.figures import Figure
from scripts.progress import ROOT, run

GROUP = "loop"
_PATIENCE = 60  # seconds; a browser that never shows it is a fault


@dataclass(frozen=True, slots=True)
class Edit:
    """One kind of change: ``before`` becomes ``after`` with {n} filled in, seen where ``seen`` says."""

    name: str
    file: str
    before: str
    after: str
    page: str
    seen: str
    target: str


_RULE = "- id: teasing\n  when: {happened: [teasing]}"
_MORE_RULES = """\
- id: teasing-again-{n}
  when: {{happened: [teasing], how_often: [persistent]}}
  phase: teasing
  lead: [unstated]
  ask: [mentor]
  because: {{nl: "Ook als het doorgaat {n}.", en: "Also where it goes on {n}."}}
  sources: [cals-gap-19]
- id: teasing
  when: {{happened: [teasing], how_often: [first]}}"""

_HAS_WORD = "document.body.textContent.includes('{0}')"
_EDITS = (
    Edit("a word of a school", "decision_tree/protocols/cals.yaml", "en niemand die de leiding heeft",
         "en niemand die leidt {n}", "scholen/cals/wijzer/", _HAS_WORD.format("leidt {n}"), "≤ 3 s"),
    Edit("a template", "overrides/pages/school/table.html", "<h1>", "<h1>Anders {n} ",
         "scholen/cals/tabel/", _HAS_WORD.format("Anders {n}"), "≤ 3 s"),
    Edit("a style", "overrides/assets/parts.css", "", "h1 {{ outline: {n}px solid }}\n",
         "scholen/cals/tabel/", "getComputedStyle(document.querySelector('h1')).outlineWidth === '{n}px'",
         "≤ 3 s"),
    Edit("an added rule", "decision_tree/protocols/cals.yaml", _RULE, _MORE_RULES,
         "scholen/cals/wijzer/", _HAS_WORD.format("doorgaat {n}"), "≤ 5 s"),
)  # fmt: skip


def figures(runs: int) -> Iterator[Figure]:
    """Each kind of change, and the start of the preview."""
    with TemporaryDirectory() as temporary, sync_playwright() as playwright:
        copy = _copy(Path(temporary, "project"))
        start = time.perf_counter()
        with _previewing(copy) as root:
            browser = playwright.chromium.launch(executable_path=chromium(), args=QUIET)
            page = browser.new_page()
            page.goto(f"{root}scholen/cals/tabel/")
            yield Figure(
                GROUP, "start of the preview to its first page", (time.perf_counter() - start,), "s"
            )
            page.wait_for_timeout(5_000)  # Python for the browser is made meanwhile
            for edit in _EDITS:
                taken = tuple(_seen_after(copy, root, page, edit, n + 20) for n in range(runs))
                yield Figure(GROUP, f"{edit.name}, saved to seen", taken, "s", edit.target)
            browser.close()


def _seen_after(copy: Path, root: str, page: Page, edit: Edit, number: int) -> float:
    file = copy / edit.file
    text = file.read_text(encoding="utf-8")
    page.goto(f"{root}{edit.page}")
    changed = text.replace(edit.before, edit.after.format(n=number), 1) if edit.before else (
        text + edit.after.format(n=number)
    )  # fmt: skip
    assert changed != text, edit
    start = time.perf_counter()
    file.write_text(changed, encoding="utf-8")
    seen = edit.seen.format(n=number)
    seconds = _wait_for(page, seen, edit.name) - start
    file.write_text(text, encoding="utf-8")
    _wait_for(page, f"!({seen})", f"{edit.name}, undone")
    page.goto("about:blank")  # where no reload cuts the next visit short
    return seconds


def _wait_for(page: Page, seen: str, name: str) -> float:
    """When it is seen. Asked again and again: Playwright's own way of waiting needs eval, which we forbid."""
    last = time.perf_counter() + _PATIENCE
    while (now := time.perf_counter()) < last:
        try:
            if page.evaluate(seen):
                return now
        except Error:  # the page is just being loaded again
            pass
        page.wait_for_timeout(10)
    raise RuntimeError(f"{name}: not seen in {_PATIENCE} s")


def _copy(target: Path) -> Path:
    """What git knows of, as it lies here now."""
    for name in run(["git", "ls-files", "--cached", "--others", "--exclude-standard"]).splitlines():
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name)
    for name in (".venv", "node_modules"):
        (target / name).symlink_to(ROOT / name, target_is_directory=True)
    return target


@contextmanager
def _previewing(copy: Path) -> Iterator[str]:
    """`scripts/serve.py` of the copy; gives its address."""
    command = [sys.executable, "scripts/serve.py", "--port", "0"]
    env = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, cwd=copy, env=env, stdout=subprocess.PIPE, text=True) as running:
        try:
            assert running.stdout is not None
            yield next(
                found[0] for line in running.stdout if (found := re.search(r"http://\S+/", line))
            )
        finally:
            running.kill()
