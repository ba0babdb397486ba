"""What must hold in the safety layer and the contacts: someone to call, and all that pages rely on."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from decision_tree.faults import Faults, quoted
from decision_tree.references import once
from decision_tree.safety import Contacts, Safety
from decision_tree.yaml_source import Place

CALLED_FROM_PAGES = ("emergency", "suicide-113", "veilig-thuis", "kindertelefoon")
"""Contacts whose number stands on every guide, card or danger page."""

NAMED_BY_PAGES = ("police", "helpwanted", "parents-education")
"""Contacts that a page names beside these."""

PRINCIPLES_ON_PAGES = (
    "safe-first", "separate-talks", "no-blame", "no-detective-work", "keep-then-report-then-block",
    "sanctions", "unsafe-home", "write-facts",
)  # fmt: skip
"""Principles that pages show at their place; without one of them that place would stay empty."""

FLAGS_ON_PAGES = ("images", "grooming", "threats")
"""Red flags whose card a page of a topic names first."""


def find_safety_faults(safety: Safety, faults: Faults, contacts: Contacts) -> None:
    """Cards that call nobody, and what pages show and is not there."""
    once(faults, ("flags",), (flag.id for flag in safety.flags))
    once(faults, ("principles",), (principle.id for principle in safety.principles))
    _all_there(faults, "flags", "red flag", FLAGS_ON_PAGES, {flag.id for flag in safety.flags})
    _all_there(faults, "principles", "principle", PRINCIPLES_ON_PAGES,
               {principle.id for principle in safety.principles})  # fmt: skip
    known = {contact.id for contact in contacts.contacts}
    confirmed = {contact.id for contact in contacts.confirmed()}
    for i, flag in enumerate(safety.flags):
        _calls(faults, ("flags", i, "call"), flag.call, known)
        if not confirmed.intersection(flag.call):
            what = f"the card {quoted(flag.id)} names nobody who may be called"
            faults.add(("flags", i, "call"), "R34", what, "name a contact with `confirmed: true`")
        kinds: set[str] = set()
        for j, caution in enumerate(flag.cautions):
            for k, kind in enumerate(caution.kinds):
                if kind in kinds:
                    what = f"`{kind}` has a caution on this card already"
                    faults.add(
                        ("flags", i, "cautions", j, "kinds", k), "R29", what, "keep one of the two"
                    )
                kinds.add(kind)
    for i, step in enumerate(safety.complaints):
        _calls(faults, ("complaints", i, "call"), step.call, known)


def find_contact_faults(contacts: Contacts, faults: Faults) -> None:
    """Contacts that stand twice, cannot be reached, or that pages need and that are not there."""
    by_id = {contact.id: contact for contact in contacts.contacts}
    once(faults, ("contacts",), (contact.id for contact in contacts.contacts))
    _all_there(faults, "contacts", "contact", (*CALLED_FROM_PAGES, *NAMED_BY_PAGES), by_id)
    for i, contact in enumerate(contacts.contacts):
        if contact.confirmed and not contact.phone and not contact.url:
            what = f"{quoted(contact.id)} is confirmed and has neither `phone` nor `url`"
            faults.add(("contacts", i), "R34", what, "give one of the two, or `confirmed: false`")
        elif contact.id in CALLED_FROM_PAGES and not (contact.confirmed and contact.phone):
            what = f"pages tell people to call {quoted(contact.id)}"
            faults.add(("contacts", i), "R34", what, "give its `phone`, and `confirmed: true`")
    for i, unpublished in enumerate(contacts.unpublished_from_documents):
        _calls(faults, ("unpublished_from_documents", i, "instead"), unpublished.instead, by_id)


def _all_there(
    faults: Faults, section: str, kind: str, needed: Iterable[str], there: Collection[str]
) -> None:
    lost = [name for name in needed if name not in there]
    if lost:
        what = (
            f"pages show the {kind} {', '.join(f'`{name}`' for name in lost)}, and it is not here"
        )
        faults.add((section,), "R35", what, "put it back, with this id")


def _calls(faults: Faults, place: Place, names: Iterable[str], known: Collection[str]) -> None:
    for i, name in enumerate(names):
        if name not in known:
            faults.unknown((*place, i), "contact", name, known)
