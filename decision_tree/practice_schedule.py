"""Which case comes next: Leitner boxes per facet; the progress is one plain JSON value.

Leitner, S. (1972), *So lernt man lernen*, Herder: what is known moves one box up and comes back
later, what is missed returns to the first box. Our cards are facets ("form:online", "who:mentor"),
our clock counts rounds, not days: a box waits 1, 2, 4, 8 or 16 rounds (the doubling of Mace 1932).
So no date is kept, and nothing here knows who practises.

The page may keep the value on the device if the learner asks, show it, export it and delete it::

    {"version": 1, "school": "cals", "round": 3, "seen": ["case-id", …],
     "facets": {"form:online": {"box": 2, "due": 5, "moved": 3, "right": 2, "seen": 3}}}
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from decision_tree.practice_chance import number, pick

Progress = dict[str, Any]

VERSION = 1
WAITS = (1, 2, 4, 8, 16)
"""Rounds until a facet comes back, per box."""

REMEMBERED = 60
"""So many cases are not shown again as long as there are others."""

MOST_FACETS = 200
GROUPS = ("form", "count", "classes", "red_flag", "near_miss", "ask", "who")
FLAG_EVERY = 5
"""In each five cases of a round one carries a red flag."""


def fresh(school: str) -> Progress:
    """The progress of someone who has not practised yet."""
    return {"version": VERSION, "school": school, "round": 0, "seen": [], "facets": {}}


def restored(value: Any, school: str) -> Progress:
    """Progress that was kept or imported; whatever is not one of ours starts afresh."""
    clean = fresh(school)
    if (
        not isinstance(value, dict)
        or value.get("version") != VERSION
        or value.get("school") != school
    ):
        return clean
    clean["round"] = _count(value.get("round"))
    seen = value.get("seen")
    clean["seen"] = (
        [s for s in seen if isinstance(s, str) and len(s) < 200][-REMEMBERED:]
        if isinstance(seen, list)
        else []
    )
    facets = value.get("facets")
    for name, card in list(facets.items())[:MOST_FACETS] if isinstance(facets, dict) else ():
        if str(name).partition(":")[0] in GROUPS and isinstance(card, dict):
            kept = {key: _count(card.get(key)) for key in ("box", "due", "moved", "right", "seen")}
            kept["box"] = min(max(kept["box"], 1), len(WAITS))
            kept["due"] = min(kept["due"], clean["round"] + WAITS[kept["box"] - 1])
            clean["facets"][str(name)[:80]] = kept
    return clean


def _count(value: Any) -> int:
    return (
        min(max(value, 0), 1_000_000)
        if isinstance(value, int) and not isinstance(value, bool)
        else 0
    )


def recorded(progress: Progress, case_id: str, results: Mapping[str, bool]) -> Progress:
    """After one case: each facet moves one box up (once a round) or back to the first."""
    now = progress["round"]
    facets = {name: dict(card) for name, card in progress["facets"].items()}
    for name, good in results.items():
        card = facets.get(name, {"box": 1, "due": now, "moved": -1, "right": 0, "seen": 0})
        card["seen"] += 1
        card["right"] += good
        if not good:
            card["box"], card["moved"] = 1, now
        elif card["moved"] != now:
            card["box"], card["moved"] = min(card["box"] + 1, len(WAITS)), now
        card["due"] = now + WAITS[card["box"] - 1]
        facets[name] = card
    seen = [s for s in progress["seen"] if s != case_id] + [case_id]
    return {**progress, "facets": facets, "seen": seen[-REMEMBERED:]}


def ended(progress: Progress) -> Progress:
    """After a round: the clock of the boxes moves on by one."""
    return {**progress, "round": progress["round"] + 1}


def draw(
    candidates: Mapping[str, Iterable[str]], progress: Progress, count: int, seed: int
) -> list[str]:
    """``count`` case ids for one round. ``candidates``: case id -> its facets."""
    facets = {name: tuple(has) for name, has in candidates.items()}
    chosen: list[str] = []
    while len(chosen) < min(count, len(facets)):
        chosen.append(following(facets, progress, chosen, seed))
    return chosen


def following(
    candidates: Mapping[str, Sequence[str]], progress: Progress, used: Sequence[str], seed: int
) -> str:
    """The case that comes after those used in this round.

    One in five carries a red flag. Otherwise: the facet that is due the longest, from the lowest
    box, that has not come up in this round yet; among its cases one that was not seen lately.
    """
    place = len(used)
    open_cases = {name: has for name, has in candidates.items() if name not in used}
    flagged = {n: h for n, h in open_cases.items() if any(f.startswith("red_flag:") for f in h)}
    wants_flag = place % FLAG_EVERY == number(seed, "flag", place // FLAG_EVERY) % FLAG_EVERY
    pool = flagged if wants_flag else {n: h for n, h in open_cases.items() if n not in flagged}
    pool = pool or open_cases
    told = {facet for name in used for facet in candidates.get(name, ())}
    known = progress["facets"]

    def urgency(facet: str) -> tuple[bool, bool, int, int, int]:
        card = known.get(facet)
        box, due = (card["box"], card["due"]) if card else (1, progress["round"])
        return facet in told, due > progress["round"], box, due, number(seed, place, facet)

    facet = min({f for has in pool.values() for f in has}, key=urgency)
    fitting = sorted(name for name, has in pool.items() if facet in has)
    unseen = [name for name in fitting if name not in progress["seen"]]
    if not unseen:  # all seen: the one seen longest ago
        return min(fitting, key=progress["seen"].index)
    return pick(unseen, seed, place, "case")


def picture(progress: Progress) -> list[dict[str, Any]]:
    """Per group and facet how it goes, for the learner's eyes only: ``new``, ``growing``, ``firm``."""
    shown: list[dict[str, Any]] = []
    for group in GROUPS:
        cards = sorted(
            (n, c) for n, c in progress["facets"].items() if n.partition(":")[0] == group
        )
        if cards:
            shown.append({"group": group, "facets": [
                {"facet": name, "value": name.partition(":")[2], "right": card["right"], "seen": card["seen"],
                 "state": "firm" if card["box"] >= 4 else "growing" if card["box"] >= 2 else "new"}
                for name, card in cards]})  # fmt: skip
    return shown
