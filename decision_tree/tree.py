"""Table -> the smallest tree in the declared question order: what must still be asked.

A question is asked only if its answer can still change the phase or the lead; the three core
questions also where they change a step. The tree is a reduced ordered decision diagram: equal
branches are one node, and a question whose branches are all equal is left out.
"""

from dataclasses import dataclass, replace
from functools import reduce
from operator import and_, or_

from decision_tree.boxes import bits
from decision_tree.errors import BadTable
from decision_tree.limits import (
    MOST_SITUATIONS,
    MOST_WAYS,
    refuse_large,
    too_many_situations,
    too_many_ways,
)
from decision_tree.protocol import ALL, CORE_QUESTIONS, Protocol
from decision_tree.table import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A question with a node per answer, or (``question`` is None) a phase with its lead.

    ``name``: the address of its screen; another meaning would be another name, see ``names``.
    """

    question: str | None = None
    branches: dict[str, int] | None = None
    phase: str | None = None
    lead: tuple[str, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """Nodes by number; asking begins at ``root``. A node's branches have lower numbers.

    Numbers hold inside one tree only: another version has others. To the outside nodes have names.
    """

    nodes: tuple[Node, ...]
    root: int

    def named(self, name: str) -> Node:
        """The node with this name; ``KeyError`` if there is none."""
        for node in self.nodes:
            if node.name == name:
                return node
        raise KeyError(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """A protocol with its tree: all that deciding needs, with no file to read."""

    protocol: Protocol
    tree: Tree


def compile_tree(protocol: Protocol) -> Compiled:
    """Compile a protocol; raises ``BadTable`` when some combination fits no rule or two.

    And ``TooLarge``, which is one, for a table or tree that no school could have or show.
    """
    # Imported here: names come with a compiled protocol, so the browser makes none and starts the sooner.
    from decision_tree.names import screen_names

    refuse_large(protocol)
    tree = _Builder(protocol).build()
    if _ways(tree) > MOST_WAYS:
        raise too_many_ways()
    names = screen_names(protocol, tree)
    nodes = tuple(replace(node, name=name) for node, name in zip(tree.nodes, names, strict=True))
    return Compiled(protocol=protocol, tree=replace(tree, nodes=nodes))


def _ways(tree: Tree) -> int:
    """How many ways lead through the tree, without going any of them."""
    ways: list[int] = []
    for node in tree.nodes:  # branches have lower numbers
        ways.append(1 if node.branches is None else sum(ways[to] for to in node.branches.values()))
    return ways[tree.root]


class _Builder:
    """Builds the diagram bottom-up over sets of rules that are still possible (as bits)."""

    def __init__(self, protocol: Protocol) -> None:
        self.table = Table.of(protocol)
        self.results = [(rule.phase, rule.lead) for rule in protocol.rules]
        self.nodes: list[Node] = []
        self.known: dict[object, int] = {}
        self.memo: dict[tuple[int, int, int], int] = {}
        # Steps that turn on a core question: bit i of `dropped` says that step i fell away.
        self.core_steps = [
            step
            for step in (*protocol.steps, *protocol.follow_up)
            if any(q in CORE_QUESTIONS for q in step.only_when)
        ]
        # Rules whose phases have the same of these steps count as one.
        self.rules_with: dict[int, int] = {}
        for phase in protocol.phases:
            steps = sum(
                1 << i
                for i, step in enumerate(self.core_steps)
                if ALL in step.phases or phase.id in step.phases
            )
            rules = self.table.leading_to((phase.id,))
            self.rules_with[steps] = self.rules_with.get(steps, 0) | rules
        self.drops = [[0] * width for width in self.table.widths]
        for i, step in enumerate(self.core_steps):
            box = self.table.box(step.only_when)
            for drops, mask, every in zip(self.drops, box, self.table.everything, strict=True):
                for answer in bits(every ^ mask):
                    drops[answer] |= 1 << i
        # Per question: the rules and the core steps that some answer rules out.
        self.turning = [
            (self.table.all_rules & ~reduce(and_, allowing), reduce(or_, drops))
            for allowing, drops in zip(self.table.allowing, self.drops, strict=True)
        ]

    def build(self) -> Tree:
        overlap = next(self.table.overlaps(), None)
        if overlap is not None:
            raise BadTable(
                f"rules `{overlap.first.id}` and `{overlap.second.id}` both fit {dict(overlap.cell)}"
            )
        gap = self.table.gap()
        if gap is not None:
            raise BadTable(f"no rule for {dict(gap.cell)}")
        return _reached(self.nodes, self.node(0, self.table.all_rules, 0))

    def node(self, question: int, alive: int, dropped: int) -> int:
        """The node for the questions from ``question`` on; returns its number."""
        steps = self._relevant(alive)
        dropped &= steps
        while question < len(self.turning) and self._is_idle(question, alive, steps & ~dropped):
            question += 1
        key = (question, alive, dropped)
        if key not in self.memo:
            if len(self.memo) >= MOST_SITUATIONS:
                raise too_many_situations()
            self.memo[key] = self._new(question, alive, dropped)
        return self.memo[key]

    def _new(self, question: int, alive: int, dropped: int) -> int:
        if question == len(self.table.questions):
            phase, lead = self.results[alive.bit_length() - 1]
            return self._intern((phase, lead, dropped), Node(phase=phase, lead=lead))
        name = self.table.questions[question].id
        children = self._children(question, alive, dropped, name in CORE_QUESTIONS)
        if len(set(children)) == 1:
            return children[0]
        # Only a core question is asked for a step. Any other that is asked anyway settles its steps as well.
        children = self._children(question, alive, dropped, True)
        branches = dict(zip(self.table.answer_ids[question], children, strict=True))
        return self._intern((name, tuple(children)), Node(question=name, branches=branches))

    def _children(self, question: int, alive: int, dropped: int, settling: bool) -> list[int]:
        """A node per answer; ``settling``: the steps that the answer rules out fall away."""
        return [
            self.node(question + 1, alive & allowing, dropped | drops * settling)
            for allowing, drops in zip(
                self.table.allowing[question], self.drops[question], strict=True
            )
        ]

    def _is_idle(self, question: int, alive: int, steps: int) -> bool:
        """Whether no answer to this question rules out one of these rules or steps."""
        rules, dropping = self.turning[question]
        return not (alive & rules or steps & dropping)

    def _relevant(self, alive: int) -> int:
        """The core steps of the phases that are still possible."""
        steps = 0
        for those, rules in self.rules_with.items():
            if alive & rules:
                steps |= those
        return steps

    def _intern(self, key: object, node: Node) -> int:
        if key not in self.known:
            self.known[key] = len(self.nodes)
            self.nodes.append(node)
        return self.known[key]


def _reached(nodes: list[Node], root: int) -> Tree:
    """The tree from ``root``, without what was tried on the way and not used."""
    used = {root}
    for number in range(root, -1, -1):  # a branch has a lower number than what it hangs on
        if number in used:
            used.update((nodes[number].branches or {}).values())
    numbers = {old: new for new, old in enumerate(sorted(used))}
    kept = []
    for old in numbers:
        branches = nodes[old].branches
        if branches is not None:
            branches = {answer: numbers[to] for answer, to in branches.items()}
        kept.append(replace(nodes[old], branches=branches))
    return Tree(nodes=tuple(kept), root=numbers[root])
