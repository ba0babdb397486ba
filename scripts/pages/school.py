"""The pages of one school, each made from its protocol alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from decision_tree.protocol import ALL, LANGUAGES, FollowUp, Language, Protocol, Text
from scripts.pages import chart, views
from scripts.pages.guide import guide_data
from scripts.pages.page import Page, Section
from scripts.pages.sentences import capital, in_days
from scripts.pages.six_points import POINTS
from scripts.pages.words import words

Make = Callable[[Protocol], dict[str, Any]]
"""Protocol -> what the page is made of, besides its address and title."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of page that every school has. ``id``: its words in words.yaml (``school-<id>``)."""

    id: str
    slug: str
    make: Make


def pages(protocol: Protocol, practice: Make | None = None) -> Iterator[Page]:
    """Every page of this school, with the list of its neighbours for the frame.

    ``practice`` makes the page for practising, where the school has cases to practise with.
    """
    kinds = KINDS if practice is None else _with(KINDS, Kind("practice", "oefenen", practice))
    frames = {language: _frame(protocol, kinds, language) for language in LANGUAGES}
    slugs = {kind.id: path(protocol, kind.slug) for kind in kinds}
    for kind in kinds:
        made = {"template": f"school/{kind.id}.html", **kind.make(protocol)}
        here = {
            language: {"school": frame, "here": kind.id, "short": _name(kind).in_language(language)}
            for language, frame in frames.items()
        }
        page = Page(path=path(protocol, kind.slug), frame=here,
                    **{"title": _name(kind), "description": _description(protocol, kind), **made})  # fmt: skip
        yield replace(page, data={"p": protocol, "here": kind.id, "pages": slugs, **page.data})


def path(protocol: Protocol, slug: str) -> str:
    """The address of a page of this school."""
    return f"scholen/{protocol.school.id}/{slug}".rstrip("/")


def _name(kind: Kind) -> Text:
    return words()[f"school-{kind.id}"]


def _description(protocol: Protocol, kind: Kind) -> Text:
    name, school = _name(kind), protocol.school.name
    return Text(
        nl=f"{name.nl}: het pestprotocol van {school}, in gewone woorden.",
        en=f"{name.en}: the anti-bullying protocol of {school}, in plain words.",
    )


def _with(kinds: tuple[Kind, ...], practice: Kind) -> tuple[Kind, ...]:
    """Practice stands after what people come for first: the guide."""
    after = 1 + [kind.id for kind in kinds].index("guide")
    return (*kinds[:after], practice, *kinds[after:])


def _frame(protocol: Protocol, kinds: tuple[Kind, ...], language: Language) -> dict[str, Any]:
    return {
        "id": protocol.school.id,
        "name": protocol.school.name,
        "pages": [
            {"id": kind.id, "path": f"{path(protocol, kind.slug)}/",
             "title": _name(kind).in_language(language)}
            for kind in kinds
        ],
    }  # fmt: skip


def _start(p: Protocol) -> dict[str, Any]:
    return {"title": Text(nl=p.school.name, en=p.school.name), "exit": True}


def _guide(p: Protocol) -> dict[str, Any]:
    return {"data": guide_data(p), "template": "guide/guide.html", "exit": True,
            "scripts": ("assets/guide/guide.mjs",)}  # fmt: skip


def _protocol(p: Protocol) -> dict[str, Any]:
    by_phase = [
        {
            "phase": phase,
            "rules": views.rules_of(p, phase),
            "moments": [
                (moment, [s for s in views.in_phase(p.steps, phase) if s.moment == moment])
                for moment in ("now", "this-week", "later")
            ],
            "next": [
                (event, [n for n in views.in_phase(p.next, phase) if n.event == event])
                for event in ("goes-on", "again", "stops")
            ],
            "open": [o for o in views.in_phase(p.open, phase) if ALL not in o.phases],
        }
        for phase in views.reading_order(p)
    ]
    return {
        "data": {"by_phase": by_phase, "open_everywhere": [o for o in p.open if ALL in o.phases]},
        "sections": tuple(Section(id=x.id, title=_capital(x.name)) for x in views.reading_order(p)),
    }


def _capital(text: Text) -> Text:
    return Text(nl=capital(text.nl), en=capital(text.en))


def _six_points(p: Protocol) -> dict[str, Any]:
    return {"sections": tuple(Section(id=x, title=words()[f"compare-{x}"]) for x in POINTS)}


def _roles(p: Protocol) -> dict[str, Any]:
    sides = [
        (side, [role for role in p.roles if role.side == side])
        for side in ("school", "family", "pupil", "outside")
    ]
    return {
        "data": {"sides": [(side, roles) for side, roles in sides if roles]},
        "sections": tuple(Section(id=r.id, title=_capital(r.name)) for r in p.roles),
    }


def _parents(p: Protocol) -> dict[str, Any]:
    moments = []
    for moment in ("now", "this-week", "later"):
        groups = []
        for about in ("contact", "expect", "home", "turn-to"):
            items = [x for x in p.parents if x.moment == moment and x.about == about]
            if items:
                groups.append((about, items))
        moments.append((moment, groups))
    return {"data": {"moments": moments, "timed": _timed(p)}, "exit": True}


def _timed(p: Protocol) -> list[FollowUp]:
    """Follow-ups that the document gives a time for, soonest first."""
    timed = [(f.after or f.during, f) for f in p.follow_up]
    return [f for _, f in sorted(((in_days(t), f) for t, f in timed if t), key=lambda x: x[0])]


def _follow_up(p: Protocol) -> dict[str, Any]:
    by_phase = []
    for phase in p.phases:
        items = views.in_phase(p.follow_up, phase)
        if items:
            timed = [f for f in _timed(p) if f in items]
            by_phase.append((phase, [*timed, *(f for f in items if f not in timed)]))
    return {
        "data": {"by_phase": by_phase, "timed": _timed(p)},
        "sections": tuple(Section(id=x.id, title=_capital(x.name)) for x, _ in by_phase),
    }


def _matrix(p: Protocol) -> dict[str, Any]:
    rows = []
    for role in views.acting_roles(p):
        cells = [
            (phase, role in views.leads(p, phase),
             [s for s in views.in_phase(p.steps, phase) if views.acts(p, role, phase, s)])
            for phase in p.phases
        ]  # fmt: skip
        rows.append((role, cells))
    return {"data": {"rows": rows}, "wide": True}


def _card(p: Protocol) -> dict[str, Any]:
    return {"data": {"groups": views.card_groups(p)}, "wide": True}


def _table(p: Protocol) -> dict[str, Any]:
    return {"data": {"rules": p.rules}, "wide": True}


def _chart(p: Protocol) -> dict[str, Any]:
    return {"data": {"chart": chart.of(p)}, "wide": True}


def _background(p: Protocol) -> dict[str, Any]:
    order = {topic: i for i, topic in enumerate(views.TOPICS)}
    items = sorted(p.background, key=lambda b: order[b.topic])
    return {
        "data": {"items": items},
        "sections": tuple(Section(id=b.id, title=b.title) for b in items),
    }


def _sources(p: Protocol) -> dict[str, Any]:
    gaps = {c.id for c in p.clauses if c.kind == "gap"}
    return {"data": {"gaps": gaps, "groups": views.document_order(p)}}


KINDS: tuple[Kind, ...] = (
    Kind("start", "", _start),
    Kind("guide", "wijzer", _guide),
    Kind("protocol", "protocol", _protocol),
    Kind("six-points", "zes-punten", _six_points),
    Kind("roles", "rollen", _roles),
    Kind("parents", "ouders", _parents),
    Kind("follow-up", "opvolging", _follow_up),
    Kind("matrix", "wie-doet-wat", _matrix),
    Kind("card", "kaart", _card),
    Kind("table", "tabel", _table),
    Kind("chart", "stroomschema", _chart),
    Kind("background", "achtergrond", _background),
    Kind("sources", "bronnen", _sources),
)
"""In the order of the school's menu. Add a kind here and its template to add a page."""
