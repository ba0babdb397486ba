"""Dutch and English are the same site: the same pages, statements and places."""

from __future__ import annotations

import re

from scripts.pages.words import words

from .conftest import BuiltSite


def test_each_page_exists_in_both_languages(site: BuiltSite) -> None:
    dutch = {path for path in site.pages if not path.startswith("en/")}
    english = {path.removeprefix("en/") for path in site.pages if path.startswith("en/")}
    assert dutch == english


def test_both_languages_make_the_same_statements_in_the_same_order(site: BuiltSite) -> None:
    for path, page in site.pages.items():
        if page.language == "nl":
            assert page.clauses == site.pages[f"en/{path}"].clauses, path


def test_both_languages_have_the_same_places_to_link_to(site: BuiltSite) -> None:
    for path, page in site.pages.items():
        if page.language == "nl" and path not in {"over/"}:
            assert page.ids == site.pages[f"en/{path}"].ids, path


def test_each_page_says_which_language_it_is(site: BuiltSite) -> None:
    for page in site.files:
        assert page.tree.get("lang") == page.language, page.path


def test_the_switch_leads_to_the_same_page_in_the_other_language(site: BuiltSite) -> None:
    for path, page in site.pages.items():
        (link,) = page.tree.xpath("//a[@data-keep-place]/@href")
        there = (page.file.parent / str(link)).resolve() / "index.html"
        other = path.removeprefix("en/") if page.language == "en" else f"en/{path}"
        assert there == site.pages[other].file.resolve(), path


def test_search_engines_are_told_of_the_other_language_with_whole_addresses(
    site: BuiltSite,
) -> None:
    for path, page in site.pages.items():
        links = dict(
            zip(page.tree.xpath("//link[@hreflang]/@hreflang"),
                page.tree.xpath("//link[@hreflang]/@href"), strict=True)
        )  # fmt: skip
        assert set(links) == {"nl", "en", "x-default"}, path
        assert all(re.match(r"https?://", str(link)) for link in links.values()), path
        assert str(links["en"]).endswith(f"/en/{page.same_in_dutch}"), path


def test_each_page_has_its_own_title_and_description(site: BuiltSite) -> None:
    titles: dict[str, str] = {}
    for path, page in site.pages.items():
        title = str(page.tree.findtext(".//title"))
        (description,) = page.tree.xpath("//meta[@name='description']/@content")
        assert description, path
        key = f"{page.language} {title}"
        assert key not in titles, f"{path} and {titles.get(key)} are both called {title}"
        titles[key] = path


def test_each_page_has_one_main_heading(site: BuiltSite) -> None:
    for page in site.files:
        assert len(page.tree.xpath("//h1")) == 1, page.path


def test_no_word_of_the_frame_is_left_untranslated() -> None:
    for key, text in words().items():
        assert text.nl.strip(), key
        assert text.en.strip(), key


def test_an_unofficial_translation_says_so(site: BuiltSite) -> None:
    said = words()["unofficial"].en
    page = site.pages["en/scholen/cals/protocol/"]
    assert said in page.tree.text_content()
    assert words()["unofficial"].nl not in site.pages["scholen/cals/protocol/"].tree.text_content()
