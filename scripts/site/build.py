"""Builds the pages with MkDocs, then what MkDocs does not do: joined scripts, cards, search, policy."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Container, Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts.pages.content import Content, read_content
from scripts.progress import ROOT
from scripts.site import source, stale

_DIRTY = "--dirty"


def build_site(site_dir: Path, *, content: Content | None = None, site_url: str = "") -> Path:
    """Build the whole site into ``site_dir``; raises when anything at all is amiss."""
    from scripts.site_steps.cards import write_cards
    from scripts.site_steps.headers import write_headers
    from scripts.site_steps.join_modules import join_modules
    from scripts.site_steps.not_found import write_not_found
    from scripts.site_steps.search import write_search

    content = content or read_content()
    build_pages(site_dir, content, site_url=site_url)
    join_modules(site_dir)
    write_cards(site_dir, content)
    write_not_found(site_dir, site_url or os.environ.get("SITE_URL", ""))
    write_search(site_dir)
    write_headers(site_dir)
    return site_dir


def build_pages(
    site_dir: Path,
    content: Content,
    *,
    site_url: str = "",
    only: Container[str] | None = stale.EVERYTHING,
) -> None:
    """MkDocs, strictly: a warning stops the build. ``only``: names of pages; the others stay as they are."""
    source.use(source.Source(content))
    run_mkdocs(site_dir, site_url=site_url, only=only)


def run_mkdocs(
    site_dir: Path, *, site_url: str = "", only: Container[str] | None = stale.EVERYTHING
) -> None:
    """The same of what :func:`scripts.site.source.use` was given last."""
    os.environ.setdefault("DISABLE_MKDOCS_2_WARNING", "true")  # of the theme, at each start
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    partly = only is not stale.EVERYTHING
    more = {"site_url": site_url} if site_url else {}
    config = load_config(
        str(ROOT / "mkdocs.yml"), site_dir=str(site_dir.resolve()), strict=not partly, **more
    )
    stale.ask_for(only)
    logging.getLogger("mkdocs").setLevel(logging.ERROR if partly else logging.WARNING)
    config.plugins.on_startup(command="build", dirty=partly)
    try:
        with _telling_i18n(partly):
            build(config, dirty=partly)
        config.plugins.on_shutdown()
    finally:
        stale.ask_for(stale.EVERYTHING)


@contextmanager
def _telling_i18n(partly: bool) -> Iterator[None]:
    """static-i18n builds the second language itself, and looks at the command line for how."""
    if not partly:
        yield
        return
    sys.argv.append(_DIRTY)
    try:
        yield
    finally:
        sys.argv.remove(_DIRTY)
