"""Turns a drawn page back into the plain Markdown that a person would have written."""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser

_HEADINGS = {f"h{level}": "#" * level + " " for level in range(1, 7)}
_BLOCKS = frozenset(
    {"p", "ul", "ol", "li", "section", "nav", "div", "details", "summary", "table", "tr", "td",
     "th", "dl", "dt", "dd", "figure", "label", *_HEADINGS}
)  # fmt: skip
_LEFT_OUT = frozenset({"svg", "script", "style"})
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*"}


def as_markdown(html: str) -> str:
    """Headings, lists, paragraphs, links and emphasis; what has no Markdown becomes paragraphs."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.markdown()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self._blocks: list[str] = []
        self._start = ""
        self._text: list[str] = []
        self._links: list[str] = []
        self._inside_left_out = 0

    def markdown(self) -> str:
        self._end_block()
        return "\n\n".join(self._blocks) + "\n"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _LEFT_OUT:
            self._inside_left_out += 1
        elif tag in _BLOCKS:
            self._end_block()
            self._start = _HEADINGS.get(tag, "- " if tag == "li" else "")
        elif tag == "a":
            self._links.append(dict(attrs).get("href") or "")
            self._text.append("[")
        else:
            self._text.append(_MARKS.get(tag, ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in _LEFT_OUT:
            self._inside_left_out -= 1
        elif tag in _BLOCKS:
            self._end_block()
        elif tag == "a" and self._links:
            self._text.append(f"]({self._links.pop()})")
        else:
            self._text.append(_MARKS.get(tag, ""))

    def handle_data(self, data: str) -> None:
        if not self._inside_left_out:
            self._text.append(escape(data, quote=False))

    def _end_block(self) -> None:
        text = re.sub(r"\s+", " ", "".join(self._text)).strip()
        if text:
            self._blocks.append(self._start + text)
            self._start = ""
        self._text = []
