"""The prose of ``docs/``: Markdown that people write, one file per language, side by side.

A prose page may call the same functions and macros as the templates: ``{{ to("hulplijnen") }}``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from decision_tree.protocol import LANGUAGES, Language
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
        return environment().from_string(self.text).render(**here)


class MissingTranslation(Exception):
    """A prose page that exists in one language only."""


def prose_pages(folder: Path) -> Iterator[Prose]:
    """Every prose page; raises when one lacks its counterpart."""
    for dutch in sorted(folder.glob("*.nl.md")):
        path = dutch.name.removesuffix(".nl.md")
        for language in LANGUAGES:
            file = folder / f"{path}.{language}.md"
            if not file.exists():
                raise MissingTranslation(f"{dutch.name} has no counterpart {file.name}")
            yield Prose(path, language, file.read_text(encoding="utf-8"))
    for file in folder.glob("*.md"):
        if file.name != "README.md" and (
            not file.name.endswith((".nl.md", ".en.md"))
            or not (folder / file.name.replace(".en.md", ".nl.md")).exists()
        ):
            raise MissingTranslation(f"{file.name} has no Dutch counterpart")
