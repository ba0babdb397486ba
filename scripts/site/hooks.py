"""Hooks of MkDocs (``hooks:`` in mkdocs.yml): generated pages go in, finished pages come out.

Our pages pass for files of ``docs/`` that are not on disk, so that static-i18n gives each its
language and address. Their text is never read as Markdown.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

# MkDocs puts the folder of a hook on the path; we import from the project's root instead.
sys.path[:] = [
    str(Path(__file__).parents[2]),
    *(p for p in sys.path if p != str(Path(__file__).parent)),
]

from mkdocs.plugins import CombinedEvent, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from scripts.site import stale
from scripts.site.source import current
from scripts.site_steps.headers import with_policy
from scripts.site_steps.trim import trimmed

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

_AFTER_I18N = -200
_UNUSED = (
    "assets/javascripts/",
    "assets/stylesheets/palette.",
    "assets/images/favicon.png",
    "assets/card-pdf.css",
)


def _add_pages(files: Files, /, *, config: MkDocsConfig) -> Files:
    """Every generated page, as if it were a file of ``docs/``."""
    for file in [file for file in files if _is_unused(file.src_uri)]:
        files.remove(file)
    for name in current().sheets:
        files.append(File(name, config.docs_dir, config.site_dir, config.use_directory_urls))
    return files


def _is_unused(name: str) -> bool:
    return name.startswith(_UNUSED) or name.endswith(".map")


@event_priority(_AFTER_I18N)
def _add_data(files: Files, /, *, config: MkDocsConfig) -> Files:
    """What scripts fetch, once; and which pages a build of only what changed has to make."""
    if _is_first_language(config):
        for name, text in current().data_files.items():
            files.append(File.generated(config, name, content=text))
    for file in files.documentation_pages():
        file.is_modified = stale.asker(file.src_uri)  # type: ignore[method-assign]  # theirs asks the disk
    return files


def _is_first_language(config: MkDocsConfig) -> bool:
    i18n: Any = config.plugins["i18n"]  # untyped; each language is a build of its own
    return bool(i18n.current_language == i18n.default_language)


on_files = CombinedEvent(_add_pages, _add_data)


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """The menu needs the titles of pages that this build does not make."""
    for file in files.documentation_pages():
        if file.page:
            file.page.meta = current().meta(file.src_uri)
            file.page.title = file.page.meta["title"]
    return nav


def on_page_read_source(page: Page, config: MkDocsConfig) -> str | None:
    """Nothing for a generated page; prose with its calls filled in."""
    source = current()
    if page.file.src_uri in source.sheets:
        return ""
    prose = source.prose.get(page.file.src_uri)
    return prose.draw(source.content) if prose else None


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Title, description and what else the frame must know."""
    page.meta = current().meta(page.file.src_uri)
    return markdown


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """The page itself."""
    sheet = current().sheets.get(page.file.src_uri)
    return current().html(sheet) if sheet else html


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Without the parts of the theme that no block of its template can leave out, and with its policy."""
    return with_policy(trimmed(output))


__all__ = [
    "on_files",
    "on_nav",
    "on_page_content",
    "on_page_markdown",
    "on_page_read_source",
    "on_post_page",
]
