"""The pages that belong to no school: home, red flags, what is it, cyberbullying, help lines, …"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from decision_tree.protocol import Background, Protocol
from scripts.pages.asked import asked
from scripts.pages.content import Content
from scripts.pages.guide import unlisted_data
from scripts.pages.page import Page, Section
from scripts.pages.words import words

_CYBER = (
    "online", "online-steps", "images", "grooming", "stalking", "discrimination",
    "online-safe-use", "group-apps", "pupil-tips", "parent-tips",
)  # fmt: skip
_TALKS = ("talk-bullied", "talk-bullying")


def pages(content: Content) -> Iterator[Page]:
    """Every shared page that is drawn from data."""
    yield _page("", "home", {"unlisted_school": "mijn-school-staat-er-niet-bij"}, wide=True,
                exit=True)  # fmt: skip
    yield _page("mijn-school-staat-er-niet-bij", "any-school", unlisted_data(), exit=True,
                scripts=("assets/guide/guide.mjs",))  # fmt: skip
    yield _page("nu-gevaar", "danger", {"beside": _beside(content)}, exit=True,
                sections=tuple(Section(id=f.id, title=f.label) for f in content.safety.flags))  # fmt: skip
    yield _page("pesten-plagen-ruzie", "what-is-it", _what_is_it(content), exit=True)
    yield _topics(content, "cyberpesten", "cyber", _CYBER, exit=True)
    yield _topics(content, "gesprekken", "talks", _TALKS, also="talks")
    yield _page("contract", "contract", {"found": list(_of_topic(content, "contract"))})
    yield _page("hulplijnen", "helplines", {}, exit=True)
    yield _asked()
    yield _page("bijhouden", "record", {"sheet": asked().sheet}, exit=True)
    yield _page("brief-aan-school", "letter", {"letter": asked().letter}, exit=True)
    yield _page("vergelijken", "compare", {}, wide=True, scripts=("assets/compare.mjs",))
    yield _page("woordenlijst", "glossary", {"terms": content.terms})
    yield _page("zoeken", "search", {}, exit=True, scripts=("assets/search/search.mjs",))


def _page(path: str, key: str, data: dict[str, Any], **more: Any) -> Page:
    """A page whose title and description are ``<key>-title`` and ``<key>-about`` in words.yaml."""
    return Page(path=path, template=f"shared/{key}.html", title=words()[f"{key}-title"],
                description=words()[f"{key}-about"], data=data, **more)  # fmt: skip


def _asked() -> Page:
    """What parents ask, each question with its sources, and after them the complaint route."""
    questions = [(question, asked().basis(question)) for question in asked().questions]
    sections = [Section(id=question.id, title=question.ask) for question, _ in questions]
    last = Section(id="klacht", title=words()["complaints-title"])
    return _page("vragen-van-ouders", "asked", {"questions": questions}, exit=True,
                 sections=(*sections, last))  # fmt: skip


def _beside(content: Content) -> dict[str, list[Any]]:
    """What documents themselves say about a flag: flag id -> (protocol, lines)."""
    found: dict[str, list[Any]] = {flag.id: [] for flag in content.safety.flags}
    for protocol in content.protocols:
        for beside in protocol.red_flags:
            found[beside.flag].append((protocol, beside.lines))
    return found


def _of_topic(content: Content, topic: str) -> Iterator[tuple[Protocol, Background]]:
    for protocol in content.protocols:
        for item in protocol.background:
            if item.topic == topic:
                yield protocol, item


def _topics(
    content: Content, path: str, key: str, topics: tuple[str, ...], also: str = "", **more: Any
) -> Page:
    """A page that gathers topics from all documents; a topic no document has is left out.

    ``also``: an aspect of the protocols that the page's template puts under them.
    """
    found = [(topic, list(_of_topic(content, topic))) for topic in topics]
    found = [(topic, items) for topic, items in found if items]
    named = [*(topic for topic, _ in found), *([also] if also else [])]
    sections = tuple(Section(id=topic, title=words()[f"topic-{topic}"]) for topic in named)
    return _page(path, key, {"topics": found}, sections=sections, **more)


def _what_is_it(content: Content) -> dict[str, Any]:
    """Criteria with the schools whose documents use them, and each document's own words for it."""
    known = {c.id: p for p in content.protocols for c in p.clauses}
    criteria = []
    for criterion in content.criteria:
        used: dict[str, tuple[Protocol, list[str]]] = {}
        for clause in criterion.sources:
            if clause in known:
                used.setdefault(known[clause].school.id, (known[clause], []))[1].append(clause)
        criteria.append((criterion, list(used.values())))
    return {
        "criteria": criteria,
        "found": [
            (p, [b for b in p.background if b.topic in {"definition", "teasing"}])
            for p in content.protocols
        ],
    }
