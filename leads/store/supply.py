"""Which rows of the queue a user is handed next: promised call-backs first, then the best free ones.

The state is written into each statement, not passed beside it: only then does either database see
that a partial index serves the statement. Each is made once: making it takes longer than running it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    any_,
    bindparam,
    func,
    literal_column,
    select,
    union_all,
    update,
)

from leads.clock import now
from leads.store.bound import CAMPAIGN, IDS
from leads.store.direct import Direct
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

_READY = queue_entry.c.state == literal_column("'ready'")
_FREE = queue_entry.c.not_before.is_(None)
_IN_CAMPAIGN = queue_entry.c.campaign_id == CAMPAIGN
_MOST = bindparam("most", type_=Integer())
_NOW = bindparam("now", type_=queue_entry.c.not_before.type)

#: Whether the user skipped the row not long ago.
_SKIPPED: ColumnElement[bool] = (
    select(lease.c.id)
    .where(
        lease.c.queue_entry_id == queue_entry.c.id,
        lease.c.user == bindparam("for_user"),
        lease.c.ended_by == literal_column("'skipped'"),
        lease.c.ended_at > bindparam("skipped_since", type_=lease.c.ended_at.type),
    )
    .exists()
)

_OPEN: Select[Any] = select(queue_entry).where(_IN_CAMPAIGN, _READY, ~_SKIPPED)
#: The rows that nobody promised to call and whose time has come.
COME = (
    select(queue_entry.c.id)
    .where(
        _IN_CAMPAIGN, _READY, queue_entry.c.promised_by.is_(None), queue_entry.c.not_before <= _NOW
    )
    .order_by(queue_entry.c.not_before)
    .limit(literal_column(str(FREED_AT_ONCE), Integer()))
)
_COME_NOW = COME.with_for_update(skip_locked=True)
_SET_FREE = update(queue_entry).where(queue_entry.c.id.in_(IDS)).values(not_before=None)

_DUE = select(queue_entry).where(_IN_CAMPAIGN, _READY)
#: The call-backs that this user promised and that are due.
OWN_DUE = _DUE.where(
    queue_entry.c.promised_by == bindparam("for_user"), queue_entry.c.not_before <= _NOW
)
#: The call-backs that anybody may keep now.
SHARED_DUE = _DUE.where(queue_entry.c.promised_by.is_not(None), queue_entry.c.shared_at <= _NOW)
#: Those that the user did not skip, by their time.
OWN_PROMISES: Select[Any] = OWN_DUE.where(~_SKIPPED).order_by(queue_entry.c.not_before).limit(_MOST)
SHARED_PROMISES: Select[Any] = (
    SHARED_DUE.where(~_SKIPPED).order_by(queue_entry.c.shared_at).limit(_MOST)
)


def values(seat: Seat, most: int) -> dict[str, Any]:
    """What the statements need to know of a user, and how many rows they may find."""
    at = now()
    return {
        "of_client": seat.client_id,
        "of_campaign": seat.campaign_id,
        "for_user": seat.user,
        "now": at,
        "skipped_since": at - SKIPPED_FOR,
        "most": most,
    }


def free_waiting(tx: Tx, seat: Seat) -> int:
    """Make the rows free whose time has come, those that nobody promised to call; how many."""
    ids = list(tx.execute(_COME_NOW, {"of_campaign": seat.campaign_id, "now": now()}).scalars())
    if ids:
        tx.execute(_SET_FREE, {"ids": ids})
    return len(ids)


def promised(tx: Tx, seat: Seat, limit: int) -> list[QueueRow]:
    """The call-backs that are due: first those this user promised, then those that are shared."""
    rows = _rows(tx, OWN_PROMISES, values(seat, limit))
    if len(rows) < limit:
        known = {row.id for row in rows}
        shared = _rows(tx, SHARED_PROMISES, values(seat, limit))
        rows += [row for row in shared if row.id not in known]
    return rows[:limit]


def own_due(tx: Tx, seat: Seat, limit: int) -> list[QueueRow]:
    """The call-backs that this user promised and that are due."""
    return _rows(tx, OWN_PROMISES, values(seat, limit))


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
    given = values(seat, limit) | named(calendars)
    rows: list[QueueRow] = []
    for reach in reaches(tx, limit, calendars):
        rows = _rows(tx, free_rows(tx, limit, calendars, reach), given)
        if len(rows) == limit:
            break
    return rows


def reaches(tx: Tx | Direct, most: int, calendars: Sequence[str] | None) -> tuple[int, ...]:
    """Over how many rows of calendars a claim looks, and over how many when it has found too few:
    others may hold the first ones.
    """
    if calendars is None:
        return (most,)
    if not calendars:
        return ()
    # On SQLite a write transaction is alone.
    return (most,) if tx.dialect.name == "sqlite" else (most + OTHERS_HOLD, MOST_HOLD)


def free_rows(
    tx: Tx | Direct, most: int, calendars: Sequence[str] | None, reach: int
) -> Select[Any]:
    """Select the first free rows of these calendars, None: of all; each made once."""
    if calendars is None:
        return free(most)
    return free_of(len(calendars), most, reach, tx.dialect.name)


def named(calendars: Sequence[str] | None) -> dict[str, str]:
    """The calendars as `free_rows` wants them."""
    return {f"calendar_{place}": one for place, one in enumerate(calendars or ())}


@lru_cache(maxsize=64)
def free(most: int) -> Select[Any]:
    """Select the first free rows in the order of the queue.

    The number is part of the statement: a server that plans it once for all numbers would expect
    many rows, and sort them all.
    """
    return _OPEN.where(_FREE).order_by(*ORDER).limit(_number(most))


@lru_cache(maxsize=64)
def free_of(calendars: int, most: int, reach: int, database: str) -> Select[Any]:
    """Select the first free rows of so many calendars, among the first ones up to `reach`."""
    found = first_open(calendars, reach)
    among: ColumnElement[bool] = queue_entry.c.id.in_(found)
    if database == "postgresql":
        # A list is looked up id by id; it might join a subquery with all rows of the queue.
        among = queue_entry.c.id == any_(func.array(found.scalar_subquery()))
    # Written once more: others may have taken some since.
    rows = select(queue_entry).where(among, _READY, _FREE)
    return rows.order_by(*ORDER).limit(_number(most))


@lru_cache(maxsize=64)
def first_open(calendars: int, most: int) -> Select[Any]:
    """Select the ids of the first free rows of so many calendars, in the order of the queue.

    Each calendar is walked by itself: a walk through the whole queue would pass every closed row
    that is better.
    """
    columns = (queue_entry.c.id, *ORDER[:-1])
    groups = []
    for some in chunks(list(range(calendars)), CALENDARS_AT_ONCE):
        each = [
            select(*columns)
            .where(
                _IN_CAMPAIGN,
                _READY,
                _FREE,
                queue_entry.c.calendar == bindparam(f"calendar_{place}", type_=String()),
                ~_SKIPPED,
            )
            .order_by(*ORDER)
            .limit(_number(most))
            .subquery()
            for place in some
        ]
        groups.append(union_all(*map(select, each)).subquery())
    every = union_all(*map(select, groups)).subquery()
    in_order = [every.c[column.name] for column in ORDER]
    return select(every.c.id).order_by(*in_order).limit(_number(most))


def _number(most: int) -> ColumnElement[int]:
    return literal_column(str(int(most)), Integer())


def _rows(tx: Tx, wanted: Select[Any], given: dict[str, Any]) -> list[QueueRow]:
    return [QueueRow(**columns_of(row)) for row in tx.execute(_locked(wanted), given).mappings()]


@cache
def _locked(wanted: Select[Any]) -> Select[Any]:
    # SQLite ignores the clause: there the transaction holds the whole database.
    return wanted.with_for_update(skip_locked=True, of=queue_entry)
