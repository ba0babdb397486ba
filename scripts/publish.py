"""Publishes a built site on a server of one's own, in one move that can be taken back.

Usage: python3 scripts/publish.py /srv/protocolwijzer [--site site] [--keep 3]

In the target lie `releases/`, one folder per version, and `current`, a link to the newest. The link
changes in one step, so that no visitor ever sees half a version. Files whose names hold their hash
come along from the versions before: a page that was open already still finds its own.
Of two at once the second waits for the first. To go back: point `current` at an older folder.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform != "win32":
    import fcntl

if __name__ == "__main__":  # started as a file: find our own packages from the project's root
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts.progress import ROOT, Stop, say, stopping_kindly, working
from scripts.site_server import headers_for, read_rules

KEEP = 3
"""Versions: the newest, and those whose pages may still be open somewhere."""


def publish(site: Path, target: Path, keep: int = KEEP) -> Path:
    """The folder of the new version, or of the newest if the site did not change."""
    own = unchanging(site)
    releases = target / "releases"
    releases.mkdir(parents=True, exist_ok=True)
    with _alone(target):
        return _publish(site, target, keep, own)


@contextmanager
def _alone(target: Path) -> Iterator[None]:
    """Wait until nobody else publishes here. The lock goes with the process, however that ends."""
    if sys.platform == "win32":  # no server that this is made for
        yield
        return
    with (target / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Somebody else is publishing here; waiting until that is done.")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _publish(site: Path, target: Path, keep: int, own: list[str]) -> Path:
    releases = target / "releases"
    earlier = sorted(folder for folder in releases.glob("[0-9]*-*") if folder.is_dir())
    digest = _digest(site)
    if earlier and earlier[-1].name.endswith(digest):
        same = earlier[-1]
        _point(target / "current", Path("releases", same.name))  # it may have been taken back
        return same
    number = int(earlier[-1].name.partition("-")[0]) + 1 if earlier else 1
    release = releases / f"{number:05}-{digest}"
    draft = releases / f".{release.name}"
    shutil.rmtree(draft, ignore_errors=True)
    shutil.copytree(site, draft)
    for old in earlier[1 - keep :] if keep > 1 else []:
        _bring_along(old, draft)
    _list_of(release).write_text("".join(f"{path}\n" for path in own), encoding="utf-8")
    draft.rename(release)
    _point(target / "current", Path("releases", release.name))
    for old in earlier[: 1 - keep] if keep > 1 else earlier:
        shutil.rmtree(old)
        _list_of(old).unlink(missing_ok=True)
    return release


def unchanging(site: Path) -> list[str]:
    """The files that `_headers` calls immutable: another content would have another name."""
    headers = site / "_headers"
    if not headers.is_file():
        raise Stop(f"{site} is not a built site. Run `python3 scripts/build.py` first.")
    rules = read_rules(headers.read_text(encoding="utf-8"))
    paths = [file.relative_to(site).as_posix() for file in _files(site)]
    return [p for p in paths if "immutable" in headers_for(f"/{p}", rules).get("Cache-Control", "")]


def _bring_along(old: Path, draft: Path) -> None:
    """Only what the old version brought itself: what it had from before has had its time."""
    listed = _list_of(old)
    for path in listed.read_text(encoding="utf-8").splitlines() if listed.is_file() else []:
        wanted = draft / path
        if not wanted.exists() and (old / path).is_file():
            wanted.parent.mkdir(parents=True, exist_ok=True)
            os.link(old / path, wanted)


def _list_of(release: Path) -> Path:
    return release.with_name(f"{release.name}.files")


def _point(link: Path, to: Path) -> None:
    """A link cannot be changed, but it can be replaced, in one step."""
    new = link.with_name(f".{link.name}")
    new.unlink(missing_ok=True)
    new.symlink_to(to, target_is_directory=True)
    new.replace(link)


def _digest(site: Path) -> str:
    digest = hashlib.sha256()
    for file in _files(site):
        digest.update(file.relative_to(site).as_posix().encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:12]


def _files(site: Path) -> list[Path]:
    return sorted(path for path in site.rglob("*") if path.is_file())


def main() -> None:
    """Publish and tell where."""
    parser = argparse.ArgumentParser(description="Publish a built site on this machine.")
    parser.add_argument("target", type=Path, help="folder that nginx serves from")
    parser.add_argument("--site", type=Path, default=ROOT / "site", help="the built site")
    parser.add_argument("--keep", type=int, default=KEEP, help="how many versions stay")
    options = parser.parse_args()
    with stopping_kindly():
        with working(f"Publishing {options.site.name} to {options.target}"):
            release = publish(options.site, options.target, options.keep)
        say(f"Published as {release.name}; {options.target / 'current'} leads to it.")


if __name__ == "__main__":
    main()
