"""The guide as scripts show it, with large text: each kind of screen, with Python there and all of it unfolded."""

from __future__ import annotations

from collections.abc import Callable

from decision_tree.protocol import Language
from tests.browser.conftest import Site, Visit
from tests.browser.test_access import SCREENS, open_screen
from tests.quality.test_large_text import LOOK, SPACING, WAYS, read_as


def test_however_large_the_text_no_screen_of_the_guide_is_cut(
    site: Site, visiting: Callable[..., Visit], language: Language
) -> None:
    visit = visiting()
    settings = visit.context.new_cdp_session(visit.page)
    lost = {}
    for screen, fragment in SCREENS.items():
        open_screen(visit, site.guide("cals", language, fragment))
        visit.page.evaluate(
            "css => { window.spaced = new CSSStyleSheet(); window.spaced.replaceSync(css); }",
            SPACING,
        )
        for name, way in WAYS.items():
            read_as(visit.page, settings, way)
            if found := visit.page.evaluate(LOOK):
                lost[screen, name] = found[:5]
    assert lost == {}
