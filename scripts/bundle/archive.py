"""Zip files whose bytes depend on their content alone."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

_DATE = (1980, 1, 1, 0, 0, 0)


def read_files(archive: Path | BinaryIO) -> dict[str, bytes]:
    """The files of a zip or a wheel by name, folders left out."""
    with zipfile.ZipFile(archive) as opened:
        names = [name for name in opened.namelist() if not name.endswith("/")]
        return {name: opened.read(name) for name in names}


def write_stored(archive: Path | BinaryIO, files: Mapping[str, bytes]) -> None:
    """Write a zip without compression, sorted, all of one date.

    Uncompressed, because brotli over the whole finds more than deflate in each file.
    """
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as opened:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _DATE)
            entry.create_system = 3  # the same on Windows as elsewhere
            entry.external_attr = 0o644 << 16
            opened.writestr(entry, files[name])


def packed(files: Mapping[str, bytes]) -> bytes:
    """Such a zip as bytes."""
    buffer = BytesIO()
    write_stored(buffer, files)
    return buffer.getvalue()


def unpacked(archive: bytes) -> dict[str, bytes]:
    """The files of a zip that :func:`packed` made."""
    return read_files(BytesIO(archive))
