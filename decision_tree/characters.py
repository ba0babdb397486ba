"""Which characters a text may hold: none that nobody can see, and none that steer a terminal or a page."""

from __future__ import annotations

import re
import unicodedata

_UNSEEN = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters; where tab and newline may stand is said elsewhere
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"  # soft hyphen, fillers, marks without width
    "\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f"  # no width, line breaks of other kinds, direction
    "\u2800\u3164\ufe00-\ufe0d\ufeff\uffa0"  # blanks that count as letters or signs
    "\ud800-\uf8ff\ufdd0-\ufdef\ufff0-\uffff"  # halves of characters, private use, no characters at all
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    + "".join(f"{chr((plane << 16) + 0xFFFE)}{chr((plane << 16) + 0xFFFF)}" for plane in range(1, 14))
    + "\U000e0000-\U0010ffff"
)  # fmt: skip

_PICTURE = "\u2600-\u27bf\U0001f000-\U0001faff"
# The joiner may stand where it makes one picture of two, as in a rainbow flag, and nowhere else.
_LOOSE_JOINER = f"(?<![{_PICTURE}\ufe0f])\u200d|\u200d(?![{_PICTURE}])"

_REFUSED = re.compile(f"[{_UNSEEN}]|{_LOOSE_JOINER}")


def refused(text: str) -> int | None:
    """Where the first character stands that no data file may hold; None if there is none."""
    found = _REFUSED.search(text)
    return found.start() if found else None


def called(character: str) -> str:
    """A character by its number and name, as it cannot be shown: ``U+200B ZERO WIDTH SPACE``."""
    name = unicodedata.name(character, "")
    if not name and unicodedata.category(character) == "Cc":
        name = "a control character"
    return f"U+{ord(character):04X} {name}".rstrip()


def blank(text: str) -> bool:
    """Nothing in it that can be seen: no letter, figure or sign."""
    return not any(unicodedata.category(character)[0] in "LNPS" for character in text)
