"""Slow down who guesses passwords."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Lock
from time import monotonic

from actions.networks import narrow, wide

#: The longest wait, and the seconds after which one wrong password is forgiven.
LONGEST, FORGIVEN_EVERY = 900.0, 1800.0
#: Wrong passwords that cost nothing: of one name from one network, or from a known browser; from
#: one network; from its neighbourhood; of one name from anywhere.
FREE, FREE_OF_NETWORK, FREE_OF_MANY = 5, 20, 100
#: Keys that are remembered; the one wrong longest ago is forgotten first.
_MOST = 50_000


@dataclass(frozen=True, slots=True)
class Key:
    """What wrong passwords are counted by, and how many cost nothing."""

    text: str
    free: int = FREE


@dataclass(slots=True)
class _Failures:
    count: int = 0
    last: float = 0.0
    #: Since when the next forgiven one is waited for.
    since: float = 0.0


class Throttle:
    """Counts wrong passwords by key; each more than a key's free ones doubles the wait."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        """Remember nothing yet."""
        self._clock = clock
        self._failures: OrderedDict[str, _Failures] = OrderedDict()
        self._lock = Lock()

    def wait(self, keys: Sequence[Key]) -> float:
        """Seconds until the next try is read."""
        with self._lock:
            return max(self._wait(key) for key in keys)

    def failed(self, keys: Sequence[Key]) -> None:
        """Count a wrong password."""
        with self._lock:
            at = self._clock()
            for key in keys:
                found = self._failures.setdefault(key.text, _Failures(last=at, since=at))
                forgiven = int((at - found.since) / FORGIVEN_EVERY)
                left = found.count - forgiven
                # The rest of a half hour counts: else one every 29 minutes is never forgiven.
                found.since = found.since + forgiven * FORGIVEN_EVERY if left > 0 else at
                found.count, found.last = max(0, left) + 1, at
                self._failures.move_to_end(key.text)
            while len(self._failures) > _MOST:
                self._failures.popitem(last=False)

    def succeeded(self, key: Key) -> None:
        """Forget the wrong passwords of a key: its user came in."""
        with self._lock:
            self._failures.pop(key.text, None)

    def _wait(self, key: Key) -> float:
        found = self._failures.get(key.text)
        if found is None or found.count < key.free:
            return 0.0
        whole = min(2.0 ** min(found.count - key.free, 20), LONGEST)
        return max(0.0, found.last + whole - self._clock())


def login_keys(name: str, address: str, device: str) -> Sequence[Key]:
    """What wrong passwords of a login are counted by; the first is forgotten when it succeeds.

    A browser in which this user logged in before (`device`) is counted by itself: strangers who
    guess the user's password do not keep the user out.
    """
    user = name.casefold()[:100]
    if device:
        return (Key(f"device {device} {user}"),)
    network, many = narrow(address), wide(address)
    return (
        Key(f"pair {network} {user}"),
        Key(f"network {network}", FREE_OF_NETWORK),
        Key(f"neighbourhood {many}", FREE_OF_MANY),
        Key(f"name {user}", FREE_OF_MANY),
    )


def code_key(user: str) -> Key:
    """What wrong codes of a second factor are counted by: who shows one knew the password."""
    return Key(f"code {user}")
