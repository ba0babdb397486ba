"""Shows the site while you work on it: what you save stands in the browser a moment later.

Usage: python3 scripts/serve.py [--port 8000] [--release] [--no-build]

Sets up what is missing and serves on this machine only. A page is made when it is asked for, so
the first one is there at once. What works offline and what is packed is only in a release:
--release builds all of it first (as scripts/build.py) and serves that; --no-build serves site/ as it lies there.
"""

from __future__ import annotations

import argparse
import os
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

if __name__ == "__main__":  # started as a file: find our own packages from the project's root
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts.progress import ROOT, Stop, say, stopping_kindly
from scripts.setup import enter_environment, ready_to_build

if TYPE_CHECKING:
    from scripts.site.preview import Preview


def main() -> None:
    """Serve until Ctrl-C."""
    parser = argparse.ArgumentParser(description="Show the site on this machine.")
    parser.add_argument("--port", type=int, default=8000, help="default: 8000; 0: any free one")
    parser.add_argument(
        "--release", action="store_true", help="build all of it first, as published"
    )
    parser.add_argument("--no-build", action="store_true", help="serve site/ as it lies there")
    options = parser.parse_args()
    with stopping_kindly():
        enter_environment()
        ready_to_build()
        if options.release or options.no_build:
            _serve_release(options.port, build_first=options.release)
        else:
            _serve_preview(options.port)


def _serve_release(port: int, *, build_first: bool) -> None:
    from scripts.build import SITE, build
    from scripts.site_server import site_server

    try:
        server = site_server(SITE, port)
    except OSError as error:
        raise _taken(port, error) from None
    with server:
        if build_first:
            build()
        if not SITE.is_dir():
            raise Stop("There is no site/ yet; leave out --no-build.")
        say(f"\nOpen http://127.0.0.1:{server.server_port}/ (Ctrl-C stops)")
        server.serve_forever()


def _serve_preview(port: int) -> None:
    from scripts.site.preview import Preview
    from scripts.site.preview_server import Changes, preview_server
    from scripts.site.watch import watch

    preview, changes = Preview(), Changes()
    try:
        server = preview_server(preview, changes, run=f"{time.time_ns():x}", port=port)
    except OSError as error:
        raise _taken(port, error) from None

    def on_change(paths: set[Path]) -> None:
        say(", ".join(sorted(path.relative_to(ROOT).as_posix() for path in paths)))
        preview.changed()
        if _begin_again(paths):  # modules are loaded once
            server.server_close()
            here = [Path(__file__), "--port", str(server.server_port)]
            os.execv(sys.executable, [sys.executable, *map(str, here)])
        changes.tell()

    with server:
        watch(on_change)
        say(f"\nOpen http://127.0.0.1:{server.server_port}/ (Ctrl-C stops)")
        threading.Thread(target=_make_python, args=(preview,), daemon=True).start()
        server.serve_forever()


def _begin_again(paths: set[Path]) -> bool:
    """Whether code changed, and can be read: a half-written module must not end the preview."""
    code = [path for path in paths if path.suffix == ".py" and path.is_file()]
    for path in code:
        try:
            compile(path.read_bytes(), str(path), "exec")
        except SyntaxError as error:
            say(f"{path}:{error.lineno}: {error.msg}; going on with what was there before")
            return False
    return bool(code)


def _make_python(preview: Preview) -> None:
    """Python for the browser. Until it is there, or while a file is faulty, the guide goes by its links."""
    from decision_tree.errors import BadFile

    try:
        preview.fresh("")  # whoever opens the site first waits for no Python
        preview.python()
    except (BadFile, Stop) as error:
        say(str(error))


def _taken(port: int, error: OSError) -> Stop:
    return Stop(
        f"Port {port} is taken or not allowed ({error.strerror}). Choose another one:\n"
        f"python3 scripts/serve.py --port {port + 1}"
    )


if __name__ == "__main__":
    main()
