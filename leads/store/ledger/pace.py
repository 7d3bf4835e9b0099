"""How many tasks were done and how many attempts failed in each of some spans of time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from sqlalchemy import func, select

from leads.ids import floor_of
from leads.store.engine import Tx
from leads.store.ledger.asking import in_state
from leads.store.schema import failure, task


@dataclass(frozen=True, slots=True)
class Span:
    """What happened from a moment until the next span begins."""

    begins_at: datetime
    done: int
    failed: int


def spans(tx: Tx, bounds: Sequence[datetime]) -> list[Span]:
    """The spans between these moments; each is one look into an index."""
    return [
        Span(since, _done(tx, since, to), _failed(tx, since, to)) for since, to in pairwise(bounds)
    ]


def _done(tx: Tx, since: datetime, to: datetime) -> int:
    wanted = select(func.count()).where(
        in_state("done"), task.c.finished_at >= since, task.c.finished_at < to
    )
    return int(tx.execute(wanted).scalar() or 0)


def _failed(tx: Tx, since: datetime, to: datetime) -> int:
    # Ids begin with their time, and they are the index.
    wanted = select(func.count()).where(
        failure.c.id >= floor_of(since), failure.c.id < floor_of(to)
    )
    return int(tx.execute(wanted).scalar() or 0)
