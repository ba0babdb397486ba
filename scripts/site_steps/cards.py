"""The *who does what* card on exactly one A4, per school and language: as a PDF, and the page when it is printed."""

from __future__ import annotations

import logging
import shutil
from bisect import bisect_left
from functools import cache
from hashlib import sha256
from pathlib import Path

from weasyprint import CSS, HTML, Document, __version__  # type: ignore[import-untyped]
from weasyprint.text.fonts import FontConfiguration  # type: ignore[import-untyped]

from decision_tree.protocol import LANGUAGES, Language, Protocol
from scripts.pages import views
from scripts.pages.content import Content
from scripts.pages.drawing import environment, helpers
from scripts.pages.school import path
from scripts.progress import ROOT

logging.getLogger("weasyprint").setLevel(logging.ERROR)
KEPT = ROOT / "build" / "cards"
_SIZES = tuple(half / 2 for half in range(26, 11, -1))
"""Type sizes in points, the largest that fits is taken."""

_TO_FILL = 'data-points=""'
"""In the card's page: where ``print.css`` reads the size of type."""


class CardTooLong(Exception):
    """A card that does not fit on one page even in the smallest type."""


def write_cards(site_dir: Path, content: Content, only: str = "") -> list[Path]:
    """One PDF beside each card page; ``only``: of the school with this id."""
    return [
        _write(site_dir, protocol, language, content)
        for protocol in content.protocols
        if protocol.school.id == only or not only
        for language in LANGUAGES
    ]


def _write(site_dir: Path, protocol: Protocol, language: Language, content: Content) -> Path:
    page = path(protocol, "kaart")
    folder = site_dir / (page if language == "nl" else f"en/{page}")
    html = (
        environment()
        .get_template("card-pdf.html")
        .render(**helpers(page, language, content), p=protocol, groups=views.card_groups(protocol))
    )
    file = folder / f"{protocol.school.id}-{language}.pdf"
    folder.mkdir(parents=True, exist_ok=True)
    kept = _kept(html)
    size = kept.with_suffix(".txt")
    if not size.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        points, document = _fitted(html, file.stem)
        document.write_pdf(kept, pdf_variant="pdf/ua-1")
        size.write_text(f"{points:g}", encoding="ascii")
    shutil.copyfile(kept, file)
    _tell_size(folder / "index.html", size.read_text(encoding="ascii"))
    return file


def _tell_size(page: Path, points: str) -> None:
    """Write the size into the card's page, where there is one: a browser that prints it takes the same."""
    if page.exists():
        text = page.read_text(encoding="utf-8")
        page.write_text(text.replace(_TO_FILL, f'data-points="{points}"', 1), encoding="utf-8")


def _kept(html: str) -> Path:
    """Where the PDF of exactly this card is kept: drawing one takes seconds, cards change seldom."""
    sheet = (ROOT / "overrides" / "assets" / "card-pdf.css").read_text(encoding="utf-8")
    known = sha256(f"{__version__}{_SIZES}{sheet}{html}".encode()).hexdigest()
    return KEPT / f"{known}.pdf"


def _fitted(html: str, name: str) -> tuple[float, Document]:
    """The card in the largest type that fits one page, found by halving: its size in points, and the card."""
    document = HTML(string=html, base_url=str(ROOT / "overrides"))
    drawn: dict[int, Document] = {}

    def too_long(i: int) -> bool:
        drawn[i] = document.render(stylesheets=[*_styles(), _size(_SIZES[i])], font_config=_fonts())
        return len(drawn[i].pages) > 1

    best = bisect_left(range(len(_SIZES)), True, key=lambda i: not too_long(i))
    if best == len(_SIZES):
        raise CardTooLong(f"{name} does not fit on one page at {_SIZES[-1]} pt")
    return _SIZES[best], drawn[best]


@cache
def _fonts() -> FontConfiguration:
    return FontConfiguration()


@cache
def _styles() -> tuple[CSS, ...]:
    return (CSS(filename=ROOT / "overrides" / "assets" / "card-pdf.css", font_config=_fonts()),)


def _size(points: float) -> CSS:
    return CSS(string=f"html {{ font-size: {points}pt }}")
