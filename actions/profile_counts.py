"""Count what a profile that is being written does to a client's companies."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date
from threading import Lock
from time import monotonic
from uuid import UUID

from actions.actor import Right
from actions.session import Session
from actions.where import Where
from leads.clock import now
from leads.errors import SluiceError
from qualify.bulk.counts import Answered, Counts, counts
from qualify.decide.lasting import Lasting
from qualify.members.combine import manner_of
from qualify.profile.icp import Icp
from qualify.run.sampling import Sample, sample, with_more

__all__ = [
    "Answered",
    "CountedProfile",
    "Counts",
    "Samples",
    "StillCountingError",
    "count_profile",
]

#: Samples that are kept, and for how many seconds: who types asks every second.
_MOST, _LONG = 3, 120.0
#: Samples that are read at once: the others do not wait in the threads that serve pages.
_AT_ONCE = 2


class StillCountingError(SluiceError):
    """The companies are being read."""

    code = "still_counting"


@dataclass(frozen=True, slots=True)
class CountedProfile:
    """Companies by verdict and criterion, and of which companies that is known."""

    counts: Counts
    #: Companies that were looked at, and all that the client has.
    looked_at: int
    of: int


class Samples:
    """The companies of clients whose profiles are being written, as read a moment ago."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        """Nothing was read yet."""
        self._clock = clock
        self._kept: OrderedDict[Hashable, tuple[float, Sample]] = OrderedDict()
        self._reading: set[Hashable] = set()
        self._lock = Lock()

    def of(self, session: Session, client_id: UUID, icp: Icp, today: date) -> Sample:
        """The companies of a client with the facts that a profile asks about.

        StillCountingError while they are being read, or as many others as are read at once.
        """
        key = (client_id, manner_of(icp), icp.company_is, today)
        wanted = frozenset(Lasting(icp, today).attributes)
        with self._lock:
            since, known = self._known(key)
            if known and wanted <= known.attributes:
                self._kept.move_to_end(key)
                return known
            if key in self._reading or len(self._reading) >= _AT_ONCE:
                raise StillCountingError(hint="check again in a moment")
            self._reading.add(key)
        try:
            found = _read(session, client_id, icp, wanted, known)
            self._keep(key, since, found)
        finally:
            with self._lock:
                self._reading.discard(key)
        return found

    def _known(self, key: Hashable) -> tuple[float, Sample | None]:
        since, known = self._kept.get(key, (0.0, None))
        if known is None or self._clock() - since > _LONG:
            return self._clock(), None
        return since, known

    def _keep(self, key: Hashable, since: float, found: Sample) -> None:
        with self._lock:
            self._kept[key] = since, found
            self._kept.move_to_end(key)
            while len(self._kept) > _MOST:
                self._kept.popitem(last=False)


def _read(
    session: Session, client_id: UUID, icp: Icp, wanted: frozenset[str], known: Sample | None
) -> Sample:
    """The known companies with what is not known of them yet; others when they changed."""
    missing = wanted - known.attributes if known else wanted
    with session.read(Right.MANAGE) as work:
        found = with_more(work.tx, known, icp, missing) if known else None
        return found or sample(work.tx, client_id, icp, wanted)


def count_profile(session: Session, where: Where, icp: Icp, samples: Samples) -> CountedProfile:
    """Count the answers of a client's companies to a profile; nothing is stored."""
    today = now().date()
    with session.read(Right.MANAGE) as work:
        client_id = work.client(where.client)
    found = samples.of(session, client_id, icp, today)
    return CountedProfile(counts(icp, found.parts, today), found.companies, found.of)
