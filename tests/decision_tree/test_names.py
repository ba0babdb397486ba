"""The name of a screen never comes to mean another screen, whatever changes in a later version."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decision_tree import names
from decision_tree.errors import BadTable
from decision_tree.guide import decide, paths, screens
from decision_tree.outcome import Ask, Outcome
from decision_tree.protocol import UNKNOWN, Protocol, Question, Text
from decision_tree.tree import Compiled, compile_tree
from tests.decision_tree import made_up

BASE: dict[str, Protocol] = {}

Way = frozenset[tuple[str, str]]


@pytest.fixture(autouse=True, scope="module")
def _base(tmp_path_factory: pytest.TempPathFactory) -> None:
    BASE["sound"] = made_up.base(tmp_path_factory.mktemp("sound"))


@st.composite
def protocols(draw: st.DrawFn) -> Protocol:
    asked = draw(made_up.questions())
    rules = tuple(
        replace(rule, ask=(draw(st.sampled_from(["mentor", "coordinator"])),))
        for rule in draw(made_up.sound_rules(asked))
    )
    return made_up.protocol(BASE["sound"], asked, rules, draw(made_up.any_steps(asked)))


# --- what a later version may have changed: `pick` draws a number below the one it is given ---------

Pick = Callable[[int], int]
Change = Callable[[Protocol, Pick], Protocol]


def _one[T](items: tuple[T, ...], pick: Pick, change: Callable[[T], T]) -> tuple[T, ...]:
    at = pick(len(items))
    return tuple(change(item) if i == at else item for i, item in enumerate(items))


def _swap_answers(p: Protocol, pick: Pick) -> Protocol:
    def swapped(q: Question) -> Question:
        at = pick(len(q.answers))
        return replace(q, answers=(*q.answers[at:], *q.answers[:at]))

    return replace(p, questions=_one(p.questions, pick, swapped))


def _reorder_rules(p: Protocol, pick: Pick) -> Protocol:
    at = pick(len(p.rules))
    return replace(p, rules=(*p.rules[at:], *p.rules[:at]))


def _reword(p: Protocol, pick: Pick) -> Protocol:
    said = Text(nl="andere woorden", en="other words")
    return replace(p, questions=_one(p.questions, pick, lambda q: replace(q, ask=said)))


def _reorder_questions(p: Protocol, pick: Pick) -> Protocol:
    at = pick(len(p.questions))
    return replace(p, questions=(*p.questions[at:], *p.questions[:at]))


def _other_phase(p: Protocol, pick: Pick) -> Protocol:
    phase = f"p{pick(4)}"
    return replace(p, rules=_one(p.rules, pick, lambda rule: replace(rule, phase=phase)))


def _other_lead(p: Protocol, pick: Pick) -> Protocol:
    lead = (("mentor",), ("coordinator",))[pick(2)]
    return replace(p, rules=_one(p.rules, pick, lambda rule: replace(rule, lead=lead)))


def _other_ask(p: Protocol, pick: Pick) -> Protocol:
    ask = (("mentor",), ("coordinator",))[pick(2)]
    return replace(p, rules=_one(p.rules, pick, lambda rule: replace(rule, ask=ask)))


def _swap_rules(p: Protocol, pick: Pick) -> Protocol:
    """Two rules change places, so that other cases lead to the same outcome."""
    first, second = p.rules[pick(len(p.rules))], p.rules[pick(len(p.rules))]
    when = {first.id: second.when, second.id: first.when}
    return replace(p, rules=tuple(replace(r, when=when.get(r.id, r.when)) for r in p.rules))


def _other_careful(p: Protocol, pick: Pick) -> Protocol:
    def other(q: Question) -> Question:
        return replace(q, careful=q.answers[pick(len(q.answers))].id)

    return replace(p, questions=_one(p.questions, pick, other))


def _one_question_more(p: Protocol, pick: Pick) -> Protocol:
    """It parts the cases of one rule."""
    new = made_up.question("yet_another", 2)
    at = pick(len(p.rules))
    parted = p.rules[at]
    rules = (
        *(rule for rule in p.rules if rule is not parted),
        replace(parted, id="n0", when={**parted.when, new.id: ("a0",)}),
        replace(parted, id="n1", when={**parted.when, new.id: ("a1",)}, phase=f"p{pick(4)}"),
    )
    where = pick(len(p.questions) + 1)
    asked = (*p.questions[:where], new, *p.questions[where:])
    return replace(p, questions=asked, rules=rules)


def _one_step_less(p: Protocol, pick: Pick) -> Protocol:
    if not p.steps:
        return p
    at = pick(len(p.steps))
    return replace(p, steps=(*p.steps[:at], *p.steps[at + 1 :]))


ORDER_AND_WORDS = (_swap_answers, _reorder_rules, _reword)
"""What leaves the meaning of every screen as it was."""

MEANING = (_reorder_questions, _other_phase, _other_lead, _other_ask, _swap_rules,
           _other_careful, _one_question_more, _one_step_less)  # fmt: skip


def ways(compiled: Compiled) -> Mapping[str, set[Way]]:
    """Name of a screen -> each way to it, by answers, *I don't know* too."""
    found: dict[str, set[Way]] = {}

    def walk(number: int, way: Way) -> None:
        node = compiled.tree.nodes[number]
        found.setdefault(node.name, set()).add(way)
        for answer, to in (node.branches or {}).items():
            walk(to, way | {(str(node.question), answer)})
            if answer == compiled.protocol.question(str(node.question)).careful:
                walk(to, way | {(str(node.question), UNKNOWN)})

    walk(compiled.tree.root, frozenset())
    return found


def meanings(compiled: Compiled) -> dict[str, object]:
    """Name of a screen -> what it decides, through every question that follows, and of which cases."""
    seen, shown = ways(compiled), screens(compiled)

    def decides(name: str) -> object:
        screen = shown[name]
        if isinstance(screen, Outcome):
            return screen.phase.id, screen.lead, set(screen.ask)
        nodes, branches = compiled.tree.nodes, compiled.tree.named(name).branches or {}
        leads = {answer: decides(nodes[to].name) for answer, to in branches.items()}
        return screen.question.id, screen.question.careful, leads

    return {name: (decides(name), seen[name]) for name in shown}


def later(data: st.DataObject, protocol: Protocol, *changes: Change) -> Compiled | None:
    """A later version of this protocol, or None if its table would not be sound."""

    def pick(below: int) -> int:
        return int(data.draw(st.integers(0, below - 1)))

    for change in changes:
        protocol = change(protocol, pick)
    try:
        return compile_tree(protocol)
    except BadTable:
        return None


@pytest.mark.parametrize("change", MEANING)
@given(data=st.data())
def test_a_name_that_both_versions_know_means_the_same_in_both(
    data: st.DataObject, change: Change
) -> None:
    """The same question with the same answers to the same places, or the same outcome; of the same cases."""
    protocol = data.draw(protocols())
    after = later(data, protocol, change, data.draw(st.sampled_from(ORDER_AND_WORDS)))
    if after is None:
        return
    before, now = meanings(compile_tree(protocol)), meanings(after)
    for name in before.keys() & now.keys():
        assert before[name] == now[name]


@given(st.data())
def test_another_order_and_other_words_change_no_name(data: st.DataObject) -> None:
    """So a page goes on meaning the same screen after a swap of two answers."""
    protocol = data.draw(protocols())
    after = later(data, protocol, *ORDER_AND_WORDS)
    assert after is not None
    assert meanings(compile_tree(protocol)) == meanings(after)


@given(st.data())
def test_no_two_screens_of_a_made_up_protocol_share_a_name(data: st.DataObject) -> None:
    nodes = compile_tree(data.draw(protocols())).tree.nodes
    assert len({node.name for node in nodes}) == len(nodes)


def test_no_two_screens_of_a_school_share_a_name(compiled: Compiled) -> None:
    nodes = compiled.tree.nodes
    assert len({node.name for node in nodes}) == len(nodes)
    for node in nodes:
        word, _, digits = node.name.rpartition("-")
        assert word == (f"vraag-{node.question}" if node.question else node.phase)
        assert len(digits) == names.DIGITS
        assert set(digits) <= set("0123456789abcdef")


def test_screens_that_would_share_a_name_get_longer_ones(
    compiled: Compiled, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(names, "DIGITS", 1)
    found = names.screen_names(compiled.protocol, compiled.tree)
    assert len({name.rpartition("-")[2] for name in found}) == len(found)
    assert len({len(name.rpartition("-")[2]) for name in found}) == 1


def test_what_decides_names_the_screen_that_the_page_has(compiled: Compiled) -> None:
    """On every path of every school, for questions and outcomes."""
    shown = screens(compiled)
    for way in paths(compiled):
        for i in range(len(way) + 1):
            here = decide(compiled, dict(list(way.items())[:i]))
            assert isinstance(here, Ask | Outcome)
            assert isinstance(shown[here.screen], type(here))


def test_a_name_that_no_screen_has_is_an_error() -> None:
    with pytest.raises(KeyError, match="n8"):
        compile_tree(BASE["sound"]).tree.named("n8")
