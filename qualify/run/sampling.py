"""Load the facts of some of a client's companies, spread over all that it has."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from leads.store import Tx
from leads.store.facts.gathered import Some, ranges
from qualify.bulk.frames import Frames
from qualify.profile.icp import Icp
from qualify.run.loading import load_about

#: Companies of a sample at the most, and the runs of companies, oldest to newest, that it is made
#: of: a list is stored in one go, so a single run could be one list.
MOST, RUNS = 10_000, 8


@dataclass(frozen=True, slots=True)
class Sample:
    """Companies of a client with their facts about some attributes."""

    runs: Sequence[Some]
    parts: Sequence[Frames]
    attributes: frozenset[str]
    #: How many companies the client has.
    of: int

    @property
    def companies(self) -> int:
        """How many companies the sample holds."""
        return sum(one.size for one in self.parts)


def sample(
    tx: Tx, client_id: UUID, icp: Icp, attributes: Collection[str], *, most: int = MOST
) -> Sample:
    """Load every company of a client, or a sample of `most` where it has more.

    Linked companies are counted together as the profile does it.
    """
    runs, last = ranges(tx, client_id, most), 0
    size = max(1, most // RUNS)
    if len(runs) > 1:
        every = ranges(tx, client_id, size)
        last = len(every) - 1
        runs = [every[number * last // (RUNS - 1)] for number in range(RUNS)]
    parts = [load_about(tx, one, icp, attributes) for one in runs]
    of = last * size + parts[-1].size if parts else 0
    return Sample(runs, parts, frozenset(attributes), of)


def with_more(tx: Tx, known: Sample, icp: Icp, attributes: Collection[str]) -> Sample | None:
    """The same companies with their facts about more attributes; None when they are others now."""
    more = [load_about(tx, one, icp, attributes) for one in known.runs]
    if [one.size for one in more] != [one.size for one in known.parts]:
        return None
    parts = [old.with_more(new) for old, new in zip(known.parts, more, strict=True)]
    return replace(known, parts=parts, attributes=known.attributes | frozenset(attributes))
