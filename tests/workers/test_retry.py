"""How long a failed task waits, by kind of error."""

from datetime import timedelta

import pytest

from leads.errors import NotFoundError, ServiceDownError
from workers.retry import JITTER, retry_decision


class OwnTimeoutError(TimeoutError):
    """An error nobody listed."""


@pytest.mark.parametrize(
    ("error", "attempt", "seconds"),
    [
        pytest.param(ValueError("x"), 1, 60, id="unknown: a minute"),
        pytest.param(ValueError("x"), 2, 240, id="then four times as long"),
        pytest.param(ValueError("x"), 4, 3600, id="an hour at most"),
        pytest.param(ValueError("x"), 5, None, id="five are enough"),
        pytest.param(OwnTimeoutError("x"), 1, 30, id="by its nearest listed ancestor"),
        pytest.param(ConnectionResetError("x"), 2, 120, id="network"),
        pytest.param(ServiceDownError("x"), 1, 10, id="a service is back soon"),
        pytest.param(NotFoundError("x"), 1, 60, id="our own refusal: once more"),
        pytest.param(NotFoundError("x"), 2, None, id="and no more"),
        pytest.param(MemoryError(), 1, 600, id="memory: later"),
        pytest.param(MemoryError(), 2, None, id="memory: twice is no accident"),
    ],
)
def test_waits(error: BaseException, attempt: int, seconds: float | None) -> None:
    assert retry_decision(error, attempt, 0.5).wait == (
        None if seconds is None else timedelta(seconds=seconds)
    )


def test_tasks_that_failed_together_do_not_come_back_together() -> None:
    waits = [retry_decision(ValueError("x"), 1, chance).wait for chance in (0.0, 0.25, 1.0)]
    assert waits == [
        timedelta(seconds=60 * share) for share in (1 - JITTER, 1 - JITTER / 2, 1 + JITTER)
    ]
