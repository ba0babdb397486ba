"""How the lines of a card are set in its PDF."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from weasyprint import HTML  # type: ignore[import-untyped]

from decision_tree.protocol import LANGUAGES, Language
from scripts.pages import views
from scripts.pages.content import Content
from scripts.pages.drawing import environment, helpers
from scripts.progress import ROOT
from scripts.site_steps import cards

from .conftest import BuiltSite


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_step_breaks_its_line_after_the_first_word(
    site: BuiltSite, content: Content, language: Language
) -> None:
    """WeasyPrint did so where a step ended in words that may not break."""
    short = []
    for protocol in content.protocols:
        page = f"scholen/{protocol.school.id}/kaart"
        folder = f"en/{page}" if language == "en" else page
        size = re.search(r'data-points="([\d.]+)"', site.pages[f"{folder}/"].text)
        assert size
        html = environment().get_template("card-pdf.html").render(
            **helpers(page, language, content), p=protocol, groups=views.card_groups(protocol)
        )  # fmt: skip
        drawn = HTML(string=html, base_url=str(ROOT / "overrides")).render(
            stylesheets=[*cards._styles(), cards._size(float(size[1]))], font_config=cards._fonts()
        )
        assert len(drawn.pages) == 1
        for step in _all(drawn.pages[0]._page_box, "li"):
            lines = [box for box in step.descendants() if type(box).__name__ == "LineBox"]
            first = _words(lines[0]) if lines else ""
            if len(lines) > 1 and len(first.split()) < 2:
                short.append((protocol.school.id, first))
    assert short == []


def _all(box: Any, tag: str) -> Iterator[Any]:
    """The boxes of the steps: elements with this tag that are blocks."""
    for one in box.descendants():
        if one.element_tag == tag and type(one).__name__ == "BlockBox":
            yield one


def _words(line: Any) -> str:
    return "".join(box.text for box in line.descendants() if hasattr(box, "text"))
