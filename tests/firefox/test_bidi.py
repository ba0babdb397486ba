"""The connection to Firefox leaves the other tests of its process alone."""

from __future__ import annotations

from .bidi import Firefox


def test_no_thread_of_the_connection_draws_random_numbers_beside_other_tests(
    firefox: Firefox,
) -> None:
    """Its pings did, and Hypothesis then failed a test that ran at that moment (once in some thirty runs)."""
    assert firefox.socket.keepalive_thread is None
