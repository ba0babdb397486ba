"""Templates: the Jinja environment, and the few functions that templates may call."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from decision_tree.browser import version
from decision_tree.protocol import Language, Protocol, Role
from scripts.pages import sentences, six_points, views
from scripts.pages.content import Content
from scripts.pages.page import Page, link
from scripts.pages.words import say

TEMPLATES = Path(__file__).parents[2] / "overrides" / "pages"


@cache
def environment() -> Environment:
    """Everything from data is escaped; a name that does not exist is an error, not a blank."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip


_LIST = re.compile(r"<[uo]l(?=[ >])")
"""Where a list begins. Markup is ours alone: what comes from data is escaped."""


def draw(page: Page, language: Language, content: Content) -> str:
    """The HTML inside the frame. Every list says that it is one: Safari takes one without markers for none."""
    template = environment().get_template(page.template)
    html = template.render(**helpers(page.path, language, content), **page.data, page=page)
    return _LIST.sub(r'\g<0> role="list"', html)


def helpers(here: str, language: Language, content: Content) -> dict[str, Any]:
    """What every template can use. ``overrides/pages/README.md`` lists it for people."""

    def text(thing: Any) -> str:
        return str(getattr(thing, language)) if thing is not None else ""

    def to(path: str, anchor: str = "") -> str:
        return link(here, path) + (f"#{anchor}" if anchor else "")

    def asset(path: str) -> str:
        # Pages of the second language lie one folder deeper than those of the first.
        up = link(here, "") if language == "nl" else link(f"en/{here}".rstrip("/"), "")
        return up + path

    return {
        "language": language,
        "english": language == "en",
        "content": content,
        "w": lambda key: say(key, language),
        "text": text,
        "big": lambda thing: sentences.capital(thing if isinstance(thing, str) else text(thing)),
        "to": to,
        "asset": asset,
        "clauses": _clauses,
        "listed": lambda parts: sentences.listed(list(parts), language),
        "either": lambda parts: sentences.listed(list(parts), language, either=True),
        "condition": lambda item, p: sentences.condition(item, p, language),
        "limits": lambda item, p: sentences.limits(item, p, language),
        "timing": lambda item: sentences.timing(item, language),
        "where": lambda clause: text(content.where[clause]),
        "shape": views.shape,
        "leads": views.leads,
        "role_name": lambda p, role_id: _role_name(p, role_id, language),
        "views": views,
        "six_points": six_points,
        "in_short": lambda p, point: six_points.short(p, point, language),
        "version": lambda compiled: version(compiled, content.safety),
        "tel": lambda number: "tel:" + "".join(c for c in number if c.isdigit() or c == "+"),
    }


def _clauses(*things: Any) -> Markup:
    """The attribute that names the clauses a statement comes from; nothing where it is ours."""
    ids = dict.fromkeys(clause for thing in things if thing is not None for clause in thing.sources)
    return Markup(' data-clause="{}"').format(" ".join(ids)) if ids else Markup("")


def _role_name(protocol: Protocol, role_id: str, language: Language) -> str:
    role: Role = protocol.role(role_id)
    return sentences.capital(role.name.in_language(language))
