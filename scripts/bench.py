"""Measures the product and prints a table; --save keeps it with today's date and a plot.

Usage: python3 scripts/bench.py [--runs 5] [--only engine] [--large] [--save]

Absolute times belong to the machine they were taken on; read the ratios. Nothing here is a test:
a slow day must not fail the build.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if __name__ == "__main__":  # started as a file: find our own packages from the project's root
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts.progress import say, stopping_kindly
from scripts.setup import enter_environment, ready_to_test

if TYPE_CHECKING:
    from scripts.measure.figures import Figure


def main() -> None:
    """Take the figures group by group, print them as they come."""
    parser = argparse.ArgumentParser(description="Measure the product.")
    parser.add_argument("--runs", type=int, default=5, help="counted runs of each figure")
    parser.add_argument("--only", action="append", metavar="GROUP", help="measure only this group")
    parser.add_argument("--large", action="store_true", help="also build 400 schools (minutes)")
    parser.add_argument("--save", action="store_true", help="write docs/metingen with a plot")
    options = parser.parse_args()
    with stopping_kindly():
        enter_environment()
        ready_to_test()
        groups = _groups(options.large)
        unknown = set(options.only or ()) - set(groups)
        if unknown:
            parser.error(f"no group {', '.join(unknown)}; possible: {', '.join(groups)}")
        taken: list[Figure] = []
        for name, figures in groups.items():
            if options.only and name not in options.only:
                continue
            say(f"\n── {name}")
            for figure in figures(options.runs):
                taken.append(figure)
                say(f"{figure.name:78} {figure}")
        if options.save:
            from scripts.measure.keep import keep

            say(f"\nKept in {keep(taken)}")


def _groups(large: bool) -> dict[str, Callable[[int], Iterator[Figure]]]:
    """Every group by name; imported here, inside the environment."""
    from scripts.measure import build, engine, guide, lighthouse, load, loop

    return {
        engine.GROUP: engine.figures,
        guide.GROUP: guide.figures,
        load.GROUP: load.figures,
        build.GROUP: partial(build.figures, large=large),
        lighthouse.GROUP: lighthouse.figures,
        loop.GROUP: loop.figures,
    }


if __name__ == "__main__":
    main()
