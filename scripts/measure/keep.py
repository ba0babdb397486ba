"""Keeps measured figures: a dated page with a table, and a plot of the ratios as SVG."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from datetime import date
from html import escape

from scripts.measure.figures import Figure
from scripts.progress import ROOT

FOLDER = ROOT / "docs" / "metingen"
"""The only place where results of a machine are kept; not part of the site."""

_BAR, _LABEL, _ROW = 360, 430, 26


def keep(figures: Sequence[Figure]) -> str:
    """Write the page and the plot of today; returns the page's place in the project."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    day = date.today().isoformat()
    page = FOLDER / f"{day}.md"
    page.write_text(_page(figures, day), encoding="utf-8")
    (FOLDER / f"{day}.svg").write_text(_plot(figures), encoding="utf-8")
    return page.relative_to(ROOT).as_posix()


def _page(figures: Sequence[Figure], day: str) -> str:
    machine = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    lines = [
        f"# Measured on {day}",
        "",
        f"{machine}. Median [least - most]; compare ratios, not times of another machine.",
        "Taken with `python3 scripts/bench.py --save`.",
        "",
        f"![The ratios as bars]({day}.svg)",
    ]
    for group in dict.fromkeys(figure.group for figure in figures):
        lines += [
            "",
            f"## {group}",
            "",
            "| what | median | least - most | target |",
            "|---|---|---|---|",
        ]
        for figure in (f for f in figures if f.group == group):
            low, high = f"{min(figure.values):.4g}", f"{max(figure.values):.4g}"
            lines.append(
                f"| {figure.name} | {figure.middle:.4g} {figure.unit} | {low} - {high} | {figure.target} |"
            )
    return "\n".join(lines) + "\n"


def _plot(figures: Sequence[Figure]) -> str:
    """One bar per ratio, with a line at 1; black on nothing, so that it prints and inverts."""
    ratios = [figure for figure in figures if figure.unit == "×"]
    widest = max([figure.middle for figure in ratios] + [1.0])
    height = _ROW * (len(ratios) + 1)
    one = _LABEL + _BAR / widest
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_LABEL + _BAR + 70} {height}" '
        'role="img" aria-label="Ratios" font-family="sans-serif" font-size="13" fill="currentColor">',
        f'<path d="M{one:.1f} 0V{height}" stroke="currentColor" stroke-dasharray="3"/>',
    ]
    for row, figure in enumerate(ratios):
        y = _ROW * row + 8
        width = figure.middle / widest * _BAR
        parts += [
            f'<text x="{_LABEL - 8}" y="{y + 11}" text-anchor="end">{escape(figure.name)}</text>',
            f'<rect x="{_LABEL}" y="{y}" width="{width:.1f}" height="14" opacity=".75"/>',
            f'<text x="{_LABEL + width + 5:.1f}" y="{y + 11}">{figure.middle:.2f}</text>',
        ]
    return "\n".join([*parts, "</svg>"]) + "\n"
