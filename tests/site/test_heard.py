"""What is seen is heard as well: names of links, lists, steps with who and when, marks of phases."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import pytest
from lxml.html import HtmlElement

from decision_tree.protocol import LANGUAGES, Language
from scripts.pages import views
from scripts.pages.content import Content

from .conftest import BuiltPage, BuiltSite


def words(element: HtmlElement) -> str:
    return " ".join("".join(element.itertext()).split())


def parts_of(page: BuiltPage) -> Iterator[HtmlElement]:
    """What a reader has before them at once: one screen of a guide, or else the page itself."""
    screens = page.tree.xpath("//*[@data-screen]")
    yield from screens or page.tree.xpath("//article")


def test_links_that_lead_to_different_places_have_different_names(site: BuiltSite) -> None:
    """In a list of links, which has nothing around them."""
    same: dict[tuple[str, str], set[str]] = {}
    for path, page in site.pages.items():
        for part in parts_of(page):
            found: dict[str, set[str]] = defaultdict(set)
            for link in part.xpath(".//a[@href][not(ancestor-or-self::*[@hidden])]"):
                name = str(link.get("aria-label") or words(link))
                found[name].add(urljoin(f"/{path}", str(link.get("href"))))
            same |= {(path, name): to for name, to in found.items() if len(to) > 1}
    assert same == {}


def test_the_name_of_a_link_holds_the_words_that_are_seen(site: BuiltSite) -> None:
    """Whoever speaks to their computer says what they see (WCAG 2.5.3); a mark as § is no word."""
    other = {
        (page.path, words(link), str(link.get("aria-label")))
        for page in site.pages.values()
        for link in page.tree.xpath("//a[@aria-label]")
        if re.search(r"\w", words(link)) and not str(link.get("aria-label")).startswith(words(link))
    }
    assert other == set()


def test_every_list_of_ours_says_that_it_is_a_list(site: BuiltSite) -> None:
    """Safari takes a list without markers for none. Prose keeps its markers, and so its lists."""
    silent = {
        (page.path, str(found.get("class")))
        for page in site.files
        for found in page.tree.xpath("//ul[not(@role='list')] | //ol[not(@role='list')]")
        if found.get("class") or found.xpath("ancestor::*[starts-with(@class, 'pw-page')]")
    }
    assert silent == set()


def test_who_when_and_whose_are_said_with_the_tick_box_of_a_step(site: BuiltSite) -> None:
    looked_at = 0
    for page in site.pages.values():
        ids = {str(e.get("id")): e for e in page.tree.xpath("//*[@id]")}
        for step in page.tree.xpath("//*[contains(@class, 'pw-check')]/li"):
            (field,) = step.xpath(".//input[@type='checkbox']")
            described = " ".join(words(ids[i]) for i in str(field.get("aria-describedby")).split())
            beside = step.xpath(
                ".//*[contains(@class, 'pw-who')] | .//*[@data-cond] | .//*[contains(@class, 'pw-ours--tag')]"
            )
            looked_at += len(beside)
            for told in beside:
                assert words(told) in described, (page.path, words(step))
            assert described
    assert looked_at > 1000


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_step_of_the_card_is_heard_with_its_phases(
    site: BuiltSite, content: Content, language: Language
) -> None:
    """As many marks as names, and a step without a mark says that it always holds."""
    for p in content.protocols:
        folder = "en/" if language == "en" else ""
        page = site.pages[f"{folder}scholen/{p.school.id}/kaart/"]
        told = [s for _, lines in views.card_groups(p) for same in lines for s in same]
        steps = page.tree.xpath("//*[@class='pw-a4']//li")
        heard = [words(e) for s in steps for e in s.xpath(".//*[@class='pw-hidden']")]
        for case in told:
            names = views.phase_names(case.where.phases, language)
            assert not names or any(heard_.endswith(f"{names[-1]}.") for heard_ in heard)
        marked = [s for s in steps if s.xpath(".//svg")]
        assert marked
        for step in steps:
            assert step.xpath(".//*[@class='pw-hidden']"), words(step)


def test_on_the_card_each_mark_means_one_phase(content: Content) -> None:
    for p in content.protocols:
        keys = views.card_keys(p)
        assert len(set(keys.values())) == len(p.phases), (p.school.id, keys)
        for phase in p.phases:
            assert not phase.label or keys[phase.id].startswith(phase.label)


def test_under_one_heading_no_sentence_is_told_twice(site: BuiltSite) -> None:
    """In how many cases it holds stands under it, once said."""
    twice: set[tuple[str, str]] = set()
    for path, page in site.pages.items():
        if not path.endswith(("/ouders/", "/zes-punten/", "/kaart/")):
            continue
        for part in page.tree.xpath("//article//ul"):
            own = [
                words(item.xpath("./span[1]")[0])
                if path.endswith("/kaart/")
                else str(item.text or "").strip()
                for item in part.xpath("./li")
            ]
            twice |= {(path, told) for told in own if len(told) > 20 and own.count(told) > 1}
    assert twice == set()


def test_a_dutch_page_leads_to_no_english_site(site: BuiltSite) -> None:
    english = {
        (page.path, str(link))
        for page in site.pages.values()
        if page.language == "nl"
        for link in page.tree.xpath(
            "//article//a[starts-with(@href, 'http')][not(ancestor::*[@data-basis])]/@href"
        )  # what an answer rests on may be in English
        if urlsplit(str(link)).netloc.startswith("english.")
        or "/en/" in f"{urlsplit(str(link)).path}/"
    }
    assert english == set()
