"""What tests/site does not yet say of the two languages: the same outline, page by page."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.site.conftest import BuiltPage, BuiltSite


def outline(page: BuiltPage) -> list[str]:
    """The levels of the headings, in order."""
    return [str(heading.tag) for heading in page.tree.xpath("//h1 | //h2 | //h3 | //h4 | //h5")]


def test_a_page_has_the_same_headings_in_both_languages(site: BuiltSite) -> None:
    """As many, of the same levels, in the same order."""
    for path, page in site.pages.items():
        if page.language == "nl":
            assert outline(page) == outline(site.pages[f"en/{path}"]), path


def test_no_heading_skips_a_level(site: BuiltSite) -> None:
    """Who walks through a page by its headings meets no gap."""
    for page in site.files:
        levels = [int(tag[1]) for tag in outline(page)]
        skips = [(a, b) for a, b in pairwise(levels) if b > a + 1]
        assert skips == [], page.path


@pytest.mark.parametrize("attribute", ["data-clause", "data-a", "data-q"])
def test_the_same_data_stands_in_both_languages(site: BuiltSite, attribute: str) -> None:
    """Clause ids, questions and answers of a page are those of its counterpart."""
    for path, page in site.pages.items():
        if page.language == "nl":
            other = site.pages[f"en/{path}"]
            assert values(page, attribute) == values(other, attribute), path


def values(page: BuiltPage, attribute: str) -> list[str]:
    """Every value of this attribute, in order."""
    return [str(value) for value in page.tree.xpath(f"//@{attribute}")]
