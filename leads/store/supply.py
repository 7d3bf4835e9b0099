"""Which rows of the queue a user is handed next: promised call-backs first, then the best free ones.

The state is written into each statement, not passed beside it: only then does either database see
that a partial index serves the statement.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, literal, select, union_all, update

from leads.clock import now
from leads.store.engine import Tx, chunks
from leads.store.queue import ORDER, QueueRow, columns_of
from leads.store.schema import lease, queue_entry
from leads.store.seat import Seat

#: Rows whose time has come that one claim makes free; the rest waits for the next claim.
FREED_AT_ONCE = 500
#: Rows that others may have locked at the moment, usually and at the most.
OTHERS_HOLD, MOST_HOLD = 64, 1_000
#: SQLite joins no more than 500 lists into one.
CALENDARS_AT_ONCE = 400
#: For how long a prospect that a user skipped is handed to others only.
SKIPPED_FOR = timedelta(days=1)

_READY = queue_entry.c.state == literal("ready", literal_execute=True)


def free_waiting(tx: Tx, seat: Seat) -> int:
    """Make the rows free whose time has come, those that nobody promised to call; how many."""
    come = (
        select(queue_entry.c.id)
        .where(
            queue_entry.c.campaign_id == seat.campaign_id,
            _READY,
            queue_entry.c.promised_by.is_(None),
            queue_entry.c.not_before <= now(),
        )
        .order_by(queue_entry.c.not_before)
        .limit(FREED_AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    ids = list(tx.execute(come).scalars())
    if ids:
        tx.execute(update(queue_entry).where(queue_entry.c.id.in_(ids)).values(not_before=None))
    return len(ids)


def promised(tx: Tx, seat: Seat, limit: int) -> list[QueueRow]:
    """The call-backs that are due: first those this user promised, then those that are shared."""
    rows = _rows(tx, own_promises(seat, now(), limit))
    if len(rows) < limit:
        known = {row.id for row in rows}
        shared = _rows(tx, shared_promises(seat, now(), limit))
        rows += [row for row in shared if row.id not in known]
    return rows[:limit]


def own_due(tx: Tx, seat: Seat, limit: int) -> list[QueueRow]:
    """The call-backs that this user promised and that are due."""
    return _rows(tx, own_promises(seat, now(), limit))


def due_of(tx: Tx, seat: Seat, entry_ids: Sequence[UUID]) -> set[UUID]:
    """Those of these rows that are call-backs of this user and due."""
    if not entry_ids:
        return set()
    wanted = select(queue_entry.c.id).where(
        queue_entry.c.id.in_(entry_ids),
        queue_entry.c.promised_by == seat.user,
        queue_entry.c.not_before <= now(),
    )
    return set(tx.execute(wanted).scalars())


def best(tx: Tx, seat: Seat, limit: int, calendars: Sequence[str] | None = None) -> list[QueueRow]:
    """The best rows that are free now, of these calendars; None: of all."""
    if calendars is None:
        return _rows(tx, free(seat, limit))
    rows: list[QueueRow] = []
    for reach in (limit + OTHERS_HOLD, MOST_HOLD) if calendars else ():
        ids = list(tx.execute(first_open(seat, reach, calendars)).scalars())
        rows = _rows(tx, _free_among(ids, limit))
        if len(rows) == limit or len(ids) < reach:
            break
    return rows


def own_promises(seat: Seat, at: datetime, limit: int) -> Select[tuple[object, ...]]:
    """Select the call-backs that this user promised and that are due, by their time."""
    return (
        _open_to(seat)
        .where(queue_entry.c.promised_by == seat.user, queue_entry.c.not_before <= at)
        .order_by(queue_entry.c.not_before)
        .limit(limit)
    )


def shared_promises(seat: Seat, at: datetime, limit: int) -> Select[tuple[object, ...]]:
    """Select the call-backs that anybody may keep now, by their time."""
    return (
        _open_to(seat)
        .where(queue_entry.c.promised_by.is_not(None), queue_entry.c.shared_at <= at)
        .order_by(queue_entry.c.shared_at)
        .limit(limit)
    )


def free(seat: Seat, limit: int) -> Select[tuple[object, ...]]:
    """Select the free rows in the order of the queue."""
    return _open_to(seat).where(queue_entry.c.not_before.is_(None)).order_by(*ORDER).limit(limit)


def first_open(seat: Seat, limit: int, calendars: Sequence[str]) -> Select[UUID]:
    """Select the ids of the first free rows of these calendars, in the order of the queue.

    Each calendar is walked by itself: a walk through the whole queue would pass every closed row
    that is better.
    """
    columns = (queue_entry.c.id, *ORDER[:-1])
    groups = []
    for some in chunks(list(calendars), CALENDARS_AT_ONCE):
        each = [
            select(*columns)
            .where(
                queue_entry.c.campaign_id == seat.campaign_id,
                _READY,
                queue_entry.c.not_before.is_(None),
                queue_entry.c.calendar == one,
                ~_skipped_by(seat.user),
            )
            .order_by(*ORDER)
            .limit(limit)
            .subquery()
            for one in some
        ]
        groups.append(union_all(*map(select, each)).subquery())
    every = union_all(*map(select, groups)).subquery()
    in_order = [every.c[column.name] for column in ORDER]
    wanted: Select[UUID] = select(every.c.id).order_by(*in_order).limit(limit)
    return wanted


def _free_among(ids: Sequence[UUID], limit: int) -> Select[tuple[object, ...]]:
    """Select those of the rows that are still free; others may have taken some since."""
    still = (queue_entry.c.id.in_(ids), _READY, queue_entry.c.not_before.is_(None))
    wanted: Select[tuple[object, ...]] = select(queue_entry).where(*still)
    return wanted.order_by(*ORDER).limit(limit)


def _open_to(seat: Seat) -> Select[tuple[object, ...]]:
    wanted: Select[tuple[object, ...]] = select(queue_entry).where(
        queue_entry.c.campaign_id == seat.campaign_id, _READY, ~_skipped_by(seat.user)
    )
    return wanted


def _skipped_by(user: str) -> ColumnElement[bool]:
    """Whether the user skipped the row not long ago."""
    return (
        select(lease.c.id)
        .where(
            lease.c.queue_entry_id == queue_entry.c.id,
            lease.c.user == user,
            lease.c.ended_by == literal("skipped", literal_execute=True),
            lease.c.ended_at > now() - SKIPPED_FOR,
        )
        .exists()
    )


def _rows(tx: Tx, wanted: Select[tuple[object, ...]]) -> list[QueueRow]:
    # SQLite ignores the clause: there the transaction holds the whole database.
    rows = tx.execute(wanted.with_for_update(skip_locked=True, of=queue_entry))
    return [QueueRow(**columns_of(row)) for row in rows.mappings()]
