"""A page asks nobody else for anything, and obeys one strict policy."""

from __future__ import annotations

import base64
import hashlib
import re

from .conftest import BuiltSite


def test_nothing_is_loaded_from_another_host(site: BuiltSite) -> None:
    loads = "//script/@src | //img/@src | //iframe/@src | //source/@src | //link[not(@hreflang or @rel='canonical')]/@href"
    for page in site.files:
        for address in page.tree.xpath(loads):
            assert not re.match(r"(https?:)?//", str(address)), f"{page.path}: {address}"


def test_style_sheets_load_nothing_from_another_host(site: BuiltSite) -> None:
    for sheet in site.folder.rglob("*.css"):
        text = sheet.read_text(encoding="utf-8")
        assert not re.search(r"url\(\s*[\"']?(https?:)?//", text), sheet
        assert "@import" not in text, sheet


def test_another_host_is_named_only_in_a_link_that_one_can_see(site: BuiltSite) -> None:
    for page in site.files:
        for element in page.tree.iter():
            for name, value in element.attrib.items():
                if re.match(r"https?://", str(value)) and not (
                    (element.tag in {"a", "link"} and name == "href")
                    or element.tag == "svg" or name == "xmlns"
                ):  # fmt: skip
                    raise AssertionError(f"{page.path}: <{element.tag} {name}={value!r}>")


def test_a_link_to_another_host_does_not_tell_it_where_one_came_from(site: BuiltSite) -> None:
    for page in site.files:
        for link in page.tree.xpath("//a[starts-with(@href, 'http')]"):
            assert "noreferrer" in str(link.get("rel")), f"{page.path}: {link.get('href')}"


def test_each_page_carries_the_policy(site: BuiltSite) -> None:
    for page in site.files:
        policies = page.tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert len(policies) == 1, page.path
        assert "default-src 'none'" in str(policies[0])
        assert "unsafe-inline" not in str(policies[0])
        assert "'unsafe-eval'" not in str(policies[0])


def test_only_the_search_page_may_compile_webassembly(site: BuiltSite) -> None:
    for path, page in site.pages.items():
        (policy,) = page.tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert ("wasm-unsafe-eval" in str(policy)) == (page.same_in_dutch == "zoeken/"), path


def test_what_stands_inline_is_in_the_policy_by_its_hash(site: BuiltSite) -> None:
    for page in site.files:
        (policy,) = page.tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        for script in re.findall(
            r"<script(?![^>]*\bsrc=)(?![^>]*json)[^>]*>(.*?)</script>", page.text, re.DOTALL
        ):
            digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
            assert f"'sha256-{digest}'" in str(policy), page.path


def test_no_page_has_inline_styles_or_handlers(site: BuiltSite) -> None:
    for page in site.files:
        assert page.tree.xpath("//@style") == [], page.path
        assert page.tree.xpath("//style") == [], page.path
        assert page.tree.xpath("//@*[starts-with(name(), 'on')]") == [], page.path


def test_hosts_get_the_policy_and_the_workers_own(site: BuiltSite) -> None:
    headers = (site.folder / "_headers").read_text(encoding="utf-8")
    assert "frame-ancestors 'none'" in headers
    assert "/assets/guide/guide_worker*" in headers
    assert "unsafe-inline" not in headers


def test_the_themes_own_scripts_are_not_shipped(site: BuiltSite) -> None:
    assert not (site.folder / "assets" / "javascripts").exists()
    assert list(site.folder.rglob("*.map")) == []
