"""The site: draw the pages, run MkDocs strictly, then finish what MkDocs does not do.

After MkDocs: the guide's scripts as one file, cards as PDF, an own 404 per language, the search
index, and the policy (CSP) on every page and in ``_headers``. Each is a small module in ``scripts/site_steps/``.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from scripts.pages import ROOT, generate
from scripts.pages.content import Content, read_content
from scripts.site_steps.cards import write_cards
from scripts.site_steps.headers import write_policy
from scripts.site_steps.join_modules import join_modules
from scripts.site_steps.not_found import write_not_found
from scripts.site_steps.search import write_search
from scripts.site_steps.trim import trim

DOCS = ROOT / "build" / "docs"
SITE = ROOT / "site"


def build_site(
    site_dir: Path = SITE,
    docs_dir: Path = DOCS,
    *,
    content: Content | None = None,
    site_url: str | None = None,
) -> Path:
    """Build the whole site into ``site_dir``; raises when anything at all is amiss."""
    content = content or read_content()
    generate(docs_dir, content)
    run_mkdocs(docs_dir, site_dir, site_url)
    trim(site_dir)
    join_modules(site_dir)
    write_cards(site_dir, content)
    write_not_found(site_dir, site_url or os.environ.get("SITE_URL", ""))
    write_search(site_dir)
    write_policy(site_dir)
    return site_dir


def run_mkdocs(docs_dir: Path, site_dir: Path, site_url: str | None = None) -> None:
    """``mkdocs build --strict``: a warning stops the build. (``-q`` would hide it from ``--strict``.)"""
    config = docs_dir.with_name(f"{docs_dir.name}.mkdocs.yml")
    config.write_text(
        f"INHERIT: {ROOT.joinpath('mkdocs.yml').as_posix()}\n"
        f"docs_dir: {docs_dir.resolve().as_posix()}\n"
        f"theme: {{custom_dir: {ROOT.joinpath('overrides').as_posix()}}}\n"
        + (f"site_url: {site_url}\n" if site_url else ""),
        encoding="utf-8",
    )
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--clean",
               "-f", str(config), "-d", str(site_dir.resolve())]  # fmt: skip
    quiet = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **quiet}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"mkdocs build --strict failed:\n{done.stdout}{done.stderr}")
