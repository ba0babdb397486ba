"""Watches what the site is made from."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from scripts.progress import ROOT

WATCHED = ("decision_tree", "docs", "overrides", "scripts", "mkdocs.yml")
_CHANGES = frozenset({"created", "modified", "moved", "deleted"})
_PAUSE = 0.05
"""Seconds: an editor that saves writes, renames and deletes at once."""


class _Collector(FileSystemEventHandler):
    """Gathers what changed until nothing more does."""

    def __init__(self, on_change: Callable[[set[Path]], None]) -> None:
        self._on_change = on_change
        self._lock = threading.Lock()
        self._paths: set[Path] = set()
        self._timer: threading.Timer | None = None

    def on_any_event(self, event: FileSystemEvent) -> None:
        path = Path(str(event.dest_path or event.src_path))
        if event.event_type not in _CHANGES or event.is_directory or _is_left_behind(path):
            return
        with self._lock:
            self._paths.add(path)
            if self._timer:
                self._timer.cancel()
            self._timer = threading.Timer(_PAUSE, self._tell)
            self._timer.daemon = True
            self._timer.start()

    def _tell(self) -> None:
        with self._lock:
            paths, self._paths = self._paths, set()
        self._on_change(paths)


def watch(on_change: Callable[[set[Path]], None]) -> None:
    """Call this with the files that changed, whenever some did, until the process ends."""
    observer = Observer()
    observer.daemon = True
    collector = _Collector(on_change)
    for name in WATCHED:
        place = ROOT / name
        observer.schedule(collector, str(place), recursive=place.is_dir())
    observer.start()


def _is_left_behind(path: Path) -> bool:
    """By Python or an editor, beside what people write."""
    parts = path.relative_to(ROOT).parts if path.is_relative_to(ROOT) else path.parts
    return (
        "__pycache__" in parts
        or any(part.startswith((".", "#")) or part.endswith(("~", ".swp", ".tmp")) for part in parts)
    )  # fmt: skip
