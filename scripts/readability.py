"""How long the sentences of the pages are, per kind of page and language.

Usage: python3 scripts/readability.py [--site site] [--longest 20]

No mark for "plain language": only readers can give that. Long sentences are where readers under
stress stumble first, so these are counted, and tests/quality holds a bound.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

if __name__ == "__main__":  # started as a file: find our own packages from the project's root
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts.progress import ROOT, stopping_kindly
from scripts.setup import enter_environment

LONG = 20
"""Words; a sentence with more is counted as long."""

_UNREAD = frozenset({"script", "style", "template", "code", "noscript"})
_INLINE = frozenset({
    "a", "abbr", "b", "bdi", "cite", "dfn", "em", "i", "kbd", "mark", "q", "s", "small", "span",
    "strong", "sub", "sup", "time", "tspan", "u", "wbr",
})  # fmt: skip
_SPOKEN = ("alt", "aria-label", "placeholder", "title")
_END = re.compile(r"(?<=[.!?…])[»”’\"')]*\s+(?=[«“‘\"'(]*[A-ZÀ-Þ0-9])|\s*→\s*")
_SHORTENED = re.compile(
    r"\b(?:bijv|bv|nr|art|blz|p|dr|mr|ca|etc|e\.g|i\.e|o\.a|t\.a\.v|vgl)\.$", re.I
)
_WORD = re.compile(r"[^\W_](?:[^\s/]*[^\W_])?")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stand together on a page, and their language."""

    language: str
    text: str


@dataclass(slots=True)
class Count:
    """Sentences of one kind of page in one language."""

    lengths: list[int] = field(default_factory=list)
    longest: str = ""

    def add(self, sentence: str) -> None:
        length = len(words_of(sentence))
        if length > max(self.lengths, default=0):
            self.longest = sentence
        self.lengths.append(length)

    @property
    def mean(self) -> float:
        return sum(self.lengths) / len(self.lengths)

    @property
    def share_long(self) -> float:
        return sum(length > LONG for length in self.lengths) / len(self.lengths)


def pieces(page: Path) -> Iterator[Piece]:
    """Everything on a built page that is read or heard, folded and hidden parts too."""
    from lxml import html

    tree = html.fromstring(page.read_text(encoding="utf-8"))
    language = str(tree.get("lang"))
    for name in ("title", "meta[@name='description']"):
        for element in tree.findall(f"head/{name}"):
            yield Piece(language, _plain(element.text or element.get("content") or ""))
    gathered: list[Piece] = []
    _walk(tree.find("body"), language, [], gathered)
    yield from (piece for piece in gathered if piece.text)


def _walk(element: object, language: str, words: list[str], found: list[Piece]) -> None:
    """Depth first; an inline element goes on where its parent was, any other begins anew."""
    from lxml import html

    if not isinstance(element, html.HtmlElement) or not isinstance(element.tag, str):
        return
    if element.tag in _UNREAD or element.get("translate") == "no":
        return
    own = str(element.get("lang") or language)
    if "pw-src" not in str(element.get("class")):  # these name headings of the document itself
        found += [Piece(own, _plain(str(element.get(key)))) for key in _SPOKEN if element.get(key)]
    starts_anew = element.tag not in _INLINE or own != language or _stands_alone(element)
    if starts_anew:
        _flush(language, words, found)
    words.append(element.text or "")
    for child in element:
        _walk(child, own, words, found)
        words.append(child.tail or "")
    if starts_anew:
        _flush(own, words, found)


def _stands_alone(element: object) -> bool:
    """Inline by its tag, something of its own by its class or by what a script does with it."""
    from lxml import html

    assert isinstance(element, html.HtmlElement)
    parent, before = element.getparent(), element.getprevious()
    if before is not None and not before.tail:
        return True  # side by side without a space: two parts of a row
    in_button = parent is not None and parent.tag == "a" and parent.get("class")
    return bool(in_button) or any(
        key == "class" or key.startswith("data-") for key in element.attrib
    )


def _flush(language: str, words: list[str], found: list[Piece]) -> None:
    found.append(Piece(language, _plain("".join(words))))
    words.clear()


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u00ad", "")).strip()


def sentences(text: str) -> Iterator[str]:
    """Split after a full stop, a question mark or an exclamation mark."""
    begun = ""
    for part in _END.split(text):
        begun = f"{begun} {part}".strip()
        if not _SHORTENED.search(begun):
            yield begun
            begun = ""
    if begun:
        yield begun


def words_of(sentence: str) -> list[str]:
    """What counts as a word: anything with a letter or a digit."""
    return _WORD.findall(sentence)


def kind_of(path: str) -> str:
    """The kind of a page by its address in Dutch: a page of a school without its school."""
    parts = path.removeprefix("en/").strip("/").split("/")
    if parts[0] == "scholen":
        return "/".join(["scholen", "*", *parts[2:]])
    return parts[0] or "home"


def pages_of(site: Path) -> Iterator[tuple[str, Path]]:
    """Address and file of every page, the 404 pages too."""
    for file in sorted(site.rglob("*.html")):
        yield file.relative_to(site).as_posix().removesuffix("index.html"), file


def counted(site: Path) -> dict[tuple[str, str], Count]:
    """Kind of page and language -> its sentences; one that stands on many pages counts once."""
    counts: dict[tuple[str, str], Count] = {}
    seen: set[tuple[str, str, str]] = set()
    for path, file in pages_of(site):
        kind = kind_of(path)
        for piece in pieces(file):
            for sentence in sentences(piece.text):
                key = (kind, piece.language, sentence)
                if key not in seen and len(words_of(sentence)) > 2:  # less is a label
                    seen.add(key)
                    counts.setdefault((kind, piece.language), Count()).add(sentence)
    return counts


def table(counts: dict[tuple[str, str], Count]) -> str:
    """One line per kind of page and language."""
    lines = [f"{'page':32} {'':2} {'sentences':>9} {'mean':>5} {f'> {LONG}':>5} {'longest':>7}"]
    for (kind, language), count in sorted(counts.items()):
        lines.append(
            f"{kind:32} {language:2} {len(count.lengths):9} {count.mean:5.1f} "
            f"{count.share_long:5.0%} {max(count.lengths):7}"
        )
    return "\n".join(lines)


def longest(site: Path, at_least: int) -> list[tuple[int, str, str, str]]:
    """Sentences of at least so many words, longest first: words, language, sentence, a page."""
    found: dict[tuple[str, str], str] = {}
    for path, file in pages_of(site):
        for piece in pieces(file):
            for sentence in sentences(piece.text):
                if len(words_of(sentence)) >= at_least:
                    found.setdefault((piece.language, sentence), path)
    return sorted(
        ((len(words_of(text)), lang, text, path) for (lang, text), path in found.items()),
        reverse=True,
    )


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)


def main() -> None:
    """Print the table and the longest sentences."""
    parser = argparse.ArgumentParser(description="Count the words per sentence on every page.")
    parser.add_argument("--site", type=Path, default=ROOT / "site", help="a built site")
    parser.add_argument("--longest", type=int, default=10, help="how many sentences to show")
    options = parser.parse_args()
    with stopping_kindly():
        enter_environment()
        print(table(counted(options.site)))
        shown = longest(options.site, LONG + 1)[: options.longest]
        _print(f"\n{n} words, {lang}, /{path}\n  {text}" for n, lang, text, path in shown)


if __name__ == "__main__":
    main()
