"""What one user reported in a campaign since a moment."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from leads.clock import now
from leads.store import queue_lines
from leads.store.engine import Tx, chunks
from leads.store.ledger.statements import in_state
from leads.store.schema import disposition, queue_entry
from leads.store.seat import Seat


@dataclass(frozen=True, slots=True)
class CallBacksDue:
    """How many promised calls were due, and how many of those the user made."""

    due: int
    kept: int


def reports_of(tx: Tx, seat: Seat, since: datetime) -> Mapping[str, int]:
    """How often the user reported each result since then; those taken back are left out."""
    wanted = (
        select(disposition.c.kind, func.count().label("n"))
        .where(*_of_day(seat, since))
        .group_by(disposition.c.kind)
    )
    return {row.kind: row.n for row in tx.execute(wanted)}


def call_backs_due(tx: Tx, seat: Seat, kinds: Collection[str], since: datetime) -> CallBacksDue:
    """The calls that the user promised by results of these kinds for a time between then and now.

    It starts from the few companies of the day: an index finds what was promised to each.
    """
    until = now()
    worked = _worked(tx, seat, since)
    kept = 0
    for some in chunks(list(worked)):
        promised = select(disposition.c.company_id, disposition.c.at).where(
            disposition.c.company_id.in_(some),
            disposition.c.campaign_id == seat.campaign_id,
            disposition.c.user == seat.user,
            disposition.c.kind.in_(kinds),
            disposition.c.again_at.between(since, until),
            disposition.c.undone_at.is_(None),
        )
        kept += sum(1 for row in tx.execute(promised) if row.at < worked[row.company_id])
    return CallBacksDue(kept + _open(tx, seat, since, until), kept)


def _open(tx: Tx, seat: Seat, since: datetime, until: datetime) -> int:
    """How many of the user's promises of that time are still open, on free rows and on held ones."""
    free = select(func.count()).where(
        in_state("ready", of=queue_entry),
        queue_entry.c.campaign_id == seat.campaign_id,
        queue_entry.c.promised_by == seat.user,
        queue_entry.c.not_before.between(since, until),
    )
    held = [
        one
        for one in queue_lines.held(tx, seat)
        if one.promised_by == seat.user and one.not_before and since <= one.not_before <= until
    ]
    return int(tx.execute(free).scalar() or 0) + len(held)


def _worked(tx: Tx, seat: Seat, since: datetime) -> dict[UUID, datetime]:
    """When the user last reported on each company since then."""
    wanted = select(disposition.c.company_id, func.max(disposition.c.at).label("last")).where(
        *_of_day(seat, since)
    )
    rows = tx.execute(wanted.group_by(disposition.c.company_id))
    return {row.company_id: row.last for row in rows}


def _of_day(seat: Seat, since: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        disposition.c.campaign_id == seat.campaign_id,
        disposition.c.at >= since,
        disposition.c.user == seat.user,
        disposition.c.undone_at.is_(None),
    )
