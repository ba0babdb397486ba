"""A Markdown extension that hands drawn pages through as they are.

Python-Markdown would parse their HTML tag by tag, only to leave it alone: most of a build's time.
"""

from __future__ import annotations

from markdown import Extension, Markdown
from markdown.preprocessors import Preprocessor

MARK = "<!-- drawn -->"
"""The first line of a page that is HTML throughout."""

_AFTER_WHITESPACE_BEFORE_HTML = 25


class _Drawn(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        if lines and lines[0] == MARK:
            return [self.md.htmlStash.store("\n".join(lines[1:]).strip())]
        return lines


class DrawnPages(Extension):
    """``markdown_extensions: [scripts.pages.drawn]``."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  (their name)
        md.preprocessors.register(_Drawn(md), "drawn", _AFTER_WHITESPACE_BEFORE_HTML)


def makeExtension(**options: object) -> DrawnPages:  # noqa: N802  (their name)
    """What Python-Markdown looks for in a module that is an extension."""
    return DrawnPages(**options)
