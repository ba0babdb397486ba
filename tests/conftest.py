"""What every test shares: how Hypothesis behaves, and the one Chromium of each worker."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# No deadline: a busy machine is not a fault.

settings.register_profile("anywhere", deadline=None, suppress_health_check=[HealthCheck.too_slow])
# On a CI service the same examples every time: a red build must be about the change in hand.
settings.register_profile("ci", settings.get_profile("anywhere"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "anywhere")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all folders: Playwright starts only once in a process.

    Imported here and not above, so that the engine's own tests need no browser.
    """
    from playwright.sync_api import sync_playwright

    from scripts.find_chromium import QUIET, chromium

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium(), args=QUIET)
        yield running
        running.close()
