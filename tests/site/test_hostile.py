"""Whatever a protocol file says stays text: it cannot become markup, script or template."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest

from decision_tree.protocol import Text
from scripts.pages.content import Content
from scripts.site.build import build_pages
from tests.inline import OURS

from .conftest import BuiltPage, BuiltSite

pytestmark = pytest.mark.built  # runs MkDocs

HOSTILE = (
    ' <script>alert(1)</script> <img src=x onerror=alert(2)> " onmouseover="alert(3)" \''
    " {{ 7 * 7 }} {% raw %} [x](javascript:alert(4)) </div></article> **b** `c` <!-- -->"
    " --- # h { .k onclick=alert(5) } &lt;i&gt; \\ \u0002wzxhzdk:0\u0003"
    "\n---\ntitle: x\n---\n<meta http-equiv=refresh content='0;url=/over/'>"
)
OF_EVERY_PLANE = "".join(
    f"{chr(plane << 16 | place)}<b onclick=alert(6)>"
    for plane in range(17)
    for place in (0x00, 0x07, 0x1B, 0x85, 0x200B, 0x202E, 0x2028, 0xF600, 0xFFFE, 0xFFFF)
)
"""Controls, joiners, bidi marks and noncharacters, and their namesakes beyond the first plane (emoji)."""

TEXTS = {"nl", "en", "name", "place", "title"}
"""The fields of a protocol that hold words; the others are ids and fixed values."""


def made_hostile(thing: Any) -> Any:
    """The same data with every text followed by everything that could do harm."""
    if isinstance(thing, tuple):
        return tuple(made_hostile(item) for item in thing)
    if not is_dataclass(thing) or isinstance(thing, type):
        return thing
    changes: dict[str, Any] = {}
    for f in fields(thing):
        value = getattr(thing, f.name)
        if isinstance(value, str):
            if f.name in TEXTS:
                changes[f.name] = value + OF_EVERY_PLANE + HOSTILE
        else:
            changes[f.name] = made_hostile(value)
    return replace(thing, **changes)


@pytest.fixture(scope="module")
def pages(content: Content, tmp_path_factory: pytest.TempPathFactory) -> list[BuiltPage]:
    """Cals with hostile texts, built as the real site is."""
    cals = next(p for p in content.protocols if p.school.id == "cals")
    hostile = Content(
        protocols=(made_hostile(cals),),
        safety=made_hostile(content.safety),
        contacts=made_hostile(content.contacts),
    )
    folder = tmp_path_factory.mktemp("hostile")
    build_pages(folder, hostile)
    return BuiltSite(folder).files


def test_no_text_of_a_file_becomes_markup(pages: list[BuiltPage]) -> None:
    for page in pages:
        tree = page.tree
        assert all(script.get("src") or script.get("type") == "application/json" or script.text == OURS
                   for script in tree.iter("script")), page.path  # fmt: skip
        assert list(tree.iter("img")) == [], page.path
        assert tree.xpath("//meta[translate(@http-equiv, 'R', 'r')='refresh']") == [], page.path
        for element in tree.iter():
            for name, value in element.attrib.items():
                assert not str(name).startswith("on"), f"{page.path}: {name}"
                assert not str(value).strip().startswith("javascript:"), f"{page.path}: {value!r}"


def test_the_text_is_still_there_to_read(pages: list[BuiltPage]) -> None:
    page = next(page for page in pages if page.path == "scholen/cals/protocol/")
    text = page.tree.text_content()
    assert "<script>alert(1)</script>" in text
    assert "{{ 7 * 7 }}" in text
    assert "**b** `c` <!-- -->" in text
    assert "&lt;i&gt;" in text
    assert "😀<b onclick=alert(6)>" in text


def test_a_title_cannot_leave_the_head(pages: list[BuiltPage]) -> None:
    for page in pages:
        tree = page.tree
        assert len(tree.xpath("//head")) == 1
        assert len(tree.xpath("//article")) == 1, page.path


def test_every_word_field_was_made_hostile(content: Content) -> None:
    text = made_hostile(Text(nl="a", en="b"))
    assert text.nl == "a" + OF_EVERY_PLANE + HOSTILE
    assert made_hostile(content.protocols[0]).phases[0].about.nl.endswith(HOSTILE)
