"""What one user reported in a campaign since a moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from leads.clock import now
from leads.store.engine import Tx
from leads.store.schema import disposition
from leads.store.seat import Seat

#: A call-back is promised no longer than this before its time.
_FURTHEST = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class CallBacksDue:
    """How many promised calls were due, and how many of those the user made."""

    due: int
    kept: int


def reports_of(tx: Tx, seat: Seat, since: datetime) -> Mapping[str, int]:
    """How often the user reported each result since then; those taken back are left out."""
    wanted = (
        select(disposition.c.kind, func.count().label("n"))
        .where(
            disposition.c.campaign_id == seat.campaign_id,
            disposition.c.at >= since,
            disposition.c.user == seat.user,
            disposition.c.undone_at.is_(None),
        )
        .group_by(disposition.c.kind)
    )
    return {row.kind: row.n for row in tx.execute(wanted)}


def call_backs_due(tx: Tx, seat: Seat, kinds: frozenset[str], since: datetime) -> CallBacksDue:
    """The calls that the user promised by results of these kinds for a time between then and now."""
    later = disposition.alias("later")
    made = (
        select(later.c.id)
        .where(
            later.c.company_id == disposition.c.company_id,
            later.c.campaign_id == disposition.c.campaign_id,
            later.c.user == disposition.c.user,
            later.c.at > disposition.c.at,
            later.c.at >= since,
            later.c.undone_at.is_(None),
        )
        .exists()
    )
    promised = select(disposition.c.id, made.label("is_made")).where(
        disposition.c.campaign_id == seat.campaign_id,
        disposition.c.at >= since - _FURTHEST,
        disposition.c.user == seat.user,
        disposition.c.kind.in_(kinds),
        disposition.c.again_at >= since,
        disposition.c.again_at <= now(),
        disposition.c.undone_at.is_(None),
    )
    rows = tx.execute(promised).all()
    return CallBacksDue(len(rows), sum(1 for row in rows if row.is_made))
