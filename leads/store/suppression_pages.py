"""Suppressions page by page, for files of any size."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import Select, select

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
    ids = _ids(client_id, level, seen)
    if after is not None:
        ids = ids.where(suppression.c.request_id > after)
    return _with_keys(tx, ids.order_by(suppression.c.request_id).limit(size))


def newest(
    tx: Tx,
    client_id: UUID,
    level: str | None,
    before: UUID | None,
    size: int,
    seen: Collection[UUID] | None = None,
) -> list[list[SuppressionRow]]:
    """The same from the last made to the first: those made before the one of that id."""
    ids = _ids(client_id, level, seen)
    if before is not None:
        ids = ids.where(suppression.c.request_id < before)
    return _with_keys(tx, ids.order_by(suppression.c.request_id.desc()).limit(size))


def _ids(client_id: UUID, level: str | None, seen: Collection[UUID] | None) -> Select[UUID]:
    ids = select(suppression.c.request_id).where(counts_for(client_id, seen), is_live()).distinct()
    return ids if level is None else ids.where(suppression.c.level == level)


def _with_keys(tx: Tx, ids: Select[UUID]) -> list[list[SuppressionRow]]:
    wanted = list(tx.execute(ids).scalars())
    found: dict[UUID, list[SuppressionRow]] = {one: [] for one in wanted}
    keys = select(suppression).where(suppression.c.request_id.in_(wanted), is_live())
    for row in tx.execute(keys.order_by(suppression.c.kind, suppression.c.key)):
        found[row.request_id].append(row_of(row))
    return list(found.values())
