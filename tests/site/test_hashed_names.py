"""What a page loads is named by its content, so that a page never gets a file of another version."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest

from scripts.publish import unchanging
from scripts.site_steps.hashed_names import (
    hashed_file,
    hashed_name,
    plain_name,
    with_hashed_names,
    write_hashed_names,
)

from .conftest import BuiltPage, BuiltSite

HASH = re.compile(r"--([0-9a-f]{16})\.")
LOADED = (
    "//script/@src | //link[@rel='stylesheet' or contains(@rel, 'preload')]/@href"
    " | //@data-manifest | //@data-worker | //@data-cases"
)


def loaded(page: BuiltPage) -> list[str]:
    """Paths, from the root of the site, of all that this page loads."""
    return [
        urlsplit(urljoin(f"http://site.invalid/{page.path}", str(address))).path.lstrip("/")
        for address in page.tree.xpath(LOADED)
    ]


def test_everything_that_a_page_loads_has_the_hash_of_its_content_in_its_name(
    site: BuiltSite,
) -> None:
    digests = dict[str, str]()
    for page in site.pages.values():
        found = loaded(page)
        assert found, page.path
        for path in found:
            if path not in digests:
                content = (site.folder / path).read_bytes()
                digests[path] = hashlib.sha256(content).hexdigest()
            said = HASH.search(path)
            assert said, f"{page.path}: {path}"
            assert digests[path].startswith(said[1]), path


def test_the_guide_and_practice_say_which_python_is_theirs(site: BuiltSite) -> None:
    for path, page in site.pages.items():
        if path.endswith(("/wijzer/", "/oefenen/")):
            (own,) = page.tree.xpath("//*[@data-version]")
            assert re.fullmatch(r"[0-9a-f]{16}", own.get("data-version"))
            assert "/python/manifest--" in own.get("data-manifest")
            assert "/guide_worker--" in own.get("data-worker")


def test_only_what_is_named_by_its_content_may_be_kept_for_ever(site: BuiltSite) -> None:
    kept = [path for path in unchanging(site.folder) if path.startswith("assets/")]
    assert any(path.endswith(".mjs") for path in kept)
    for path in kept:
        assert re.search(r"-[0-9a-f]{16}[./]", path), path


def test_no_style_sheet_names_a_file_that_is_not_there(site: BuiltSite) -> None:
    for sheet in (site.folder / "assets").rglob("*.css"):
        for address in re.findall(r"url\([\"']?([^\"')#?]+)", sheet.read_text(encoding="utf-8")):
            if not address.startswith("data:"):
                assert HASH.search(address), f"{sheet.name}: {address}"
                assert (sheet.parent / address).is_file(), f"{sheet.name}: {address}"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A page in a folder, the page for what is not there, a style sheet with a font, a bundle."""
    for path, text in {
        "a/index.html": '<link href="../assets/a.css"><p data-manifest="../assets/guide/python/manifest.json">'
        '<a href="../assets/#a.css">assets/a.css</a>',
        "404.html": '<script src="/pesten/assets/x/a.mjs"></script>',
        "assets/a.css": "@font-face { src: url(fonts/f.woff2) } b { background: url('data:image/x') }",
        "assets/fonts/f.woff2": "font",
        "assets/x/a.mjs": "1",
        "assets/x/a-more.mjs": "2",
        "assets/guide/python/manifest.json": "{}",
        "assets/guide/python/runtime-1/pyodide.mjs": "3",
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    return tmp_path


def test_files_are_renamed_with_all_that_refers_to_them(small: Path) -> None:
    """Whether by a relative or a whole address; words and anchors stay."""
    names = write_hashed_names(small)
    page = (small / "a" / "index.html").read_text(encoding="utf-8")
    assert f'href="../assets/{names["a.css"]}"' in page
    assert f'"../assets/guide/python/{names["guide/python/manifest.json"]}"' in page
    assert '<a href="../assets/#a.css">assets/a.css</a>' in page
    missing = (small / "404.html").read_text(encoding="utf-8")
    assert missing == f'<script src="/pesten/assets/x/{names["x/a.mjs"]}"></script>'
    sheet = (small / "assets" / names["a.css"]).read_text(encoding="utf-8")
    assert f"url(fonts/{names['fonts/f.woff2']})" in sheet
    assert "url('data:image/x')" in sheet
    assert (small / "assets" / "guide" / "python" / "runtime-1" / "pyodide.mjs").is_file()
    assert not (small / "assets" / "x" / "a.mjs").exists()


def test_a_style_sheet_gets_another_name_when_its_font_changes(small: Path) -> None:
    """Its own text is the same; what it loads is not."""
    (small / "assets" / "fonts" / "f.woff2").write_text("other", encoding="utf-8")
    changed = write_hashed_names(small)["a.css"]
    assert HASH.search(changed)
    (small / "assets" / changed).rename(small / "assets" / "a.css")
    text = (small / "assets" / "a.css").read_text(encoding="utf-8")
    plain = re.sub(HASH, ".", text)
    (small / "assets" / "a.css").write_text(plain, encoding="utf-8")
    assert hashed_name(small / "assets" / "a.css") != changed


def test_a_file_is_found_by_its_plain_name(small: Path) -> None:
    """One whose name begins alike is another."""
    before = hashed_file(small / "assets" / "x" / "a.mjs")
    names = write_hashed_names(small)
    after = hashed_file(small / "assets" / "x" / "a.mjs")
    assert (before.name, after.name) == ("a.mjs", names["x/a.mjs"])
    assert plain_name(after) == "a.mjs"
    with pytest.raises(FileNotFoundError):
        hashed_file(small / "assets" / "x" / "b.mjs")


def test_a_page_without_such_files_stays_as_it_is() -> None:
    html = '<a href="../assets/unknown.css">x</a>'
    assert with_hashed_names(html, {"known.css": "known--0.css"}) == html
