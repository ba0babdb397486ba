"""What the frame of a page must know: its title, its sections, which scripts it runs."""

from __future__ import annotations

from typing import Any

from decision_tree.protocol import Language
from scripts.pages.page import Page


def front_matter(page: Page, language: Language) -> dict[str, Any]:
    """The ``page.meta`` of a generated page. Plain values: no text of a file passes a parser."""
    meta: dict[str, Any] = {
        "title": page.title.in_language(language),
        "description": page.description.in_language(language),
        **({"exit": True} if page.exit else {}),
        **({"wide": True} if page.wide else {}),
        **({"unlisted": True} if page.unlisted else {}),
        **({"scripts": list(page.scripts)} if page.scripts else {}),
        **page.frame.get(language, {}),
    }
    if page.sections:
        meta["sections"] = [
            {"id": section.id, "title": section.title.in_language(language)}
            for section in page.sections
        ]
    return meta
