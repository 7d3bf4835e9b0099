"""Suppressions page by page, for files of any size."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import Select, select

from leads.levels import LEVELS, SHARED
from leads.store.engine import Tx
from leads.store.schema import suppression
from leads.store.suppressions import SuppressionRow, counts_for, is_live, row_of


def page(
    tx: Tx,
    client_id: UUID,
    level: str | None,
    after: UUID | None,
    size: int,
    seen: Collection[UUID] | None = None,
) -> list[list[SuppressionRow]]:
    """The next live suppressions of a client, the agency and the law, each with all its keys, by
    request id; empty at the end. No `level`: of each; `seen`: as `counts_for` takes it.
    """
    ids = select(suppression.c.request_id).where(counts_for(client_id, seen), is_live()).distinct()
    if level is not None:
        ids = ids.where(suppression.c.level == level)
    if after is not None:
        ids = ids.where(suppression.c.request_id > after)
    wanted = ids.order_by(suppression.c.request_id).limit(size)
    return _with_keys(tx, list(tx.execute(wanted).scalars()))


def newest(
    tx: Tx,
    client_id: UUID,
    level: str | None,
    before: UUID | None,
    size: int,
    seen: Collection[UUID] | None = None,
) -> list[list[SuppressionRow]]:
    """The same from the last made to the first: those made before the one of that id."""
    found: set[UUID] = set()
    for one in LEVELS if level is None else (level,):
        # Each level by itself is a range of one index, however many other clients have.
        ids = _of_level(client_id, one, seen)
        if before is not None:
            ids = ids.where(suppression.c.request_id < before)
        ids = ids.order_by(suppression.c.request_id.desc()).limit(size)
        found.update(tx.execute(ids).scalars())
    return _with_keys(tx, sorted(found, reverse=True)[:size])


def _of_level(client_id: UUID, level: str, seen: Collection[UUID] | None) -> Select[UUID]:
    owner = suppression.c.client_id
    ids = select(suppression.c.request_id).where(suppression.c.level == level, is_live()).distinct()
    if level not in SHARED:
        return ids.where(owner == client_id)
    return ids.where(owner.is_(None), counts_for(client_id, seen))


def _with_keys(tx: Tx, wanted: Sequence[UUID]) -> list[list[SuppressionRow]]:
    found: dict[UUID, list[SuppressionRow]] = {one: [] for one in wanted}
    keys = select(suppression).where(suppression.c.request_id.in_(wanted), is_live())
    for row in tx.execute(keys.order_by(suppression.c.kind, suppression.c.key)):
        found[row.request_id].append(row_of(row))
    return list(found.values())
