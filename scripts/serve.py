"""Shows the product: sets up what is missing, builds, serves on this machine only.

Usage: python3 scripts/serve.py [--port 8000] [--no-build]
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

if __name__ == "__main__":  # started as a file: find our own packages from the project's root
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts.progress import Stop, say, stopping_kindly
from scripts.setup import enter_environment, ready_to_build


def main() -> None:
    """Build and serve until Ctrl-C."""
    parser = argparse.ArgumentParser(description="Build the site and show it on this machine.")
    parser.add_argument("--port", type=int, default=8000, help="default: 8000; 0: any free one")
    parser.add_argument("--no-build", action="store_true", help="serve site/ as it lies there")
    options = parser.parse_args()
    with stopping_kindly():
        enter_environment()
        ready_to_build()
        _serve(options.port, not options.no_build)


def _serve(port: int, first_build: bool) -> None:
    from scripts.build import SITE, build
    from scripts.site_server import site_server

    try:
        server = site_server(SITE, port)
    except OSError as error:
        raise Stop(
            f"Port {port} is taken or not allowed ({error.strerror}). Choose another one:\n"
            f"python3 scripts/serve.py --port {port + 1}"
        ) from None
    with server:
        if first_build:
            build()
        if not SITE.is_dir():
            raise Stop("There is no site/ yet; leave out --no-build.")
        say(f"\nOpen http://127.0.0.1:{server.server_port}/ (Ctrl-C stops)")
        server.serve_forever()


if __name__ == "__main__":
    main()
