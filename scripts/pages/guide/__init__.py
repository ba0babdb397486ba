"""The guide page of a school, and the one for a visitor whose school is not listed.

Every question and every outcome is drawn as a section of one page, linked with plain anchors:
the whole guide works without scripts. What scripts and Python add is in ``overrides/assets/guide``.
"""

from __future__ import annotations

from scripts.pages.guide.data import guide_data, unlisted_data

__all__ = ["guide_data", "unlisted_data"]
