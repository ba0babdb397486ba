"""Lighthouse on the pages that people open most, on its emulated slow phone.

Its packages are many, so they are installed beside this file and only when this group is measured.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from scripts.find_chromium import QUIET, chromium
from scripts.measure.figures import Figure
from scripts.measure.guide import built_site
from scripts.measure.visits import serving
from scripts.progress import run
from scripts.setup import install_node_packages

GROUP = "lighthouse"
HERE = Path(__file__).parent
PAGES = {
    "home": "",
    "protocol": "scholen/cals/protocol/",
    "guide": "scholen/cals/wijzer/",
    "guide of the largest protocol": "scholen/amsfort/wijzer/",
    "guide in English": "en/scholen/cals/wijzer/",
}
TARGETS = {"performance": "≥ 95", "accessibility": "100", "best-practices": "100", "seo": "100"}


def figures(runs: int) -> Iterator[Figure]:
    """The four scores of each page, out of 100; run by run, since the first of them varies."""
    install_node_packages(HERE)
    with TemporaryDirectory() as temporary, serving(built_site(Path(temporary))) as served:
        for name, path in PAGES.items():
            taken = [_scores(served.root + path) for _ in range(runs)]
            for category, target in TARGETS.items():
                values = tuple(scores[category] for scores in taken)
                yield Figure(GROUP, f"{name}: {category}", values, "of 100", target)


def _scores(address: str) -> dict[str, float]:
    """One run of Lighthouse, its mobile emulation and throttling as it comes."""
    node = shutil.which("node") or "node"
    told = run(
        [
            node, HERE / "node_modules" / "lighthouse" / "cli" / "index.js", address, "--quiet",
            "--output=json", f"--only-categories={','.join(TARGETS)}",
            f"--chrome-flags={' '.join(['--headless', *QUIET])}",
        ],
        env={"CHROME_PATH": chromium()},
    )  # fmt: skip
    categories = json.loads(told[told.index("{") :])["categories"]
    return {name: categories[name]["score"] * 100 for name in TARGETS}
