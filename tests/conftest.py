"""What every test shares: how Hypothesis behaves, the finished site, the one Chromium of each worker."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from tests import finished_site as built

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# No deadline: a busy machine is not a fault.

settings.register_profile("anywhere", deadline=None, suppress_health_check=[HealthCheck.too_slow])
# On a CI service the same examples every time: a red build must be about the change in hand.
settings.register_profile("ci", settings.get_profile("anywhere"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "anywhere")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What asks for the finished site needs it built."""
    for item in items:
        if "finished_site" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.built)


@pytest.fixture(scope="session")
def finished_site() -> Path:
    """The folder that goes to a host."""
    return built.finished_site()


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
