"""The build itself: it refuses what is half done, and leaves what it promises."""

from __future__ import annotations

import re
import zlib
from pathlib import Path

import pytest

from scripts import build
from scripts.pages.content import Content
from scripts.pages.page import link
from scripts.pages.prose import MissingTranslation, prose_pages
from scripts.progress import ROOT, Stop
from scripts.site_steps.not_found import write_not_found

from .conftest import BuiltSite


def test_a_card_of_one_page_lies_beside_each_card_page(site: BuiltSite, content: Content) -> None:
    for protocol in content.protocols:
        for language, folder in (("nl", ""), ("en", "en/")):
            name = f"{protocol.school.id}-{language}.pdf"
            card = site.folder / f"{folder}scholen/{protocol.school.id}/kaart/{name}"
            assert pages_in(card.read_bytes()) == 1, card


def pages_in(pdf: bytes) -> int:
    """How many pages a PDF has: objects of type Page, also those in compressed streams."""
    text = pdf
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        try:
            text += zlib.decompress(stream)
        except zlib.error:
            continue
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", text))


def test_errors_in_data_files_stop_the_build_with_their_lines_and_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of them at once, without a traceback: of a file that cannot be read, and of a table with a gap."""
    sound = (ROOT / "decision_tree" / "checks" / "examples" / "sound.yaml").read_text("utf-8")
    unread, gap = tmp_path / "unread.yaml", tmp_path / "example.yaml"
    unread.write_text(sound.replace("\nrules:", "\nrulez:"), encoding="utf-8")
    gap.write_text(re.sub(r"- \{id: again, when:.*\n", "", sound, count=1), encoding="utf-8")

    def read_both(places: build.Places) -> None:
        build.compiled_schools({"unread": unread, "example": gap})

    monkeypatch.setattr(build, "STEPS", [("Compiling", read_both)])
    with pytest.raises(Stop) as stopped:
        build.build(build.Places(tmp_path / "site", tmp_path / "work"))
    told = str(stopped.value).splitlines()
    assert any(
        re.match(r"unread\.yaml:\d+:\d+: R14 `rulez` .* → did you mean", line) for line in told
    )
    assert any(re.match(r"example\.yaml:\d+:\d+: P\d\d .* → ", line) for line in told)
    assert told[-1] == "Mend this and build again; nothing was published."


def test_a_prose_page_in_one_language_only_stops_the_build(tmp_path: Path) -> None:
    (tmp_path / "a.nl.md").write_text("# A", encoding="utf-8")
    with pytest.raises(MissingTranslation, match=r"a\.nl\.md has no counterpart a\.en\.md"):
        list(prose_pages(tmp_path))


def test_an_english_page_without_its_dutch_one_stops_the_build(tmp_path: Path) -> None:
    (tmp_path / "a.en.md").write_text("# A", encoding="utf-8")
    with pytest.raises(MissingTranslation, match="no Dutch counterpart"):
        list(prose_pages(tmp_path))


def test_each_language_has_its_own_search_index(site: BuiltSite) -> None:
    entries = (site.folder / "pagefind" / "pagefind-entry.json").read_text(encoding="utf-8")
    assert '"nl"' in entries
    assert '"en"' in entries


@pytest.mark.parametrize(
    ("here", "there", "expected"),
    [
        ("", "", "./"),
        ("", "over", "over/"),
        ("over", "", "../"),
        ("scholen/cals", "scholen/cals/protocol", "protocol/"),
        ("scholen/cals/protocol", "hulplijnen", "../../../hulplijnen/"),
    ],
)
def test_a_link_is_relative_to_the_page_it_stands_on(here: str, there: str, expected: str) -> None:
    assert link(here, there) == expected


def test_the_page_for_what_is_not_there_knows_a_site_below_a_path(tmp_path: Path) -> None:
    for folder, up in ((tmp_path, ".."), (tmp_path / "en", "../..")):
        (folder / "404").mkdir(parents=True)
        (folder / "404" / "index.html").write_text(
            f'<link href="{up}/assets/a.css"><a href="../over/">'
        )
    write_not_found(tmp_path, "https://example.org/pesten/")
    dutch, english = tmp_path / "404.html", tmp_path / "en" / "404.html"
    assert dutch.read_text() == '<link href="/pesten/assets/a.css"><a href="/pesten/over/">'
    assert english.read_text() == '<link href="/pesten/assets/a.css"><a href="/pesten/en/over/">'
