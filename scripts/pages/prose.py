"""The prose of ``docs/``: Markdown that people write, one file per language, side by side.

A prose page may call the same functions and macros as the templates: ``{{ to("hulplijnen") }}``.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jinja2 import TemplateError

from decision_tree.errors import BadFile, Problem
from decision_tree.protocol import LANGUAGES, Language
from decision_tree.yaml_source import read_text
from scripts.pages.content import Content
from scripts.pages.drawing import environment, helpers


@dataclass(frozen=True, slots=True)
class Prose:
    """One page in one language. ``text`` still holds its calls."""

    path: str
    language: Language
    text: str

    @property
    def file(self) -> str:
        return f"{self.path}.{self.language}.md"

    def draw(self, content: Content) -> str:
        """The Markdown with its calls filled in."""
        here = helpers(self.path, self.language, content)
        try:
            return environment().from_string(self.text).render(**here)
        except TemplateError as error:
            what = f"a call on this page does not work: {error.message or 'it is not closed'}"
            hint = "overrides/pages/README.md lists what a page can call"
            raise BadFile([Problem(self.file, _line(error), 1, "R37", what, hint)]) from error


def _line(error: TemplateError) -> int:
    """The line of the page where a call went wrong: Jinja says it itself, or its traceback does."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno or 0 for frame in frames if frame.filename == "<template>"]
    return getattr(error, "lineno", None) or next(iter(lines), 0)


class MissingTranslation(BadFile):
    """A prose page that exists in one language only."""

    def __init__(self, file: str, what: str) -> None:
        super().__init__([Problem(file, 0, 0, "R12", what, "write the other one too")])


def prose_pages(folder: Path) -> Iterator[Prose]:
    """Every prose page; raises when one lacks its counterpart."""
    for dutch in sorted(folder.glob("*.nl.md")):
        path = dutch.name.removesuffix(".nl.md")
        for language in LANGUAGES:
            file = folder / f"{path}.{language}.md"
            if not file.exists():
                what = f"{dutch.name} has no counterpart {file.name}"
                raise MissingTranslation(dutch.name, what)
            yield Prose(path, language, read_text(file))
    for file in folder.glob("*.md"):
        if file.name != "README.md" and (
            not file.name.endswith((".nl.md", ".en.md"))
            or not (folder / file.name.replace(".en.md", ".nl.md")).exists()
        ):
            raise MissingTranslation(file.name, f"{file.name} has no Dutch counterpart")
