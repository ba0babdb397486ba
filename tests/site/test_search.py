"""The search index: what it holds of each page, in the page's own words."""

from __future__ import annotations

import gzip
import json
import re
from typing import Any

import pytest

from scripts.site_steps.search_words import folded
from tests.site.conftest import BuiltSite

pytestmark = pytest.mark.built

Fragments = list[dict[str, Any]]


@pytest.fixture(scope="module")
def fragments(site: BuiltSite) -> Fragments:
    """What Pagefind kept of each page: its address, its title, its text."""
    packed = (site.folder / "pagefind" / "fragment").glob("*.pf_fragment")
    texts = [gzip.decompress(file.read_bytes()) for file in packed]
    return [json.loads(text[text.index(b"{") :]) for text in texts]


def test_the_index_makes_no_word_of_two(site: BuiltSite, fragments: Fragments) -> None:
    """Each word of it stands in one piece of text of its page; two spans beside each other are two."""
    strange = set[tuple[str, str]]()
    for found in fragments:
        page = site.pages[found["url"].lstrip("/")]
        own = {word for text in page.tree.itertext() for word in re.findall(r"\w+", text)}
        shown = found["content"].replace("\u200b", "")  # Pagefind's own mark inside long words
        strange |= {(page.path, word) for word in re.findall(r"\w+", shown) if word not in own}
    assert len(fragments) > 100
    assert strange == set()


def test_every_title_in_the_index_is_of_one_page_and_names_its_school(
    site: BuiltSite, fragments: Fragments
) -> None:
    """The tab of the browser calls the page the same."""
    for language in ("nl", "en"):
        here = [f for f in fragments if f["url"].startswith("/en/") == (language == "en")]
        titles = [f["meta"]["title"] for f in here]
        assert len(titles) == len(set(titles))
    for found in fragments:
        if "/scholen/" in found["url"]:
            tab = site.pages[found["url"].lstrip("/")].tree.findtext(".//title")
            assert tab == f"{found['meta']['title']} · Protocolwijzer"


def test_a_guide_is_found_by_its_name_alone(fragments: Fragments) -> None:
    """Its screens are hundreds, alike in every school, and would hide all else; a result that led to one of
    them would lead past the red flags, or nowhere."""
    guides = [f for f in fragments if f["url"].endswith("/wijzer/")]
    assert guides
    for found in guides:
        assert found["word_count"] < 60, found["url"]


def test_the_search_page_does_not_find_itself(fragments: Fragments) -> None:
    assert [f["url"] for f in fragments if f["url"].endswith("zoeken/")] == []


def test_the_page_is_told_every_word_that_is_found(site: BuiltSite, fragments: Fragments) -> None:
    """So that it never says of a word of the pages that it was not found."""
    for language in ("nl", "en"):
        file = site.folder / "pagefind" / f"words-{language}.json"
        told = set(json.loads(file.read_text(encoding="utf-8"))["words"].split())
        here = [f for f in fragments if f["url"].startswith("/en/") == (language == "en")]
        texts = (f["content"].replace("\u200b", "") for f in here)
        own = {folded(w) for text in texts for w in re.findall(r"[^\W\d_]{3,}", text)}
        assert len(own) > 1000
        assert own - told == set()
