"""How Hypothesis behaves in every test: no deadline, since a busy machine is not a fault."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

settings.register_profile("anywhere", deadline=None, suppress_health_check=[HealthCheck.too_slow])
# On a CI service the same examples every time: a red build must be about the change in hand.
settings.register_profile("ci", settings.get_profile("anywhere"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "anywhere")
