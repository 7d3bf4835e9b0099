"""How long a visit to a site counts, by its outcome."""

from datetime import timedelta

import pytest

from leads.visits import is_fresh


@pytest.mark.parametrize(
    ("outcome", "days", "fresh"),
    [
        ("ok", 0, True),
        ("ok", 29.9, True),
        ("ok", 30, False),
        ("robots_denied", 29.9, True),
        ("unreachable", 2.9, True),
        ("unreachable", 3, False),
        ("timeout", 3, False),
        ("http_error", 3, False),
        ("http_error", 0, True),
    ],
)
def test_a_visit_is_fresh_for_a_time_that_depends_on_its_outcome(
    outcome: str, days: float, fresh: bool
) -> None:
    assert is_fresh(outcome, timedelta(days=days)) is fresh
