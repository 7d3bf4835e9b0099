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
from qualify.bulk.counts import Answered, Counts, counts
from qualify.decide.lasting import Lasting
from qualify.members.combine import manner_of
from qualify.profile.icp import Icp
from qualify.run.sampling import Sample, sample

__all__ = ["Answered", "CountedProfile", "Counts", "Samples", "count_profile"]

#: Samples that are kept, and for how many seconds: who types asks every second.
_MOST, _LONG = 3, 120.0


@dataclass(frozen=True, slots=True)
class CountedProfile:
    """Companies by verdict and criterion, and of which companies that is known."""

    counts: Counts
    #: Companies that were looked at, and all that the client has.
    looked_at: int
    of: int


@dataclass(frozen=True, slots=True)
class _Kept:
    since: float
    attributes: frozenset[str]
    sample: Sample


class Samples:
    """The companies of clients whose profiles are being written, as read a moment ago."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        """Nothing was read yet."""
        self._clock = clock
        self._kept: OrderedDict[Hashable, _Kept] = OrderedDict()
        self._lock = Lock()

    def of(self, session: Session, client_id: UUID, icp: Icp, today: date) -> Sample:
        """The companies of a client with the facts that a profile asks about."""
        key = (client_id, manner_of(icp), icp.company_is, today)
        wanted = frozenset(Lasting(icp, today).attributes)
        with self._lock:
            known = self._kept.get(key)
            if known and self._clock() - known.since > _LONG:
                known = None
            if known and wanted <= known.attributes:
                return known.sample
            # What was asked before is asked again soon.
            attributes = wanted | known.attributes if known else wanted
            with session.read(Right.MANAGE) as work:
                found = sample(work.tx, client_id, icp, attributes, today)
            self._kept[key] = _Kept(self._clock(), attributes, found)
            self._kept.move_to_end(key)
            while len(self._kept) > _MOST:
                self._kept.popitem(last=False)
        return found


def count_profile(session: Session, where: Where, icp: Icp, samples: Samples) -> CountedProfile:
    """Count the answers of a client's companies to a profile; nothing is stored."""
    today = now().date()
    with session.read(Right.MANAGE) as work:
        client_id, _ = work.campaign(where.client, where.campaign)
    found = samples.of(session, client_id, icp, today)
    return CountedProfile(counts(icp, found.parts, today), found.companies, found.of)
