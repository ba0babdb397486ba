"""The flowchart of a protocol: its compiled tree laid out twice, for a phone and for wide or paper.

A question is a box; its answers are rows inside the box. A row ends in an outcome (shape, name,
who leads), or a line leaves it for the next question. So no label lies on a line, and only
questions need lines. On a phone the boxes stand under each other and lines run down in a gutter;
a line that would need too many lanes becomes words ("to question 9"). Wide, the boxes stand in
columns in the order of asking.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from decision_tree.protocol import Answer, Language, Phase, Protocol, Question
from decision_tree.tree import compile_tree
from scripts.pages.sentences import capital
from scripts.pages.words import say


@dataclass(slots=True)
class Branch:
    """Answers that lead to the same place."""

    answers: list[Answer]
    to: Node


@dataclass(slots=True)
class Node:
    """A question with branches, or an outcome. ``step``: the number of a question."""

    number: int
    name: str
    question: Question | None = None
    branches: list[Branch] = field(default_factory=list)
    phase: Phase | None = None
    lead: tuple[str, ...] = ()
    step: int = 0


@dataclass(frozen=True, slots=True)
class Chart:
    """``questions`` in an order in which every line runs forward, the first question first."""

    protocol: Protocol
    questions: tuple[Node, ...]

    def drawing(self, language: Language, *, wide: bool) -> Drawing:
        """Boxes, words and lines with their places."""
        return _Wide(self, language).draw() if wide else _Tall(self, language).draw()


@dataclass(frozen=True, slots=True)
class Word:
    x: float
    y: float
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class End:
    """An outcome inside a box: a strip with the shape, the name and who leads."""

    node: Node
    y: float
    height: float
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """A question. ``rules``: heights of the lines between its rows."""

    node: Node
    x: float
    y: float
    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[float, ...]
    ends: tuple[End, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    width: float
    height: float
    boxes: tuple[Box, ...]
    lines: tuple[str, ...]
    heads: tuple[tuple[float, float], ...]


def of(protocol: Protocol) -> Chart:
    """The chart of this protocol; equal outcomes are one node."""
    tree = compile_tree(protocol).tree
    made: dict[object, Node] = {}

    def node(number: int) -> Node:
        raw = tree.nodes[number]
        key = number if raw.question else (raw.phase, raw.lead)
        if key in made:
            return made[key]
        new = made[key] = Node(number=number, name=raw.name)
        if raw.question is None:
            assert raw.phase is not None
            new.phase, new.lead = protocol.phase(raw.phase), raw.lead
            return new
        new.question = protocol.question(raw.question)
        for answer_id, target in (raw.branches or {}).items():
            to = node(target)
            answer = new.question.answer(answer_id)
            for branch in new.branches:
                if branch.to is to:
                    branch.answers.append(answer)
                    break
            else:
                new.branches.append(Branch([answer], to))
        return new

    questions = _in_order(node(tree.root), [q.id for q in protocol.questions])
    for step, question in enumerate(questions, start=1):
        question.step = step
    return Chart(protocol, tuple(questions))


def _in_order(root: Node, asked: list[str]) -> list[Node]:
    """The questions in the order of asking, those of one question as they are met."""
    seen: dict[int, Node] = {}

    def walk(node: Node) -> None:
        if node.question and node.number not in seen:
            seen[node.number] = node
            for branch in node.branches:
                walk(branch.to)

    walk(root)
    return sorted(seen.values(), key=lambda n: asked.index(n.question.id) if n.question else 0)


SIZE = 14
LINE = 18
PAD = 12
GAP = 22
LANES = 4
"""More lines beside each other than this don't help on a phone."""


def _width(text: str, size: float = SIZE) -> float:
    """About how wide a text is in our font; a little too wide rather than too narrow."""
    narrow = sum(character in "iljtfI.,:;'’ |()" for character in text)
    broad = sum(character in "mwMWO@—…" for character in text)
    return size * (0.57 * len(text) - 0.24 * narrow + 0.26 * broad)


def _wrapped(text: str, width: float, size: float = SIZE) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        if lines and _width(f"{lines[-1]} {word}", size) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


class _Layout:
    """What both layouts share: the inside of a box."""

    box_width: float

    def __init__(self, chart: Chart, language: Language) -> None:
        self.chart = chart
        self.language: Language = language

    def inside(
        self, node: Node, x: float, y: float, told: frozenset[int] = frozenset()
    ) -> tuple[Box, list[float]]:
        """The box of a question here, and the height at which each branch leaves it.

        ``told``: branches whose line is replaced by words.
        """
        assert node.question is not None
        room = self.box_width - 2 * PAD
        words: list[Word] = []
        ends: list[End] = []
        rules: list[float] = []
        ports: list[float] = []
        at = y + PAD
        for line in _wrapped(
            f"{node.step}. {node.question.ask.in_language(self.language)}", room * 0.95
        ):
            words.append(Word(x + PAD, at + SIZE, line, "title"))
            at += LINE
        for i, branch in enumerate(node.branches):
            at += 6
            rules.append(at)
            at += 5
            top = at
            for answer in branch.answers:
                words.append(Word(x + PAD, at + SIZE, "•", "answer"))
                for line in _wrapped(answer.label.in_language(self.language), room - 14):
                    words.append(Word(x + PAD + 12, at + SIZE, line, "answer"))
                    at += LINE
            ports.append((top + at) / 2 + 1)
            if branch.to.phase is not None:
                end = self._end(branch.to, x, at + 4)
                ends.append(end)
                at += end.height + 8
            elif i in told:
                text = f"→ {say('question', self.language)} {branch.to.step}"
                words.append(Word(x + PAD + 12, at + SIZE, text, "told"))
                at += LINE
        box = Box(node, x, y, self.box_width, at - y + 8, tuple(words), tuple(rules), tuple(ends))
        return box, ports

    def _end(self, node: Node, x: float, y: float) -> End:
        assert node.phase is not None
        left = x + PAD + 40
        room = self.box_width - 2 * PAD - 46
        words: list[Word] = []
        at = y + 5
        for line in _wrapped(capital(node.phase.name.in_language(self.language)), room * 0.95):
            words.append(Word(left, at + SIZE, line, "title"))
            at += 17
        names = self._lead(node)
        for line in _wrapped(names, room, 13):
            words.append(Word(left, at + SIZE, line, "lead"))
            at += 16
        return End(node, y, max(40, at - y + 8), tuple(words))

    def _lead(self, node: Node) -> str:
        role_names = [
            say("not-said", self.language) if role == "unstated"
            else self.chart.protocol.role(role).name.in_language(self.language)
            for role in node.lead
        ]  # fmt: skip
        return (
            f"{say('lead-now', self.language)}: {f' {say("and", self.language)} '.join(role_names)}"
        )


class _Tall(_Layout):
    """For a phone: 344 units wide, at most four lanes for lines at the left of the boxes."""

    def draw(self) -> Drawing:
        lanes, told = _lanes(self.chart.questions)
        used = max((lane for _, _, lane in lanes), default=-1) + 1
        gutter = 14 + 8 * used
        self.box_width = 344 - gutter
        boxes: list[Box] = []
        ports: dict[tuple[int, int], float] = {}
        entry: dict[int, float] = {}
        y = 4.0
        for node in self.chart.questions:
            words_for = frozenset(i for number, i in told if number == node.number)
            box, heights = self.inside(node, gutter, y, words_for)
            ports.update({(node.number, i): height for i, height in enumerate(heights)})
            entry[node.number] = y + PAD + SIZE - 4
            boxes.append(box)
            y += box.height + GAP
        lines, heads = [], []
        for node, i, lane in lanes:
            start, end = ports[node.number, i], entry[node.branches[i].to.number]
            x = gutter - 12 - 8 * lane
            lines.append(
                f"M{gutter} {start:.1f}H{x + 5}Q{x} {start:.1f} {x} {start + 5:.1f}"
                f"V{end - 5:.1f}Q{x} {end:.1f} {x + 5} {end:.1f}H{gutter - 5}"
            )
            heads.append((gutter - 1, end))
        return Drawing(346, y, tuple(boxes), tuple(lines), tuple(dict.fromkeys(heads)))


def _lanes(nodes: tuple[Node, ...]) -> tuple[list[tuple[Node, int, int]], set[tuple[int, int]]]:
    """A lane per line, short lines first; and the lines for which no lane is left.

    Lines to the same question may share a lane, others may not overlap in one.
    """
    place = {node.number: i for i, node in enumerate(nodes)}
    wanted = [
        (place[node.number], place[branch.to.number], node, i)
        for node in nodes for i, branch in enumerate(node.branches) if branch.to.question
    ]  # fmt: skip
    wanted.sort(key=lambda w: (w[1] - w[0], w[0]))
    taken: list[list[tuple[int, int]]] = [[] for _ in range(LANES)]
    drawn: list[tuple[Node, int, int]] = []
    told: set[tuple[int, int]] = set()
    for start, end, node, i in wanted:
        for lane, spans in enumerate(taken):
            if all(end <= s or e <= start or e == end for s, e in spans):
                spans.append((start, end))
                drawn.append((node, i, lane))
                break
        else:
            told.add((node.number, i))
    return drawn, told


class _Wide(_Layout):
    """For a wide screen and for paper: a column per question, lines between the columns."""

    box_width = 250
    column_gap = 60

    def draw(self) -> Drawing:
        columns = list(self._columns())
        boxes: list[Box] = []
        ports: dict[tuple[int, int], float] = {}
        entry: dict[int, tuple[float, float]] = {}
        x = 4.0
        bottom = 0.0
        for column in columns:
            y = 20.0
            for node in column:
                box, leaves = self.inside(node, x, y)
                ports.update({(node.number, i): at for i, at in enumerate(leaves)})
                entry[node.number] = (x, y + PAD + SIZE - 4)
                boxes.append(box)
                y += box.height + GAP
            bottom = max(bottom, y)
            x += self.box_width + self.column_gap
        lines, heads = [], []
        for box in boxes:
            for i, branch in enumerate(box.node.branches):
                if branch.to.question:
                    start = (box.x + box.width, ports[box.node.number, i])
                    end = entry[branch.to.number]
                    lines.append(self._curve(start, end, boxes))
                    heads.append((end[0] - 1, end[1]))
        return Drawing(x - self.column_gap + 4, bottom, tuple(boxes), tuple(lines),
                       tuple(dict.fromkeys(heads)))  # fmt: skip

    def _curve(self, start: tuple[float, float], end: tuple[float, float], boxes: list[Box]) -> str:
        """A smooth line; past a column in between it goes through a gap between the boxes there."""
        (x, y), (end_x, end_y) = start, end
        path = f"M{x} {y:.1f}"
        for column in sorted({b.x for b in boxes if x < b.x < end_x - 1}):
            stack = sorted((b for b in boxes if b.x == column), key=lambda b: b.y)
            gaps = [stack[0].y - 12, *(b.y + b.height + GAP / 2 for b in stack)]
            way = min(gaps, key=lambda gap: abs(gap - (y + end_y) / 2))
            middle = (x + column) / 2
            path += (
                f"C{middle} {y:.1f} {middle} {way:.1f} {column} {way:.1f}H{column + self.box_width}"
            )
            x, y = column + self.box_width, way
        middle = (x + end_x) / 2
        return f"{path}C{middle} {y:.1f} {middle} {end_y:.1f} {end_x - 6} {end_y:.1f}"

    def _columns(self) -> Iterator[list[Node]]:
        """One column per question that is asked, each ordered by where its lines come from."""
        asked = list(dict.fromkeys(n.question.id for n in self.chart.questions if n.question))
        height: dict[int, float] = {}
        for question_id in asked:
            column = [
                n for n in self.chart.questions if n.question and n.question.id == question_id
            ]
            column.sort(key=lambda n: height.get(n.number, 0.0))
            for i, node in enumerate(column):
                for j, branch in enumerate(node.branches):
                    place = (i + (j + 1) / (len(node.branches) + 1)) / len(column)
                    old = height.get(branch.to.number)
                    height[branch.to.number] = place if old is None else (old + place) / 2
            yield column
