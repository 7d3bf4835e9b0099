"""Load the facts of some of a client's companies, spread over all that it has."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from leads.store import Tx
from leads.store.facts.gathered import ranges
from qualify.bulk.frames import Frames
from qualify.profile.icp import Icp
from qualify.run.loading import load

#: Companies of a sample at the most, and the runs of companies, oldest to newest, that it is made
#: of: a list is stored in one go, so a single run could be one list.
MOST, RUNS = 10_000, 8


@dataclass(frozen=True, slots=True)
class Sample:
    """Companies of a client with their facts."""

    parts: Sequence[Frames]
    #: How many companies the client has.
    of: int

    @property
    def companies(self) -> int:
        """How many companies the sample holds."""
        return sum(one.size for one in self.parts)


def sample(
    tx: Tx,
    client_id: UUID,
    icp: Icp,
    attributes: Collection[str],
    today: date,
    *,
    most: int = MOST,
) -> Sample:
    """Load every company of a client, or a sample of `most` where it has more.

    The facts are those about `attributes`, as the profile counts linked companies together.
    """
    whole = ranges(tx, client_id, most)
    if len(whole) < 2:
        loaded = [load(tx, one, [icp], today, attributes) for one in whole]
        return Sample(loaded, sum(one.size for one in loaded))

    size = max(1, most // RUNS)
    runs = ranges(tx, client_id, size)
    last = len(runs) - 1
    places = [number * last // (RUNS - 1) for number in range(RUNS)]
    parts = [load(tx, runs[place], [icp], today, attributes) for place in places]
    return Sample(parts, last * size + parts[-1].size)
