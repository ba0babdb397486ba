"""A school's YAML file -> Protocol, or errors that name line, column and what to write instead."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from decision_tree.faults import Faults
from decision_tree.form import (
    ADDRESS,
    DAY,
    FILLED,
    ID,
    PHONE,
    QUESTION_ID,
    Form,
    between,
    none_of,
)
from decision_tree.guide import NO_FLAG, RED_FLAG
from decision_tree.protocol import ALL, LEAD, UNKNOWN, UNSTATED, Protocol
from decision_tree.references import find_references
from decision_tree.safety import Contacts, Safety
from decision_tree.safety_references import find_contact_faults, find_safety_faults
from decision_tree.shape import FileKind
from decision_tree.yaml_source import Source

PROTOCOLS = Path(__file__).parent / "protocols"
"""The folder that holds one file per school."""

SAFETY = Path(__file__).parent / "safety.yaml"
CONTACTS = Path(__file__).parent / "contacts.yaml"

SETS_OF_THE_WORKER = ("core", "python")
"""What a visitor's browser keeps under these names is for every school, so no school has such a name."""

_IN_THE_ADDRESS = (RED_FLAG, "view", "seen", "change", "start", NO_FLAG, UNKNOWN)
"""What the address of a guide page says besides the questions and answers."""

_DELAY = {"days": (between(0, 730),), "weeks": (between(0, 104),), "months": (between(0, 24),)}

PROTOCOL_FORM: Form = {
    "school/id": (ID, none_of(*SETS_OF_THE_WORKER)),
    "roles/*/id": (ID, none_of(LEAD, ALL, UNSTATED)),
    "questions/*/id": (QUESTION_ID, none_of(*_IN_THE_ADDRESS)),
    "refinements/*/id": (QUESTION_ID, none_of(*_IN_THE_ADDRESS)),
    "questions/*/answers/*/id": (ID,),
    "refinements/*/answers/*/id": (ID,),
    "phases/*/id": (ID, none_of(ALL)),
    **{f"{section}/*/id": (ID,) for section in (
        "rules", "steps", "follow_up", "open", "readings", "background", "clauses")},
    **dict.fromkeys((
        "document/languages", "document/about", "roles", "questions", "questions/*/answers",
        "refinements/*/answers", "phases", "rules", "steps/*/phases", "follow_up/*/phases",
        "parents/*/phases", "next/*/phases", "open/*/phases", "readings/*/options",
        "red_flags/*/lines", "background/*/lines", "clauses"), (FILLED,)),
    "phases/*/weight": (between(0, 99),),
    **{f"follow_up/*/{kind}/{unit}": needs
       for kind in ("after", "during") for unit, needs in _DELAY.items()},
}  # fmt: skip
"""Empty lists that the checks look at (`lead`, `who`, an answer of a rule) are left to them."""

SAFETY_FORM: Form = {
    "flags/*/id": (ID, none_of(NO_FLAG, UNKNOWN)),
    "principles/*/id": (ID,),
    **dict.fromkeys((
        "flags", "flags/*/do", "flags/*/for_parents", "flags/*/never", "flags/*/call", "flags/*/tell",
        "flags/*/basis", "flags/*/cautions/*/kinds", "principles", "complaints", "general"), (FILLED,)),
    **{f"{section}/*/basis/*": (ADDRESS,) for section in ("flags", "principles", "complaints")},
}  # fmt: skip

CONTACTS_FORM: Form = {
    "contacts": (FILLED,),
    "contacts/*/id": (ID,),
    "contacts/*/languages": (FILLED,),
    "contacts/*/phone": (PHONE,),
    "contacts/*/url": (ADDRESS,),
    "contacts/*/source": (ADDRESS,),
    "contacts/*/checked_on": (DAY,),
    "unpublished_from_documents/*/said_by": (FILLED,),
    "unpublished_from_documents/*/said_by/*": (ID,),
}

PROTOCOL_FILE = FileKind[Protocol](Protocol, "protocols/README.md", PROTOCOL_FORM)
SAFETY_FILE = FileKind[Safety](Safety, "safety.yaml itself", SAFETY_FORM)
CONTACTS_FILE = FileKind[Contacts](Contacts, "contacts.yaml itself", CONTACTS_FORM)


def school_files(folder: Path = PROTOCOLS) -> dict[str, Path]:
    """School id -> file, in alphabetical order."""
    return {path.stem: path for path in sorted(folder.glob("*.yaml"))}


@dataclass(frozen=True, slots=True)
class Read:
    """A protocol together with its file, so that a check can name the line."""

    protocol: Protocol
    source: Source


def read_protocol(path: Path) -> Protocol:
    """Read one school; raises ``BadFile`` with every problem found, never a half-read protocol."""
    return read_with_source(path).protocol


def read_with_source(path: Path) -> Read:
    """As :func:`read_protocol`, with the positions of everything in the file."""
    protocol, source = PROTOCOL_FILE.read(path)
    faults = Faults(source)
    if protocol.school.id != path.stem:
        what = f"the file is named `{path.stem}`, the school's id is `{protocol.school.id}`"
        faults.add(("school", "id"), "R20", what, "give both the same name")
    flags = [flag.id for flag in read_safety().flags] if protocol.red_flags else []
    find_references(protocol, faults, flags)
    faults.stop_if_any()
    return Read(protocol, source)


def read_safety(path: Path = SAFETY, contacts: Contacts | None = None) -> Safety:
    """Read the safety layer, whose cards call these contacts; raises ``BadFile``."""
    safety, source = SAFETY_FILE.read(path)
    faults = Faults(source)
    find_safety_faults(safety, faults, contacts or read_contacts())
    faults.stop_if_any()
    return safety


def read_contacts(path: Path = CONTACTS) -> Contacts:
    """Read the contacts; raises ``BadFile``."""
    contacts, source = CONTACTS_FILE.read(path)
    faults = Faults(source)
    find_contact_faults(contacts, faults)
    faults.stop_if_any()
    return contacts


def json_schema() -> str:
    """The JSON Schema of a school file, for editors (``# yaml-language-server: $schema=…``)."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A school's protocol (see protocols/README.md)",
        **PROTOCOL_FILE.schema,
    }
    return json.dumps(schema, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
