"""Gives what pages load names that hold a hash of their content: ``guide--0123456789abcdef.mjs``.

A page that is open, or that a host or browser kept for a while, then gets the scripts, styles and
Python that it was built with, or none; never those of another version. Two dashes, as no name of a
source file has: what a host may keep for ever is told by the name alone (see ``headers``).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

_KINDS = frozenset({".css", ".js", ".json", ".mjs", ".woff2"})
_LENGTH = 16
_MARK = "--"
_LOADED = re.compile(r'(?<==")([^"#?]*\bassets/)([^"#?]+)(?=")')
_CSS_URL = re.compile(r'(?<=url\()(["\']?)([^"\')#?:]+)(?=["\')#?])')

Names = Mapping[str, str]
"""Path below ``assets/`` -> its name with a hash."""


def write_hashed_names(site_dir: Path) -> dict[str, str]:
    """Rename the files and all that refers to them; after the bundle is placed, before hashes are listed."""
    assets = site_dir / "assets"
    names: dict[str, str] = {}
    for file in sorted(_files(assets), key=lambda file: (file.suffix == ".css", file)):
        path = file.relative_to(assets).as_posix()
        if file.suffix == ".css":  # a style sheet names fonts, so these come before it
            text = file.read_text(encoding="utf-8")
            file.write_text(_in_css(text, path, names), encoding="utf-8", newline="\n")
        names[path] = hashed_name(file)
        file.rename(file.with_name(names[path]))
    for page in site_dir.rglob("*.html"):
        html = page.read_text(encoding="utf-8")
        page.write_text(with_hashed_names(html, names), encoding="utf-8", newline="\n")
    return names


def with_hashed_names(html: str, names: Names) -> str:
    """The page with every attribute that leads to one of these files leading to its new name."""

    def new(found: re.Match[str]) -> str:
        up, path = found[1], found[2]
        return up + path[: path.rfind("/") + 1] + names[path] if path in names else found[0]

    return _LOADED.sub(new, html)


def hashed_name(file: Path) -> str:
    """The name that a file of this content has."""
    digest = hashlib.sha256(file.read_bytes()).hexdigest()[:_LENGTH]
    return f"{file.stem}{_MARK}{digest}{file.suffix}"


def plain_name(file: Path) -> str:
    """The name that it had before."""
    return re.sub(rf"{_MARK}[0-9a-f]{{{_LENGTH}}}(?=\.)", "", file.name)


def hashed_file(plain: Path) -> Path:
    """The file that has this plain name, with or without a hash; ``FileNotFoundError`` if none has."""
    for file in sorted(plain.parent.glob(f"{plain.stem}*{plain.suffix}")):
        if plain_name(file) == plain.name:
            return file
    raise FileNotFoundError(plain)


def _files(assets: Path) -> list[Path]:
    """Of the bundle only its manifest: the other files have names with a hash of their own."""
    bundle = assets / "guide" / "python"
    return [
        file
        for file in assets.rglob("*")
        if file.suffix in _KINDS
        and (bundle not in file.parents or file == bundle / "manifest.json")
    ]


def _in_css(text: str, path: str, names: Names) -> str:
    folder = path.rpartition("/")[0]

    def new(found: re.Match[str]) -> str:
        target = f"{folder}/{found[2]}".lstrip("/")
        if target not in names:
            return found[0]
        return found[1] + found[2][: found[2].rfind("/") + 1] + names[target]

    return _CSS_URL.sub(new, text)
