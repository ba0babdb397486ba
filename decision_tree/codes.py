"""What each code of a problem means, in one sentence (``check --explain R14``).

``R…``: a file cannot be read as what it should be; ``C…``: a practice case and the protocol or
the parts do not agree. ``P…`` are the checks of a protocol, told in ``checks``.
"""

from __future__ import annotations

from collections.abc import Mapping

MEANINGS: Mapping[str, str] = {
    "R01": "The file is empty.",
    "R02": "The file is not YAML: a bracket, a colon or the indentation is wrong, or it holds two documents.",
    "R03": "The file is larger than any file of ours may be.",
    "R04": "The file cannot be opened, or it is a folder, a pipe or a device.",
    "R05": "The file is not written in UTF-8.",
    "R06": "There is a tab; files here are indented with spaces.",
    "R07": "There is an anchor or an alias; here every line is written out where it is needed.",
    "R08": "Values are nested deeper than any file of ours is, so a bracket is likely to be open.",
    "R09": "A key is empty, or is itself a list or a group of keys.",
    "R10": "A key stands twice in the same place, so one of the two would be lost.",
    "R11": "Nothing that can be read stands behind a key or in a list.",
    "R12": "A text is there in one language only.",
    "R13": "A key is missing that must be there.",
    "R14": "A key is not known at this place; it may be misspelt, or indented wrongly.",
    "R15": "A word stands where only some words are possible, and is none of them.",
    "R16": "A value is of the wrong kind: a text for a list, a figure for a text, `1` for `true`.",
    "R17": "A name points to something that does not exist: a role, a clause, an answer, a contact.",
    "R18": "An id stands twice, so that nobody could say which of the two is meant.",
    "R19": "An id is no id: it stands in addresses of pages, so it has small letters, digits and hyphens only.",
    "R20": "The file and what it holds have different names.",
    "R21": "An answer is called `unknown`, which every question has by itself.",
    "R22": "Two roles stand for the mentor, and the guide can speak to one only.",
    "R23": "There is a tag (`!!int`, `!name`); what a value is follows from how it is written.",
    "R24": "There is a character that nobody can see: of control, of direction, without width, or none at all.",
    "R25": "A line ends inside a text, or a tab stands in it; a text here is one paragraph.",
    "R26": "A number is smaller or larger than makes sense at this place.",
    "R27": "A list is empty where something must stand.",
    "R28": "An id is a word that means something by itself (`all`, `lead`, `red_flag`), so it would be mistaken for that.",
    "R29": "The same thing stands twice in one list.",
    "R30": "An address is none: it must begin with https:// or http:// and name a site.",
    "R31": "A phone number is none: it has digits, with single spaces or hyphens between them.",
    "R32": "A day is none; days are written as 2026-11-30.",
    "R33": "A follow-up says twice when it is, or names a time and gives none.",
    "R34": "A red-flag card has nobody to call, or a contact that must be reachable is not.",
    "R35": "Something is gone that pages show at a place of their own: a principle, a red flag, a contact.",
    "R36": "A brace in a text part is no slot, so the text could not be put together.",
    "R37": "A page of prose calls something that is not there.",
    "C01": "A case file belongs to no school, or to another than its name says.",
    "C02": "The id of a case stands twice or is not usable, so it could not be shared by link.",
    "C03": "Marked words do not stand in the text of the case, to the letter.",
    "C04": "The facts of a case are not enough for the engine, or do not go together.",
    "C05": "The author and the engine differ on what must be asked first.",
    "C06": "Text parts are missing, so that some cases could not be composed.",
}
