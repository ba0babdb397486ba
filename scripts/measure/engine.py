"""The engine: reading, proving, compiling and deciding, and the largest made-up protocol."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from decision_tree.checks import certify, run_checks
from decision_tree.checks.examples import whole
from decision_tree.guide import decide, paths
from decision_tree.protocol import Protocol
from decision_tree.reading import read_protocol, read_with_source, school_files
from decision_tree.table import Table
from decision_tree.tree import compile_tree
from scripts.measure.figures import Figure, timed
from tests.decision_tree.made_up import large

GROUP = "engine"


def figures(runs: int) -> Iterator[Figure]:
    """Take every figure of the engine."""
    files = school_files()

    def read_and_prove() -> None:
        for path in files.values():
            read = read_with_source(path)
            assert run_checks(read) == []
            certify(read)

    yield Figure(GROUP, f"read and prove all {len(files)}", timed(read_and_prove, runs), "ms")
    protocols = [read_protocol(path) for path in files.values()]
    yield Figure(
        GROUP,
        f"compile all {len(files)}",
        timed(lambda: [compile_tree(p) for p in protocols], runs),
        "ms",
    )
    for protocol in protocols:
        yield _decisions(protocol, runs)
    big = large(_sound(), questions=40, answers=2, rules=2_000)
    table = Table.of(big)
    yield Figure(
        GROUP,
        f"prove {len(big.rules)} rules over 40 × 2 answers ({float(table.size):.1e} combinations)",
        timed(lambda: Table.of(big).gap(), runs),
        "ms",
    )
    yield Figure(GROUP, "compile the same", timed(lambda: compile_tree(big), runs), "ms")


def _decisions(protocol: Protocol, runs: int) -> Figure:
    compiled = compile_tree(protocol)
    ways = list(paths(compiled))
    taken = timed(lambda: [decide(compiled, way) for way in ways], runs)
    rates = tuple(len(ways) / (ms / 1000) for ms in taken)
    return Figure(GROUP, f"outcomes decided, {protocol.school.id}", rates, "per second")


def _sound() -> Protocol:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "example.yaml"
        path.write_text(whole(), "utf-8")
        return read_protocol(path)
