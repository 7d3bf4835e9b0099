"""What becomes of a task that failed: how long it waits, by kind of error, and when waiting is
pointless.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Patience:
    """How errors of one kind are met: wait `first`, then `factor` times as long each time up to
    `longest`; give up after `errors`.
    """

    first: timedelta
    factor: float
    longest: timedelta
    errors: int


@dataclass(frozen=True, slots=True)
class Decision:
    """Wait so long and try again; None: give up."""

    wait: timedelta | None
    why: str


_HOUR = timedelta(hours=1)
#: Names of exception classes, looked for along an error's ancestors, nearest first; the last is for
#: everything else.
PATIENCE: dict[str, Patience] = {
    # Somebody else held a row or the file: over in a moment.
    "DeadlockDetected": Patience(timedelta(seconds=1), 2, timedelta(minutes=1), 5),
    "SerializationFailure": Patience(timedelta(seconds=1), 2, timedelta(minutes=1), 5),
    "OperationalError": Patience(timedelta(seconds=5), 3, timedelta(minutes=10), 5),
    # A service away or a network down: it may last.
    "ServiceDownError": Patience(timedelta(seconds=10), 3, timedelta(minutes=30), 5),
    "ConnectionError": Patience(timedelta(seconds=30), 4, _HOUR, 5),
    "TimeoutError": Patience(timedelta(seconds=30), 4, _HOUR, 5),
    # Too much for this machine now; once more when it is quieter, then a person should look.
    "MemoryError": Patience(timedelta(minutes=10), 1, timedelta(minutes=10), 2),
    "OSError": Patience(timedelta(minutes=1), 4, _HOUR, 5),
    # The input or the code is wrong: it will be wrong again, and one more time tells it from an
    # accident.
    "SluiceError": Patience(timedelta(minutes=1), 1, timedelta(minutes=1), 2),
    "AssertionError": Patience(timedelta(minutes=1), 1, timedelta(minutes=1), 2),
    "Exception": Patience(timedelta(minutes=1), 4, _HOUR, 5),
}
#: A wait is stretched or cut by up to this share, so that tasks that failed together do not come
#: back together.
JITTER = 0.3


def retry_decision(error: BaseException, attempt: int, chance: float) -> Decision:
    """How long a task waits after its `attempt`-th error (1 is the first); `chance` from 0 to 1
    places the wait within its jitter.
    """
    name = next(
        (one.__name__ for one in type(error).__mro__ if one.__name__ in PATIENCE), "Exception"
    )
    how = PATIENCE[name]
    if attempt >= how.errors:
        return Decision(None, f"{attempt} errors of the kind {name}")
    wait = min(how.first * how.factor ** (attempt - 1), how.longest)
    return Decision(wait * (1 + JITTER * (2 * chance - 1)), name)
