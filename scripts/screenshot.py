"""Takes the pictures in README.md anew, from the built site: after a change of look or words.

Usage: python3 scripts/screenshot.py [--site site]
"""

from __future__ import annotations

import argparse
import os
import sys
import threading
from pathlib import Path

if __name__ == "__main__":  # started as a file: find our own packages from the project's root
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts.progress import ROOT, Stop, say, stopping_kindly, working
from scripts.setup import enter_environment, ready_to_test

IMAGES = ROOT / "docs" / "images"
PHONE = {"width": 390, "height": 760}
GUIDE = "en/scholen/cals/wijzer/"

PICTURES = {
    "guide-question.png": "#red_flag=none",
    "guide-outcome.png": "#red_flag=none&happened=verbal&how_often=first&classes=same",
}
"""File -> the answers given so far."""


def take(site: Path) -> None:
    """Open the guide at the size of a phone and take each picture."""
    from playwright.sync_api import sync_playwright

    from scripts.find_chromium import QUIET
    from scripts.site_server import site_server

    with site_server(site, 0) as server, sync_playwright() as playwright:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=QUIET)
        for name, answers in PICTURES.items():
            page = browser.new_page(viewport=PHONE, device_scale_factor=1.5)  # type: ignore[arg-type]
            page.goto(f"http://127.0.0.1:{server.server_port}/{GUIDE}{answers}")
            page.wait_for_selector(
                '[data-guide][data-python="ready"][data-shown]', state="attached"
            )
            page.screenshot(path=IMAGES / name, animations="disabled")
            page.close()
        browser.close()
        server.shutdown()
        thread.join()


def main() -> None:
    """Take them and tell how large they are."""
    parser = argparse.ArgumentParser(description="Take the pictures in README.md anew.")
    parser.add_argument("--site", type=Path, default=ROOT / "site", help="the built site")
    options = parser.parse_args()
    with stopping_kindly():
        enter_environment()
        ready_to_test()
        if not (options.site / "sw.js").is_file():
            raise Stop(f"{options.site} is not built. Run `python3 scripts/build.py` first.")
        IMAGES.mkdir(parents=True, exist_ok=True)
        with working("Taking the pictures"):
            take(options.site.resolve())
    for name in PICTURES:
        say(f"  {(IMAGES / name).stat().st_size / 1000:5.0f} kB  docs/images/{name}")


if __name__ == "__main__":
    main()
