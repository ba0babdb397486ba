"""A 404 page per language, with addresses that work from any depth."""

from __future__ import annotations

import posixpath
import re
import shutil
from pathlib import Path
from urllib.parse import urlsplit

_RELATIVE = re.compile(r'(href|src)="(\.[^"#]*)')


def write_not_found(site_dir: Path, site_url: str) -> None:
    """Move ``404/index.html`` to where hosts look for it: ``404.html`` and ``en/404.html``."""
    base = urlsplit(site_url).path.rstrip("/") + "/"
    for folder, address in ((site_dir, f"{base}404/"), (site_dir / "en", f"{base}en/404/")):
        drawn = folder / "404" / "index.html"

        def absolute(match: re.Match[str], address: str = address) -> str:
            path = posixpath.normpath(posixpath.join(address, match[2]))
            if path.endswith("/404"):
                return f'{match[1]}="{path}.html'
            is_page = match[2].endswith(("/", ".")) and path != "/"
            return f'{match[1]}="{path}{"/" if is_page else ""}'

        html = drawn.read_text(encoding="utf-8")
        (folder / "404.html").write_text(_RELATIVE.sub(absolute, html), encoding="utf-8")
        shutil.rmtree(drawn.parent)
