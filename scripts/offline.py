"""Makes sw.js, the service worker, with the list of files that work without a connection; and version.txt.

Runs last: it takes the hash of every file as it will be served.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from scripts.site_steps.hashed_names import plain_name

TEMPLATE = Path(__file__).with_name("offline_worker.js")
SAFETY_PAGES = ("", "nu-gevaar/", "hulplijnen/")
PARENTS_PAGES = ("", "ouders/")
SCHOOL_PAGES = ("wijzer/", "protocol/", "bronnen/", "oefenen/")
ANY_SCHOOL = "mijn-school-staat-er-niet-bij/"
CASES = "assets/practice/cases"
LANGUAGE_FOLDERS = ("", "en/")
GUIDE_FILES = ("*.mjs", "*.css")

Set = dict[str, str]
"""Path from the site's root -> hash, as ``integrity`` wants it. A page's path ends with "/"."""

_REFERENCE = re.compile(r'<(?:link|script)\b[^>]*?\b(?:href|src)="([^"#?]+)"[^>]*>')
_LOADED = re.compile(r'rel="(?:stylesheet|preload|modulepreload|icon)"|^<script')
_CSS_URL = re.compile(r'url\(["\']?([^"\')#?]+)')


def write_offline(site_dir: Path) -> Path:
    """Write ``sw.js`` and ``version.txt`` at the root of the site.

    The version is a hash of all that can be kept: the worker compares it with its own.
    """
    text = TEMPLATE.read_text(encoding="utf-8")
    sets = offline_sets(site_dir)
    listed = json.dumps(sets, indent=0, sort_keys=True)
    version = hashlib.sha256((text + listed).encode()).hexdigest()[:16]
    file = site_dir / "sw.js"
    made = text.replace('"@SETS@"', listed).replace("@VERSION@", version)
    file.write_text(made, encoding="utf-8", newline="\n")
    (site_dir / "version.txt").write_text(f"{version}\n", encoding="utf-8", newline="\n")
    return file


def offline_sets(site_dir: Path) -> dict[str, Set]:
    """What is kept together, so that it is whole.

    - ``safety``, for everyone: the numbers to call, and how every page looks
    - ``parents/SCHOOL``, for who opens any page of a school: its start, and its page for parents
    - ``guide``, ``school/SCHOOL`` and ``python``, for who uses a guide or practises
    """
    sets = {"safety": _pages(site_dir, SAFETY_PAGES), "guide": _pages(site_dir, (ANY_SCHOOL,))}
    for guide in sorted(site_dir.glob("scholen/*/wijzer/index.html")):
        school = guide.parent.parent.name
        folder = f"scholen/{school}/"
        sets[f"parents/{school}"] = _pages(site_dir, (folder + page for page in PARENTS_PAGES))
        sets[f"school/{school}"] = _pages(site_dir, (folder + page for page in SCHOOL_PAGES))
        for cases in (site_dir / CASES).glob(f"{school}*.json"):
            if plain_name(cases) == f"{school}.json":
                sets[f"school/{school}"][cases.relative_to(site_dir).as_posix()] = _hash(cases)
    for name, kept in list(sets.items()):
        shared = "safety" if name.startswith(("safety", "parents/")) else "guide"
        for page in [path for path in kept if path == "" or path.endswith("/")]:
            sets[shared] |= {path: _hash(site_dir / path) for path in _references(site_dir, page)}
    scripts = {path for kind in GUIDE_FILES for path in (site_dir / "assets" / "guide").glob(kind)}
    sets["guide"] |= {path.relative_to(site_dir).as_posix(): _hash(path) for path in scripts}
    for path in sets["guide"].keys() & sets["safety"].keys():
        del sets["guide"][path]  # kept for everyone
    bundle = site_dir / "assets" / "guide" / "python"
    if bundle.is_dir():
        sets["python"] = {
            path.relative_to(site_dir).as_posix(): _hash(path)
            for path in sorted(bundle.rglob("*"))
            if path.is_file() and path.suffix not in (".br", ".gz")
        }
    return sets


def _pages(site_dir: Path, pages: Iterable[str]) -> Set:
    found = {}
    for page in pages:
        for folder in LANGUAGE_FOLDERS:
            file = site_dir / folder / page / "index.html"
            if file.is_file():
                found[folder + page] = _hash(file)
    return found


def _references(site_dir: Path, page: str) -> set[str]:
    """The files of ours that a page loads, and those that its style sheets load."""
    html = (site_dir / page / "index.html").read_text(encoding="utf-8")
    paths = {_inside(page, m[1]) for m in _REFERENCE.finditer(html) if _LOADED.search(m[0])}
    for path in sorted(p for p in paths if p.endswith(".css")):
        css = (site_dir / path).read_text(encoding="utf-8")
        paths |= {_inside(path, m[1]) for m in _CSS_URL.finditer(css)}
    return {path for path in paths if (site_dir / path).is_file()}


def _inside(page: str, reference: str) -> str:
    """The path from the site's root; "" for an address elsewhere."""
    address = urlsplit(urljoin(f"https://site.invalid/{page}", reference))
    return address.path.lstrip("/") if address.netloc == "site.invalid" else ""


def _hash(file: Path) -> str:
    digest = hashlib.sha256(file.read_bytes()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"
