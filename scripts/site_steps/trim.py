"""Take away what the theme ships and our pages never ask for."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

_DEAD = re.compile(
    r"""<input\ class="md-toggle"[^>]*>                         # drawer and search without their scripts
      | <label\ class="md-overlay"[^>]*></label>
      | <div\ data-md-component="(?:skip|announce)">\s*(?:<a[^>]*class="md-skip"[^>]*>[^<]*</a>\s*)?</div>
      | <div\ class="md-dialog"[^>]*>\s*<div[^>]*></div>\s*</div>""",
    re.VERBOSE,
)
"""Parts of the theme's skeleton that no template block can leave out."""


def trim(site_dir: Path) -> None:
    """Remove the theme's scripts, source maps, palette and picture, what only the PDFs need, and dead parts of its skeleton."""
    assets = site_dir / "assets"
    shutil.rmtree(assets / "javascripts", ignore_errors=True)
    for pattern in (
        "stylesheets/palette.*.css", "stylesheets/*.map", "images/favicon.png", "card-pdf.css",
    ):  # fmt: skip
        for file in assets.glob(pattern):
            file.unlink()
    images = assets / "images"
    if images.is_dir() and not any(images.iterdir()):
        images.rmdir()
    for page in site_dir.rglob("*.html"):
        page.write_text(_DEAD.sub("", page.read_text(encoding="utf-8")), encoding="utf-8")
