"""The safety layer's nouns: red flags and contacts. Ours, not any school's."""

from dataclasses import dataclass
from typing import Literal

from decision_tree.protocol import WAITS, Language, Moment, Noun, StepKind, Text

Reader = Literal["staff", "parent", "both"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Caution(Text):
    """What a red flag changes about a school's own steps of these kinds: the words stand with each."""

    kinds: tuple[StepKind, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag(Noun):
    """A red flag: what to do now, what never to do, whom to call, who in school must know.

    ``for_parents`` and ``for_pupil``: what a parent of the child, or a pupil who reads along, does now.
    ``call`` are contact ids, most important first; ``basis`` the public addresses it rests on.
    ``cautions`` repeat what the card says where a step of the school would go against it.
    ``off_ladder``: the school's phases are not the way on, even once everyone is safe.
    """

    id: str
    label: Text
    help: Text
    do: tuple[Text, ...]
    for_parents: tuple[Text, ...]
    for_pupil: Text
    never: tuple[Text, ...]
    call: tuple[str, ...]
    tell: tuple[Text, ...]
    go_on: Text
    background: Text
    basis: tuple[str, ...]
    cautions: tuple[Caution, ...] = ()
    off_ladder: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Principle(Text):
    """A rule of ours that is shown where it matters, whatever the school's document says."""

    id: str
    basis: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint(Text):
    """A step of the complaint route for parents, in order."""

    call: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice(Text):
    """General advice for a visitor whose school is not listed; ``reader``: for whom it is."""

    moment: Moment
    reader: Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Safety(Noun):
    """The whole layer; ``flags`` in the order in which they are asked.

    ``while_assumed``: what stands beside a step that waits while an answer is only assumed.
    """

    flags: tuple[Flag, ...]
    while_assumed: Text
    principles: tuple[Principle, ...]
    complaints: tuple[Complaint, ...]
    general: tuple[Advice, ...]

    def advice(self, reader: Literal["staff", "parent"]) -> tuple[Advice, ...]:
        """What this reader does at any school, in order."""
        return tuple(advice for advice in self.general if advice.reader in (reader, "both"))

    def flag(self, flag_id: str) -> Flag:
        """The flag with this id; ``KeyError`` if there is none."""
        for flag in self.flags:
            if flag.id == flag_id:
                return flag
        raise KeyError(flag_id)

    def cautions(self, seen: str = "", *, assumed: bool = False) -> dict[StepKind, Text]:
        """What stands beside a school's own steps, by their kind; a card's words before the other.

        ``seen``: the flag whose card was read before going on; ``KeyError`` if there is none such.
        """
        found: dict[StepKind, Text] = dict.fromkeys(WAITS, self.while_assumed) if assumed else {}
        for caution in self.flag(seen).cautions if seen else ():
            for kind in caution.kinds:
                waits = found.get(kind)
                found[kind] = (
                    Text(nl=f"{caution.nl} {waits.nl}", en=f"{caution.en} {waits.en}")
                    if waits
                    else caution
                )
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact(Noun):
    """A help line or site. Only a ``confirmed`` contact is published as fact."""

    id: str
    name: Text
    purpose: Text
    languages: tuple[Language, ...]
    confirmed: bool
    checked_on: str
    checked_how: Text
    source: str
    phone: str | None = None
    url: str | None = None
    cost_hours: Text | None = None
    note: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpublished(Noun):
    """A contact that a school's document names and that we do not pass on, with the reason."""

    name: str
    said_by: tuple[str, ...]
    why: Text
    instead: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Contacts(Noun):
    """All contacts, published or not."""

    contacts: tuple[Contact, ...]
    unpublished_from_documents: tuple[Unpublished, ...] = ()

    def confirmed(self) -> tuple[Contact, ...]:
        """The contacts that may be shown as fact."""
        return tuple(contact for contact in self.contacts if contact.confirmed)
