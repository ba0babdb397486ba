"""No link leads nowhere, from any page, in either language."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from urllib.parse import unquote, urlsplit

from .conftest import BuiltPage, BuiltSite

_ELSEWHERE = ("http", "https", "tel", "mailto", "data")


def inside(page: BuiltPage) -> list[str]:
    """Every address of this page that stays on the site."""
    found = page.tree.xpath("//@href | //@src | //object/@data")
    return [str(address) for address in found if urlsplit(str(address)).scheme not in _ELSEWHERE]


def target(page: BuiltPage, address: str) -> Path:
    """The file that a host sends for an address on a page."""
    path = unquote(urlsplit(address).path)
    file = (page.file.parent / path).resolve() if path else page.file.resolve()
    return file / "index.html" if file.is_dir() else file


def test_each_link_leads_to_a_file(site: BuiltSite) -> None:
    for page in site.pages.values():
        for address in inside(page):
            assert not address.startswith("/"), f"{page.path}: {address} works on one host only"
            assert target(page, address).is_file(), f"{page.path}: {address}"


def test_each_anchor_exists_where_a_link_points(site: BuiltSite) -> None:
    ids = {page.file.resolve(): set(page.ids) for page in site.pages.values()}
    for page in site.pages.values():
        if page.path.endswith("/wijzer/"):
            continue  # there the part after # holds answers, not a place
        for address in inside(page):
            anchor = urlsplit(address).fragment
            file = target(page, address)
            if anchor and file in ids and file.parent.name != "wijzer":
                assert anchor in ids[file], f"{page.path}: {address}"


def test_no_place_has_the_same_name_as_another_on_its_page(site: BuiltSite) -> None:
    for page in site.files:
        twice = [name for name, times in Counter(page.ids).items() if times > 1]
        assert twice == [], page.path


def test_the_page_for_what_is_not_there_works_from_any_depth(site: BuiltSite) -> None:
    for page in site.files:
        if page.file.name == "404.html":
            for address in inside(page):
                assert address.startswith(("/", "#")), f"{page.path}: {address}"
                path = unquote(urlsplit(address).path)
                file = site.folder / path.lstrip("/")
                assert file.exists(), address


def test_each_red_flag_has_its_card(site: BuiltSite) -> None:
    from decision_tree.reading import read_safety

    for path in ("nu-gevaar/", "en/nu-gevaar/"):
        assert {flag.id for flag in read_safety().flags} <= set(site.pages[path].ids)


def test_each_page_has_the_safety_line(site: BuiltSite) -> None:
    for page in site.files:
        (link,) = page.tree.xpath("//*[contains(@class, 'pw-safety')]/a")
        assert "112" in link.text_content()
        assert "113" in link.text_content()


def test_no_page_lists_other_schools_but_the_shared_ones(site: BuiltSite) -> None:
    """Pages stay small however many schools there are."""
    for path, page in site.pages.items():
        bare = page.same_in_dutch
        if bare.startswith("scholen/"):
            own = "/".join(bare.split("/")[:2])
            for address in inside(page):
                there = target(page, address).relative_to(site.folder.resolve()).as_posix()
                there = there.removeprefix("en/")
                assert not there.startswith("scholen/") or there.startswith(own), (
                    f"{path}: {address}"
                )


def test_pages_for_parents_and_pupils_can_be_left_fast(site: BuiltSite) -> None:
    for path, page in site.pages.items():
        school_start = (
            page.same_in_dutch.startswith("scholen/") and page.same_in_dutch.count("/") == 2
        )
        if school_start or page.same_in_dutch.endswith("/ouders/") or page.same_in_dutch in {
            "", "zoeken/", "nu-gevaar/", "cyberpesten/", "hulplijnen/", "mijn-school-staat-er-niet-bij/",
            "vragen-van-ouders/", "bijhouden/", "brief-aan-school/",
        }:  # fmt: skip
            assert page.tree.xpath("//a[@data-exit]"), path


def test_the_way_out_comes_before_the_page_itself_and_needs_no_script(site: BuiltSite) -> None:
    """On a slow phone the end of a guide comes seconds after its first screen."""
    found = 0
    for path, page in site.pages.items():
        for link in page.tree.xpath("//a[@data-exit]"):
            found += 1
            assert link.get("href").startswith("https://"), path
            assert link.xpath("following::article"), path
            assert not link.xpath("ancestor-or-self::*[@hidden]"), path
    assert found > 20
