"""Slow down who guesses passwords."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from time import monotonic

#: Wrong passwords that cost nothing, and the longest wait after more.
FREE, LONGEST = 5, 900.0
#: Names and addresses that are remembered; the one wrong longest ago is forgotten first.
_MOST = 10_000


@dataclass(slots=True)
class _Failures:
    count: int = 0
    last: float = 0.0


class Throttle:
    """Counts wrong passwords by name and by address; each more than `FREE` doubles the wait."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        """Remember nothing yet."""
        self._clock = clock
        self._failures: OrderedDict[str, _Failures] = OrderedDict()
        self._lock = Lock()

    def wait(self, *keys: str) -> float:
        """Seconds until the next try is read."""
        with self._lock:
            return max(self._wait(key) for key in keys)

    def failed(self, *keys: str) -> None:
        """Count a wrong password."""
        with self._lock:
            for key in keys:
                found = self._failures.setdefault(key, _Failures())
                found.count += 1
                found.last = self._clock()
                self._failures.move_to_end(key)
            while len(self._failures) > _MOST:
                self._failures.popitem(last=False)

    def succeeded(self, key: str) -> None:
        """Forget the wrong passwords of a name: its user came in."""
        with self._lock:
            self._failures.pop(key, None)

    def _wait(self, key: str) -> float:
        found = self._failures.get(key)
        if found is None or found.count < FREE:
            return 0.0
        whole = min(2.0 ** min(found.count - FREE, 20), LONGEST)
        return max(0.0, found.last + whole - self._clock())
