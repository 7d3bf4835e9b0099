"""How often a token or an address may send requests."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from math import ceil
from threading import Lock
from time import monotonic

#: Tokens and addresses that are remembered; the one used longest ago is forgotten first.
_MOST = 10_000
_MINUTE = 60.0
#: Requests of one token in a minute.
RATE = 600


@dataclass(frozen=True, slots=True)
class Quota:
    """What is left to a token after a request."""

    allowed: bool
    limit: int
    remaining: int
    #: Seconds until the next request is allowed, and until the whole limit is free again.
    wait: int
    reset: int
    #: Seconds in which the whole limit fills up.
    window: int = int(_MINUTE)

    @property
    def wait_if_refused(self) -> int:
        """Seconds to wait; 0: the request is allowed."""
        return 0 if self.allowed else max(1, self.wait)

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers that tell it."""
        said = {
            "RateLimit-Policy": f'"token";q={self.limit};w={self.window}',
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(self.remaining),
            "RateLimit-Reset": str(self.reset),
        }
        return said if self.allowed else {**said, "Retry-After": str(self.wait)}


class Rates:
    """A bucket of requests for each token or address, which fills up evenly within a window."""

    def __init__(
        self, limit: int, window: float = _MINUTE, clock: Callable[[], float] = monotonic
    ) -> None:
        """Allow that many requests in a window of so many seconds."""
        self._limit, self._window = limit, window
        self._clock = clock
        self._left: OrderedDict[Hashable, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def take(self, key: Hashable) -> Quota:
        """Count a request, unless none is left."""
        with self._lock:
            left, at = self._now(key)
            allowed = left >= 1
            left -= allowed
            self._left[key] = (left, at)
            self._left.move_to_end(key)
            if len(self._left) > _MOST:
                self._left.popitem(last=False)
        return self._quota(left, allowed=allowed)

    def look(self, key: Hashable) -> Quota:
        """What a request would be told, without counting one."""
        with self._lock:
            left, _ = self._now(key)
        return self._quota(left, allowed=left >= 1)

    def _now(self, key: Hashable) -> tuple[float, float]:
        """What is left, and at which time."""
        at = self._clock()
        left, then = self._left.get(key, (float(self._limit), at))
        filled = left + (at - then) * self._limit / self._window
        return min(float(self._limit), filled), at

    def _quota(self, left: float, *, allowed: bool) -> Quota:
        speed = self._limit / self._window
        wait = 0 if left >= 1 else ceil((1 - left) / speed)
        reset = ceil((self._limit - left) / speed)
        return Quota(allowed, self._limit, int(left), wait, reset, int(self._window))
