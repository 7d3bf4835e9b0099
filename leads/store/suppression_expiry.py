"""Suppressions whose time is over: found, and ended at that time."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, select, update

from leads.clock import now
from leads.store import driver
from leads.store.engine import Tx
from leads.store.schema import suppression
from leads.store.suppressions import SuppressionRow, row_of


def any_over(tx: Tx) -> bool:
    """Whether there is a suppression that expired and was not lifted yet."""
    return driver.first(tx, _ANY_OVER, {"now": now()}) is not None


_ANY_OVER = (
    select(suppression.c.id)
    .where(suppression.c.ended_at.is_(None), suppression.c.until <= bindparam("now"))
    .limit(1)
)


def over(tx: Tx, most: int) -> list[list[SuppressionRow]]:
    """The keys of up to so many suppressions that expired, those of one suppression together."""
    some = select(suppression.c.request_id).where(_over()).distinct().limit(most)
    ids = list(tx.execute(some).scalars())
    found: dict[UUID, list[SuppressionRow]] = {}
    for row in tx.execute(select(suppression).where(suppression.c.request_id.in_(ids), _over())):
        found.setdefault(row.request_id, []).append(row_of(row))
    return list(found.values())


def lift(tx: Tx, request_id: UUID) -> bool:
    """End an expired suppression at its time; False when somebody else has done it."""
    expired = update(suppression).where(suppression.c.request_id == request_id, _over())
    return tx.execute(expired.values(ended_at=suppression.c.until)).rowcount > 0


def _over() -> ColumnElement[bool]:
    return and_(suppression.c.ended_at.is_(None), suppression.c.until <= now())
