"""Made-up protocols: any questions, rules and steps around the small sound protocol."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from hypothesis import strategies as st

from decision_tree.checks.examples import whole
from decision_tree.protocol import Answer, Line, Phase, Protocol, Question, Rule, Step, Text
from decision_tree.reading import Read, read_protocol
from decision_tree.yaml_source import Source

WORDS = Text(nl="woorden", en="words")
NAMES = ("happened", "how_often", "classes", "extra", "more")


def question(name: str, answers: int) -> Question:
    """A question with answers a0, a1, …; the last is the careful one."""
    return Question(
        id=name,
        ask=WORDS,
        careful=f"a{answers - 1}",
        find_out=WORDS,
        answers=tuple(
            Answer(id=f"a{i}", label=Text(nl=f"{name} {i}", en=f"{name} {i}"), condition=WORDS)
            for i in range(answers)
        ),
    )


def rule(number: int, when: Mapping[str, tuple[str, ...]], phase: str, lead: str) -> Rule:
    return Rule(id=f"r{number}", when=when, phase=phase, lead=(lead,), because=WORDS)


def protocol(
    base: Protocol,
    questions: tuple[Question, ...],
    rules: tuple[Rule, ...],
    steps: tuple[Step, ...] = (),
) -> Protocol:
    """The sound protocol with other questions, rules and steps; four phases p0 to p3."""
    phases = tuple(
        Phase(id=f"p{i}", name=WORDS, about=Line(nl="x", en="x"), weight=i, named=True)
        for i in range(4)
    )
    return replace(
        base,
        questions=questions,
        refinements=(),
        phases=phases,
        rules=rules,
        steps=steps,
        follow_up=(),
        parents=(),
        next=(),
        open=(),
    )


@st.composite
def questions(draw: st.DrawFn) -> tuple[Question, ...]:
    count = draw(st.integers(1, 4))
    return tuple(question(name, draw(st.integers(1, 3))) for name in NAMES[:count])


@st.composite
def any_rules(draw: st.DrawFn, asked: tuple[Question, ...]) -> tuple[Rule, ...]:
    """Rules that may overlap, leave gaps, or allow nothing."""
    made = []
    for number in range(draw(st.integers(0, 6))):
        when = {
            q.id: tuple(draw(st.lists(st.sampled_from([a.id for a in q.answers]), unique=True)))
            for q in asked
            if draw(st.booleans())
        }
        made.append(
            rule(
                number,
                when,
                draw(st.sampled_from(["p0", "p1"])),
                draw(st.sampled_from(["mentor", "coordinator"])),
            )
        )
    return tuple(made)


@st.composite
def sound_rules(draw: st.DrawFn, asked: tuple[Question, ...]) -> tuple[Rule, ...]:
    """Rules that cover every combination exactly once: the domain split again and again."""
    parts: list[dict[str, tuple[str, ...]]] = [
        {q.id: tuple(a.id for a in q.answers) for q in asked}
    ]
    for _ in range(draw(st.integers(0, 6))):
        part = parts.pop(draw(st.integers(0, len(parts) - 1)))
        name = draw(st.sampled_from([q.id for q in asked]))
        allowed = part[name]
        cut = draw(st.integers(0, len(allowed) - 1))
        sides = [side for side in (allowed[:cut], allowed[cut:]) if side]
        parts += [{**part, name: side} for side in sides]
    return tuple(
        rule(
            i,
            part,
            draw(st.sampled_from(["p0", "p1", "p2", "p3"])),
            draw(st.sampled_from(["mentor", "coordinator"])),
        )
        for i, part in enumerate(parts)
    )


@st.composite
def any_steps(draw: st.DrawFn, asked: tuple[Question, ...]) -> tuple[Step, ...]:
    made = []
    for number in range(draw(st.integers(0, 4))):
        when = {
            q.id: tuple(
                draw(st.lists(st.sampled_from([a.id for a in q.answers]), min_size=1, unique=True))
            )
            for q in asked
            if draw(st.booleans())
        }
        phases = draw(st.sampled_from([("all",), ("p0",), ("p1", "p2")]))
        made.append(
            Step(
                id=f"s{number}",
                phases=phases,
                only_when=when,
                who=("lead",),
                do=WORDS,
                must=True,
                kind="talk",
                moment="now",
            )
        )
    return tuple(made)


def base(folder: object) -> Protocol:
    """The sound protocol, read once from a folder."""
    from pathlib import Path

    path = Path(str(folder)) / "example.yaml"
    path.write_text(whole(), "utf-8")
    return read_protocol(path)


def large(
    base: Protocol, questions: int, answers: int, rules: int, scattered: bool = False
) -> Protocol:
    """A made-up protocol of this size: the domain is split again and again, in the order of asking.

    ``scattered``: by any question next, so that in the order of asking little can be left out.
    """
    asked = tuple(question(f"q{i:02}", answers) for i in range(questions))
    every = tuple(f"a{i}" for i in range(answers))
    half = answers // 2
    parts: list[dict[str, tuple[str, ...]]] = [{}]
    turn = 0
    while len(parts) < rules:
        part = parts.pop(0)
        free = [q.id for q in asked if q.id not in part]
        name = free[turn % len(free) if scattered else 0]
        turn += 7
        parts += [{**part, name: every[:half]}, {**part, name: every[half:]}]
    made = tuple(rule(i, part, f"p{i * i % 7 % 4}", "mentor") for i, part in enumerate(parts))
    return protocol(base, asked, made)


def multiplexer(base: Protocol, ways: int, chooser_first: bool = False) -> Protocol:
    """One question says which of the others decides; asked last, all of them must be asked before."""
    chooser = question("chooser", ways)
    others = tuple(question(f"q{i:02}", 2) for i in range(ways))
    rules = tuple(
        rule(2 * i + j, {"chooser": (f"a{i}",), f"q{i:02}": (f"a{j}",)}, f"p{j}", "mentor")
        for i in range(ways)
        for j in (0, 1)
    )
    return protocol(base, (chooser, *others) if chooser_first else (*others, chooser), rules)


def chain(base: Protocol, length: int) -> Protocol:
    """Each question is asked only where the one before it did not decide."""
    asked = tuple(question(f"q{i:03}", 2) for i in range(length))
    rules = [
        rule(i, {q.id: ("a1",) for q in asked[:i]} | {asked[i].id: ("a0",)}, f"p{i % 3}", "mentor")
        for i in range(length)
    ]
    rules.append(rule(length, {q.id: ("a1",) for q in asked}, "p3", "mentor"))
    return protocol(base, asked, tuple(rules))


def read(protocol: Protocol) -> Read:
    """As if it had been read from a file."""
    return Read(protocol, Source("example.yaml"))
