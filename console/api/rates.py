"""How many requests a token may send a minute."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from math import ceil
from threading import Lock
from time import monotonic

#: Tokens and addresses that are remembered; the one used longest ago is forgotten first.
_MOST = 10_000
_WINDOW = 60.0


@dataclass(frozen=True, slots=True)
class Quota:
    """What is left to a token after a request."""

    allowed: bool
    limit: int
    remaining: int
    #: Seconds until the next request is allowed, and until the whole limit is free again.
    wait: int
    reset: int

    @property
    def wait_if_refused(self) -> int:
        """Seconds to wait; 0: the request is allowed."""
        return 0 if self.allowed else max(1, self.wait)

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers that tell it."""
        said = {
            "RateLimit-Policy": f'"token";q={self.limit};w={int(_WINDOW)}',
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(self.remaining),
            "RateLimit-Reset": str(self.reset),
        }
        return said if self.allowed else {**said, "Retry-After": str(self.wait)}


class Rates:
    """A bucket of requests for each token or address, which fills up evenly within a minute."""

    def __init__(self, limit: int, clock: Callable[[], float] = monotonic) -> None:
        """Allow that many requests a minute."""
        self._limit = limit
        self._clock = clock
        self._left: OrderedDict[Hashable, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def take(self, key: Hashable) -> Quota:
        """Count a request, unless none is left."""
        speed = self._limit / _WINDOW
        with self._lock:
            at = self._clock()
            left, then = self._left.get(key, (float(self._limit), at))
            left = min(float(self._limit), left + (at - then) * speed)
            allowed = left >= 1
            left -= allowed
            self._left[key] = (left, at)
            self._left.move_to_end(key)
            if len(self._left) > _MOST:
                self._left.popitem(last=False)
        wait = 0 if left >= 1 else ceil((1 - left) / speed)
        reset = ceil((self._limit - left) / speed)
        return Quota(allowed, self._limit, int(left), wait, reset)
