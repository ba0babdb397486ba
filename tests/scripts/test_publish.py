"""Publishing changes everything at once, keeps what open pages need, and can be taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.progress import Stop
from scripts.publish import publish

HEADERS = "/*\n  Cache-Control: no-cache\n/kept/*\n  Cache-Control: immutable\n"


def site(folder: Path, version: str) -> Path:
    """A site of one page and one file named by its content."""
    (folder / "kept").mkdir(parents=True)
    (folder / "_headers").write_text(HEADERS, encoding="utf-8")
    (folder / "index.html").write_text(version, encoding="utf-8")
    (folder / "kept" / f"{version}.zip").write_text(version, encoding="utf-8")
    return folder


@pytest.fixture
def versions(tmp_path: Path) -> list[Path]:
    return [site(tmp_path / f"site-{number}", f"v{number}") for number in range(5)]


def test_current_leads_to_the_newest_version(versions: list[Path], tmp_path: Path) -> None:
    """And the one before still lies there whole, to go back to."""
    target = tmp_path / "target"
    first = publish(versions[0], target)
    publish(versions[1], target)
    assert (target / "current" / "index.html").read_text(encoding="utf-8") == "v1"
    assert (first / "index.html").read_text(encoding="utf-8") == "v0"


def test_files_named_by_their_content_come_along(versions: list[Path], tmp_path: Path) -> None:
    """Pages do not: a page that is gone is gone."""
    target = tmp_path / "target"
    (versions[0] / "gone.html").write_text("gone", encoding="utf-8")
    for version in versions[:2]:
        publish(version, target)
    current = target / "current"
    assert {file.name for file in (current / "kept").iterdir()} == {"v0.zip", "v1.zip"}
    assert not (current / "gone.html").exists()


def test_what_is_older_than_the_kept_versions_goes(versions: list[Path], tmp_path: Path) -> None:
    """Three versions stay, and the files of three versions."""
    target = tmp_path / "target"
    for version in versions:
        publish(version, target, keep=3)
    assert {file.name for file in (target / "current" / "kept").iterdir()} == {
        "v2.zip", "v3.zip", "v4.zip",
    }  # fmt: skip
    assert len([path for path in (target / "releases").iterdir() if path.is_dir()]) == 3
    assert len(list((target / "releases").glob("*.files"))) == 3


def test_only_the_newest_can_be_kept_too(versions: list[Path], tmp_path: Path) -> None:
    """Where room is scarce."""
    target = tmp_path / "target"
    for version in versions[:3]:
        publish(version, target, keep=1)
    assert {file.name for file in (target / "current" / "kept").iterdir()} == {"v2.zip"}
    assert len([path for path in (target / "releases").iterdir() if path.is_dir()]) == 1


def test_publishing_the_same_again_changes_nothing(versions: list[Path], tmp_path: Path) -> None:
    """The folder of the newest version is told."""
    target = tmp_path / "target"
    assert publish(versions[0], target) == publish(versions[0], target)
    assert len(list((target / "releases").iterdir())) == 2


def test_what_was_taken_back_can_be_published_again(versions: list[Path], tmp_path: Path) -> None:
    """The way back is a link to an older folder; publishing leads forward again."""
    target = tmp_path / "target"
    first = publish(versions[0], target)
    publish(versions[1], target)
    (target / "current").unlink()
    (target / "current").symlink_to(Path("releases", first.name), target_is_directory=True)
    publish(versions[1], target)
    assert (target / "current" / "index.html").read_text(encoding="utf-8") == "v1"


def test_a_publication_that_broke_off_is_begun_anew(versions: list[Path], tmp_path: Path) -> None:
    """What it left is in nobody's way."""
    target = tmp_path / "target"
    first = publish(versions[0], target)
    half = target / "releases" / f".00002-{publish(versions[1], tmp_path / 'other').name[6:]}"
    half.mkdir()
    (half / "index.html").write_text("half", encoding="utf-8")
    assert first.is_dir()
    assert publish(versions[1], target).name.startswith("00002-")
    assert (target / "current" / "index.html").read_text(encoding="utf-8") == "v1"


def test_a_folder_that_is_no_site_is_refused(tmp_path: Path) -> None:
    """With what to do instead."""
    with pytest.raises(Stop, match=r"is not a built site. Run `python3 scripts/build.py`"):
        publish(tmp_path, tmp_path / "target")
