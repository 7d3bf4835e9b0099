"""Pairs of records that a person could not decide, and is not asked about again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, insert, select

from leads.clock import now
from leads.ids import new_id
from leads.store.engine import Tx
from leads.store.schema import unsure_pair


def of_client(tx: Tx, client_id: UUID) -> list[tuple[str, str]]:
    """The pairs of keys that people could not decide."""
    wanted = select(unsure_pair.c.left_key, unsure_pair.c.right_key)
    mine = wanted.where(unsure_pair.c.client_id == client_id)
    rows = tx.execute(mine.order_by(unsure_pair.c.left_key, unsure_pair.c.right_key))
    return [(row.left_key, row.right_key) for row in rows]


def put(tx: Tx, client_id: UUID, keys: tuple[str, str], by: str) -> None:
    """Write down that a person could not decide a pair."""
    left, right = sorted(keys)
    forget(tx, client_id, [(left, right)])
    row = {"left_key": left, "right_key": right, "by": by, "at": now()}
    tx.execute(insert(unsure_pair).values(id=new_id(), client_id=client_id, **row))


def forget(tx: Tx, client_id: UUID, pairs: Iterable[tuple[str, str]]) -> None:
    """Let pairs be asked about again."""
    for left, right in {(min(pair), max(pair)) for pair in pairs}:
        this = (
            (unsure_pair.c.client_id == client_id)
            & (unsure_pair.c.left_key == left)
            & (unsure_pair.c.right_key == right)
        )
        tx.execute(delete(unsure_pair).where(this))


def last_of(tx: Tx, client_id: UUID, by: str) -> tuple[datetime, tuple[str, str]] | None:
    """The pair that a person could not decide last, and when."""
    newest = select(func.max(unsure_pair.c.at)).where(
        unsure_pair.c.client_id == client_id, unsure_pair.c.by == by
    )
    at = tx.execute(newest).scalar()
    wanted = select(unsure_pair.c.left_key, unsure_pair.c.right_key).where(
        unsure_pair.c.client_id == client_id, unsure_pair.c.by == by, unsure_pair.c.at == at
    )
    row = tx.execute(wanted).first() if at is not None else None
    return (at, (row.left_key, row.right_key)) if row and at else None
