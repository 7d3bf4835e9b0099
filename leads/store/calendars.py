"""The calendars of the free rows of a queue: whose clocks and holidays count for each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, literal, select

from leads.store.engine import Tx, writes
from leads.store.schema import queue_entry


def of_free_rows(tx: Tx, campaign_id: UUID) -> list[str]:
    """Each calendar that a free row of the campaign has, once."""
    # One look into the index for each: listing distinct values would read every row.
    first: Select[Any] = select(func.min(queue_entry.c.calendar).label("calendar")).where(
        *_free(campaign_id)
    )
    seen = first.cte("seen", recursive=True)
    after = select(func.min(queue_entry.c.calendar)).where(
        *_free(campaign_id), queue_entry.c.calendar > seen.c.calendar
    )
    following = select(after.scalar_subquery()).where(seen.c.calendar.is_not(None))
    every = seen.union_all(following)
    found = tx.execute(select(every.c.calendar).where(every.c.calendar.is_not(None)))
    return list(found.scalars())


def count(tx: Tx, campaign_id: UUID, calendars: Sequence[str], most: int) -> int:
    """How many free rows have one of these calendars; counting ends at `most`."""
    some = select(queue_entry.c.id).where(
        *_free(campaign_id), queue_entry.c.calendar.in_(calendars)
    )
    counted = select(func.count()).select_from(some.limit(most).subquery())
    return int(tx.execute(counted).scalar_one())


def without_one(tx: Tx, campaign_id: UUID, limit: int) -> list[UUID]:
    """Companies of free rows whose calendar was not looked up yet, the best first."""
    wanted = (
        select(queue_entry.c.company_id)
        .where(*_free(campaign_id), queue_entry.c.calendar.is_(None))
        .order_by(queue_entry.c.rank, queue_entry.c.fresh, queue_entry.c.entered_at)
        .limit(limit)
    )
    if writes(tx):
        wanted = wanted.with_for_update(skip_locked=True)
    return list(tx.execute(wanted).scalars())


def _free(campaign_id: UUID) -> tuple[ColumnElement[bool], ...]:
    return (
        queue_entry.c.campaign_id == campaign_id,
        queue_entry.c.state == literal("ready", literal_execute=True),
        queue_entry.c.not_before.is_(None),
    )
