"""Where on the site a clause is told: read from the drawn pages themselves, so it can't be wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html.parser import HTMLParser

from scripts.pages.page import Page


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the site; ``name`` is the key of the page's name in words.yaml."""

    path: str
    anchor: str
    name: str


_VOID = frozenset({"br", "img", "input", "meta", "link", "hr", "path", "rect", "circle"})
_MOST = 3


def places(drawn: Iterable[tuple[Page, str]]) -> dict[str, list[Spot]]:
    """Clause id -> the first few places that tell it, one per page, in the order of the pages."""
    found: dict[str, list[Spot]] = {}
    for page, html in drawn:
        name = f"school-{page.data['here']}"
        for clause, anchor in _Statements.of(html).items():
            spots = found.setdefault(clause, [])
            if len(spots) < _MOST:
                spots.append(Spot(page.path, anchor, name))
    return found


class _Statements(HTMLParser):
    """Clause ids with the nearest anchor: of the statement itself or of what it stands in."""

    def __init__(self) -> None:
        super().__init__()
        self.anchors: list[str] = [""]
        self.last_heading = ""
        self.found: dict[str, str] = {}

    @classmethod
    def of(cls, html: str) -> dict[str, str]:
        parser = cls()
        parser.feed(html)
        return parser.found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        anchor = values.get("id") or values.get("aria-labelledby") or self.anchors[-1]
        if tag in {"h2", "h3"} and values.get("id"):
            self.last_heading = str(values["id"])
        for clause in (values.get("data-clause") or "").split():
            self.found.setdefault(clause, anchor or self.last_heading)
        if tag not in _VOID:
            self.anchors.append(anchor or "")

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID and len(self.anchors) > 1:
            self.anchors.pop()
