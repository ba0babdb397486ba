"""What axe-core has to say about a page: in light with all its rules, in dark about colours."""

from __future__ import annotations

from typing import Literal

from playwright.sync_api import Page

from scripts.progress import ROOT

_AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"

_RUNS: tuple[tuple[Literal["light", "dark"], str], ...] = (
    ("light", "{ resultTypes: ['violations'] }"),
    ("dark", "{ resultTypes: ['violations'], runOnly: ['color-contrast', 'link-in-text-block'] }"),
)
"""Only the rules that measure colours can differ between light and dark."""


def complaints_of_axe(page: Page, *, dark: bool = True) -> list[str]:
    """Each broken rule of what is visible now, with the first three places; no rule is left out.

    Without motion, or axe would measure a colour halfway between light and dark.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(_AXE.read_text(encoding="utf-8"))
    found: list[str] = []
    papers: set[str] = set()
    for shade, options in _RUNS if dark else _RUNS[:1]:
        page.emulate_media(color_scheme=shade, reduced_motion="reduce")
        papers.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        result = page.evaluate(f"axe.run(document, {options})")
        found += [
            f"{shade} {rule['id']}: {[(node['target'], node['html'][:160]) for node in rule['nodes'][:3]]}"
            for rule in result["violations"]
        ]
    assert len(papers) == 1 + dark, "dark looks as light does"
    return found
