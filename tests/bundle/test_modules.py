"""The build finds by itself which of our modules go to the browser, and refuses what cannot run there."""

from __future__ import annotations

import pytest

from scripts.bundle.library import missing_modules
from scripts.bundle.modules import needed_modules
from scripts.progress import Stop

PACKAGE = {"decision_tree": ""}


def test_what_the_door_imports_is_followed_to_the_last_module() -> None:
    """Also inside a function, and also `from package import module`."""
    sources = PACKAGE | {
        "decision_tree.browser": "import json\nfrom decision_tree import guide",
        "decision_tree.guide": "def late():\n    from decision_tree.tree import grow",
        "decision_tree.tree": "from dataclasses import dataclass",
        "decision_tree.reading": "import yaml",
    }
    needed = needed_modules(sources)
    assert needed.keys() == sources.keys() - {"decision_tree.reading"}
    assert needed["decision_tree.browser"] == {"json"}


def test_what_only_the_type_checker_imports_stays_at_home() -> None:
    """It never runs."""
    browser = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import pydantic\nelse:\n    import re"
    needed = needed_modules(PACKAGE | {"decision_tree.browser": browser})
    assert needed["decision_tree.browser"] == {"typing", "re"}


@pytest.mark.parametrize("line", ["import yaml", "from yaml import load", "from . import tree"])
def test_a_module_for_the_browser_may_not_need_a_package(line: str) -> None:
    """The build stops and names the module that does."""
    with pytest.raises(Stop, match=r"decision_tree\.browser"):
        needed_modules(PACKAGE | {"decision_tree.browser": line})


def test_a_library_module_that_the_list_lacks_is_found_before_the_browser_misses_it() -> None:
    """Built-in modules are never missing; neither are those on the list."""
    assert missing_modules({"csv", "json", "sys", "os", "math"}) == ["csv"]
