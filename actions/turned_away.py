"""Count what inboxes turn away, with few writes however much comes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from threading import Lock
from time import monotonic
from uuid import UUID

from leads.inboxes import Inbox
from leads.store import Store, inbox_messages

#: Seconds between two writes.
_EVERY = 5.0


class TurnedAway:
    """The counts of one process, which are written from time to time."""

    def __init__(self, store: Store, clock: Callable[[], float] = monotonic) -> None:
        """Count for the inboxes of a database."""
        self._store = store
        self._clock = clock
        self._inboxes: dict[UUID, Inbox] = {}
        self._times: Counter[tuple[UUID, str]] = Counter()
        self._written = -_EVERY
        self._lock = Lock()

    def count(self, inbox: Inbox, reason: str) -> None:
        """Count that an inbox turned something away."""
        with self._lock:
            self._inboxes[inbox.id] = inbox
            self._times[inbox.id, reason] += 1
            is_due = self._clock() - self._written >= _EVERY
        if is_due:
            self.write()

    def write(self) -> None:
        """Store what was counted since the last time."""
        with self._lock:
            some = [(self._inboxes[one], why, times) for (one, why), times in self._times.items()]
            self._inboxes.clear()
            self._times.clear()
            self._written = self._clock()
        if not some:
            return
        try:
            with self._store.write() as tx:
                inbox_messages.count_refusals(tx, some)
        except BaseException:
            # They are written the next time.
            with self._lock:
                for inbox, why, times in some:
                    self._inboxes[inbox.id] = inbox
                    self._times[inbox.id, why] += times
            raise
