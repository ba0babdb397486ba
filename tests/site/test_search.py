"""The search index: what it holds of each page, in the page's own words."""

from __future__ import annotations

import gzip
import json
import re
from typing import Any

import pytest

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


def test_of_a_guide_only_its_first_question_is_found(fragments: Fragments) -> None:
    """Its outcomes and cards are hundreds, alike in every school, and would hide all else."""
    guides = [f for f in fragments if f["url"].endswith("/wijzer/")]
    assert guides
    for found in guides:
        assert 50 < found["word_count"] < 1000, found["url"]
        assert not re.search(r"\b(zelfmoord|suicide)\b", found["content"]), found["url"]
