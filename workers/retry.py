"""When a failed task is retried, by kind of error, and when it is given up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """Wait `first`, then `factor` times longer for each error, up to `longest`; give up after
    `errors`.
    """

    first: timedelta
    factor: float
    longest: timedelta
    errors: int


@dataclass(frozen=True, slots=True)
class Decision:
    """How long to wait before the retry; None: give up."""

    wait: timedelta | None
    why: str


_HOUR = timedelta(hours=1)
#: Policies by the name of an exception class. The nearest class of an error's ancestors applies.
POLICIES: dict[str, RetryPolicy] = {
    # Another process held a row or the file: over in a moment.
    "DeadlockDetected": RetryPolicy(timedelta(seconds=1), 2, timedelta(minutes=1), 5),
    "SerializationFailure": RetryPolicy(timedelta(seconds=1), 2, timedelta(minutes=1), 5),
    "OperationalError": RetryPolicy(timedelta(seconds=5), 3, timedelta(minutes=10), 5),
    # A service or the network is down: this may last.
    "ServiceDownError": RetryPolicy(timedelta(seconds=10), 3, timedelta(minutes=30), 5),
    "ConnectionError": RetryPolicy(timedelta(seconds=30), 4, _HOUR, 5),
    "TimeoutError": RetryPolicy(timedelta(seconds=30), 4, _HOUR, 5),
    # Too much for this machine now: retry once when it is less busy, then a person should look.
    "MemoryError": RetryPolicy(timedelta(minutes=10), 1, timedelta(minutes=10), 2),
    "OSError": RetryPolicy(timedelta(minutes=1), 4, _HOUR, 5),
    # The input or the code is wrong: one retry shows that it was no accident.
    "SluiceError": RetryPolicy(timedelta(minutes=1), 1, timedelta(minutes=1), 2),
    "AssertionError": RetryPolicy(timedelta(minutes=1), 1, timedelta(minutes=1), 2),
    "Exception": RetryPolicy(timedelta(minutes=1), 4, _HOUR, 5),
}
#: A wait varies by up to this share, so that tasks that failed together are not retried together.
JITTER = 0.3


def retry_decision(error: BaseException, attempt: int, chance: float) -> Decision:
    """When to retry a task after its `attempt`-th error (1 is the first).

    `chance` from 0 to 1 places the wait within its jitter.
    """
    name = next(
        (one.__name__ for one in type(error).__mro__ if one.__name__ in POLICIES), "Exception"
    )
    policy = POLICIES[name]
    if attempt >= policy.errors:
        return Decision(None, f"{attempt} errors of the kind {name}")
    wait = min(policy.first * policy.factor ** (attempt - 1), policy.longest)
    return Decision(wait * (1 + JITTER * (2 * chance - 1)), name)
