"""The rules of robots.txt that a process has read lately. Imports nothing that is slow to load."""

from __future__ import annotations

from collections import Counter
from time import monotonic

from spiders.robots_rules import Rules

#: Bytes of memory in which rules are kept; the oldest go first.
MOST_BYTES = 16 * 1024 * 1024
#: Bytes of memory for an origin itself; several origins may share the same rules.
_BYTES_AN_ORIGIN = 400


class RobotsCache:
    """The rules of origins such as `https://acme.example`, shared by the visits of a process."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most = most
        self._known: dict[str, tuple[float, Rules]] = {}
        #: How many origins have these rules, by identity.
        self._origins: Counter[int] = Counter()
        #: Bytes of memory that the kept rules take, about.
        self.size = 0

    def get(self, origin: str) -> Rules | None:
        """Return the rules of an origin while they count."""
        until, rules = self._known.get(origin, (0.0, None))
        return rules if until > monotonic() else None

    def put(self, origin: str, rules: Rules) -> None:
        """Keep the rules of an origin."""
        self._drop(origin)
        self._known[origin] = (monotonic() + rules.good_for, rules)
        self.size += _BYTES_AN_ORIGIN
        if not self._origins[id(rules)]:
            self.size += rules.size
        self._origins[id(rules)] += 1
        while self.size > self._most:
            self._drop(next(iter(self._known)))

    def _drop(self, origin: str) -> None:
        _, rules = self._known.pop(origin, (0.0, None))
        if rules is None:
            return
        self.size -= _BYTES_AN_ORIGIN
        self._origins[id(rules)] -= 1
        if not self._origins[id(rules)]:
            del self._origins[id(rules)]
            self.size -= rules.size
