"""Builds the site, from the protocols to files that any static host serves, step by step.

Usage: python3 scripts/build.py [--site site] [--work build]

To add a step, write a function of `Places` and give it a line in `STEPS`. A step leaves what it
makes in the work folder or in the site (both git-ignored), where later steps find it.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if __name__ == "__main__":  # started as a file: find our own packages from the project's root
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts.made_from import made_from
from scripts.progress import ROOT, Stop, say, stopping_kindly, working
from scripts.setup import enter_environment, ready_to_build

if TYPE_CHECKING:
    from scripts.pages.memo import Memo

SITE = ROOT / "site"
WORK = ROOT / "build"


@dataclass(frozen=True)
class Places:
    """Where a build goes. Two builds at a time need places of their own."""

    site: Path = SITE
    work: Path = WORK

    @property
    def schools(self) -> Path:
        """One JSON per school: what the guide in the browser loads."""
        return self.work / "schools"

    @property
    def bundle(self) -> Path:
        """Python for the browser."""
        return self.work / "bundle"

    @property
    def finished(self) -> Path:
        """Written last of all: which site was made, and from what."""
        return self.work / "finished.txt"

    def made(self, source: str) -> str:
        """What stands in it, where ``source`` is what :func:`made_from` gave."""
        return f"{self.site}\n{source}\n"

    @property
    def bundle_in_site(self) -> Path:
        """Where the guide's worker finds the bundle: `python/` beside itself."""
        return self.site / "assets" / "guide" / "python"


def compiled_schools(
    files: Mapping[str, Path] | None = None, memo: Memo | None = None
) -> dict[str, str]:
    """School id -> JSON, of every protocol (or of these files), read, checked and compiled.

    ``BadFile`` with all that has to be mended, in whichever files. With a ``memo`` of an earlier
    reading only what has changed is read.
    """
    from decision_tree.errors import BadFile, Problem
    from decision_tree.reading import SAFETY, school_files
    from scripts.pages.memo import Memo

    memo = memo or Memo()
    compiled = dict[str, str]()
    problems = list[Problem]()
    for school, path in (files or school_files()).items():
        made_from = (path.read_bytes(), SAFETY.read_bytes())
        try:
            compiled[school] = memo.get(("compiled", path), made_from, partial(_compiled, path))
        except BadFile as error:
            problems += error.problems
    if problems:
        raise BadFile(problems)
    return compiled


def _compiled(path: Path) -> str:
    from decision_tree.browser import dump
    from decision_tree.proof import prove
    from decision_tree.reading import read_safety
    from decision_tree.tree import compile_tree

    return dump(compile_tree(prove(path)), read_safety())


def compile_schools(places: Places) -> None:
    """Write every protocol, compiled; one with an error stops the build before anything else."""
    compiled = compiled_schools()
    shutil.rmtree(places.schools, ignore_errors=True)
    places.schools.mkdir(parents=True)
    for school, text in compiled.items():
        (places.schools / f"{school}.json").write_text(text, encoding="utf-8")


def bundle(places: Places) -> None:
    """Make the bundle and tell what a visitor's browser will fetch."""
    from scripts.bundle.make import make_bundle

    schools = {
        path.stem: path.read_text(encoding="utf-8") for path in places.schools.glob("*.json")
    }
    files = make_bundle(schools, places.bundle)["files"]
    for kind in ("bytes", "gz", "br"):
        say(f"  {sum(facts[kind] for facts in files.values()) / 1e6:6.2f} MB  {kind}")


def draw_site(places: Places) -> None:
    """Pages, cards, search index, policy: all that people read."""
    from scripts.site.build import build_site

    build_site(places.site)


def place_bundle(places: Places) -> None:
    """Copy the bundle into the site, beside the worker."""
    shutil.rmtree(places.bundle_in_site, ignore_errors=True)
    shutil.copytree(places.bundle, places.bundle_in_site)


def name_by_content(places: Places) -> None:
    """Names with a hash for what pages load, so that versions do not mix."""
    from scripts.site_steps.hashed_names import write_hashed_names

    write_hashed_names(places.site)


def list_for_offline(places: Places) -> None:
    """The service worker, which knows every file by its hash."""
    from scripts.offline import write_offline

    write_offline(places.site)


def pack(places: Places) -> None:
    """A .br and a .gz beside every text, for hosts that serve them as they lie there."""
    from scripts.site_steps.packing import write_packed

    write_packed(places.site)


STEPS: list[tuple[str, Callable[[Places], object]]] = [
    ("Compiling the protocols", compile_schools),
    ("Bundling Python for the browser", bundle),
    ("Drawing the pages", draw_site),
    ("Placing the bundle in the site", place_bundle),
    ("Naming files by their content", name_by_content),
    ("Listing what works offline", list_for_offline),
    ("Packing texts for the way", pack),
]
"""In this order: what takes hashes comes after what it hashes, packing comes last."""


def build(places: Places = Places()) -> None:
    """Run every step. An error in a data file is told by its lines, as a `Stop`."""
    from decision_tree.errors import BadFile

    source = made_from()
    places.finished.unlink(missing_ok=True)
    for title, step in STEPS:
        try:
            with working(title):
                step(places)
        except BadFile as error:
            raise Stop(f"{error}\n\nMend this and build again; nothing was published.") from None
    places.finished.write_text(places.made(source), encoding="utf-8")


def main() -> None:
    """Set up what is missing and build."""
    parser = argparse.ArgumentParser(description="Build the site.")
    parser.add_argument("--site", type=Path, default=SITE, help="where the site goes")
    parser.add_argument("--work", type=Path, default=WORK, help="where steps leave their work")
    options = parser.parse_args()
    with stopping_kindly():
        enter_environment()
        ready_to_build()
        build(Places(options.site.resolve(), options.work.resolve()))


if __name__ == "__main__":
    main()
