"""Names of screens: what a screen asks or decides, and of which cases, as a readable word and a hash.

A name is an address that people keep (``#fase-2-9be01c44d7``), so it must never come to mean another
screen. It is made of what gives the screen its meaning: for an outcome the phase, who leads and whom
to ask; for a question its id and where each answer leads; for both every way by which one gets there,
which is to say the cases it is about. If any of that changes, the name is gone. A better wording,
another order of answers or of rules, and a school that adds a step to a phase leave it as it was.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from typing import TYPE_CHECKING

from decision_tree.protocol import UNKNOWN, Protocol
from decision_tree.table import Table

if TYPE_CHECKING:
    from decision_tree.tree import Node, Tree

DIGITS = 10
"""Of the hash; more only if two screens of one tree would share them."""


def screen_names(protocol: Protocol, tree: Tree) -> list[str]:
    """A name per node of the tree, in order; no two are alike."""
    hashes = list(map(_hash, _below(protocol, tree), _above(protocol, tree)))
    length = DIGITS
    while len({found[:length] for found in hashes}) < len(hashes):
        length += 1
    return [
        f"{_word(node)}-{found[:length]}" for node, found in zip(tree.nodes, hashes, strict=True)
    ]


def _word(node: Node) -> str:
    return f"vraag-{node.question}" if node.question else str(node.phase)


def _hash(*parts: object) -> str:
    return sha256(json.dumps(parts).encode()).hexdigest()


def _below(protocol: Protocol, tree: Tree) -> list[str]:
    """Per node, a hash of what it decides: all of its branches, down to each outcome."""
    ask = _whom_to_ask(protocol, tree)
    found: list[str] = []
    for number, node in enumerate(tree.nodes):  # a branch has a lower number than what it hangs on
        if node.question is None:
            found.append(_hash(node.phase, node.lead, ask[number]))
        else:
            careful = protocol.question(node.question).careful
            leads = sorted((answer, found[to]) for answer, to in _leads(protocol, node))
            found.append(_hash(node.question, careful, leads))
    return found


def _above(protocol: Protocol, tree: Tree) -> list[str]:
    """Per node, a hash of every way that leads to it."""
    ways: list[list[tuple[str, str, str]]] = [[] for _ in tree.nodes]
    found = [""] * len(tree.nodes)
    for number in reversed(range(len(tree.nodes))):
        node = tree.nodes[number]
        found[number] = _hash(sorted(ways[number]))
        for answer, to in _leads(protocol, node):
            ways[to].append((found[number], str(node.question), answer))
    return found


def _leads(protocol: Protocol, node: Node) -> Iterator[tuple[str, int]]:
    """Each answer with the node that it leads to, *I don't know* too."""
    if node.question is not None and node.branches is not None:
        yield from node.branches.items()
        yield UNKNOWN, node.branches[protocol.question(node.question).careful]


def _whom_to_ask(protocol: Protocol, tree: Tree) -> list[list[str]]:
    """Per node, the roles that its screen says to ask: of each rule that all ways to it leave open."""
    agreed: list[set[tuple[str, str]] | None] = [None] * len(tree.nodes)
    agreed[tree.root] = set()
    for number in reversed(range(len(tree.nodes))):
        node, known = tree.nodes[number], agreed[number] or set()
        for answer, to in (node.branches or {}).items():
            here = known | {(str(node.question), answer)}
            before = agreed[to]
            agreed[to] = here if before is None else before & here
    table = Table.of(protocol)
    return [
        _asked(table, dict(known or ()), node)
        for node, known in zip(tree.nodes, agreed, strict=True)
    ]


def _asked(table: Table, known: dict[str, str], node: Node) -> list[str]:
    here = (node.phase, node.lead)
    rules = (rule for rule in table.fitting(known) if (rule.phase, rule.lead) == here)
    return sorted({role for rule in rules for role in rule.ask})
