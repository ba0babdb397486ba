"""Building the site: against a plain Material site of the same text, and as schools are added.

Each build runs in a process of its own, as people start it: `python -m scripts.measure.build
PROTOCOLS FOLDER` is ours. The bundle is left out: it does not grow with pages. Cards are counted
as kept from the last build, which is how it is after the first; drawing them is told apart.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from decision_tree.reading import PROTOCOLS
from scripts.measure.as_markdown import as_markdown
from scripts.measure.figures import Figure, ratio
from scripts.pages.content import read_content
from scripts.progress import ROOT
from scripts.site.build import build_site
from scripts.site.source import Source
from scripts.site_steps import cards

GROUP = "build"
GROWTH = (5, 25, 100)
LARGE = 400
_COPIED = "cals"

_PLAIN = """\
site_name: Plain
site_url: http://127.0.0.1:8000/
docs_dir: docs
site_dir: site
theme: {name: material, language: nl}
"""


@dataclass(frozen=True, slots=True)
class Built:
    """One build; sizes in bytes of HTML.

    ``seconds`` by the clock; ``busy``: of processor time, where the system tells.
    ``school_page``: the mean of the pages of schools.
    """

    seconds: float
    busy: float
    pages: int
    html: int
    school_page: float
    largest_shared: int


def figures(runs: int, large: bool = False) -> Iterator[Figure]:
    """Take every figure of the build; ``large`` adds the one that takes minutes."""
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        yield _cards(folder / "cards")
        yield from _against_plain(folder / "plain", runs)
        yield from _growth(folder / "growth", (*GROWTH, LARGE) if large else GROWTH)


def _cards(folder: Path) -> Figure:
    """All cards drawn anew, as in the very first build."""
    kept, cards.KEPT = cards.KEPT, folder / "kept"
    try:
        start = time.perf_counter()
        drawn = cards.write_cards(folder / "site", read_content())
        seconds = time.perf_counter() - start
    finally:
        cards.KEPT = kept
    return Figure(GROUP, f"{len(drawn)} cards drawn anew (only in a first build)", (seconds,), "s")


def _against_plain(folder: Path, runs: int) -> Iterator[Figure]:
    """All schools, ours and plain in turn."""
    first = _ours(PROTOCOLS, folder / "first")  # not counted: keeps the cards, gives the text
    text = folder / "text"
    _write_plain(Source(read_content()), text / "docs")
    (text / "mkdocs.yml").write_text(_PLAIN, encoding="utf-8")
    ours: list[Built] = []
    plain: list[Built] = []
    for run in range(runs):
        ours.append(_ours(PROTOCOLS, folder / f"ours-{run}"))
        plain.append(_plain(text))
    told = f"all schools, {first.pages} pages"
    one = Figure(GROUP, f"{told}: ours, whole", tuple(b.seconds for b in ours), "s")
    other = Figure(
        GROUP,
        f"same text in {plain[0].pages} pages: plain Material",
        tuple(b.seconds for b in plain),
        "s",
    )
    yield from (one, other, ratio(GROUP, "build: ours / plain Material", one, other))
    mine, theirs = (
        Figure(GROUP, f"HTML per page: {name}", (built.html / built.pages / 1e3,), "kB")
        for name, built in (("ours", ours[0]), ("plain Material", plain[0]))
    )
    yield from (mine, theirs, ratio(GROUP, "HTML per page: ours / plain Material", mine, theirs))


def _growth(folder: Path, counts: tuple[int, ...]) -> Iterator[Figure]:
    """Per page, with more and more schools; beside the smallest number it must stay flat."""
    source = (PROTOCOLS / f"{_COPIED}.yaml").read_text(encoding="utf-8")
    smallest: tuple[Figure, Figure] | None = None
    for count in counts:
        protocols = folder / f"{count}-protocols"
        protocols.mkdir(parents=True)
        for number in range(count):
            name = f"{_COPIED}-{number + 1:03}"
            text = source.replace(f"id: {_COPIED},", f"id: {name},", 1)
            (protocols / f"{name}.yaml").write_text(text, encoding="utf-8")
        built = _ours(protocols, folder / f"{count}-built")
        told = f"{count} schools, {built.pages} pages"
        yield Figure(GROUP, f"{told}: whole build", (built.seconds,), "s")
        busy = Figure(
            GROUP, f"{told}: processor time per page", (built.busy / built.pages * 1e3,), "ms"
        )
        size = Figure(GROUP, f"{told}: HTML per page of a school", (built.school_page / 1e3,), "kB")
        yield from (busy, size)
        largest = (built.largest_shared / 1e3,)
        yield Figure(GROUP, f"{told}: largest page that all share", largest, "kB")
        if smallest is None:
            smallest = busy, size
            continue
        against = f"{count} / {counts[0]} schools"
        yield ratio(GROUP, f"processor time per page, {against}", busy, smallest[0], "flat: ≤ 1.1")
        yield ratio(
            GROUP, f"HTML per page of a school, {against}", size, smallest[1], "flat: ≤ 1.1"
        )


def _ours(protocols: Path, folder: Path) -> Built:
    command = [sys.executable, "-m", "scripts.measure.build", str(protocols), str(folder)]
    return _run(command, folder / "site")


def _plain(folder: Path) -> Built:
    config = str(folder / "mkdocs.yml")
    return _run([sys.executable, "-m", "mkdocs", "build", "--clean", "-f", config], folder / "site")


def _run(command: list[str], site: Path) -> Built:
    before, start = os.times(), time.perf_counter()
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    seconds, after = time.perf_counter() - start, os.times()
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
    busy = sum(after[2:4]) - sum(before[2:4])  # of finished children; 0 on Windows
    sizes = {page: page.stat().st_size for page in site.rglob("*.html")}
    of_schools = [size for page, size in sizes.items() if "scholen" in page.parts]
    shared = [size for page, size in sizes.items() if "scholen" not in page.parts]
    return Built(
        seconds=seconds,
        busy=busy or seconds,
        pages=len(sizes),
        html=sum(sizes.values()),
        school_page=sum(of_schools) / len(of_schools),
        largest_shared=max(shared),
    )


def _write_plain(source: Source, target: Path) -> None:
    """`x.nl.md` -> `nl/x.md`; a generated page becomes the Markdown that one would write."""
    texts = {name: as_markdown(source.html(sheet)) for name, sheet in source.sheets.items()}
    texts |= {name: prose.draw(source.content) for name, prose in source.prose.items()}
    for file, text in texts.items():
        name, language, _ = file.rsplit(".", 2)
        page = target / language / f"{name}.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    given, made = map(Path, sys.argv[1:])
    made.mkdir(parents=True)
    build_site(made / "site", content=read_content(given))
