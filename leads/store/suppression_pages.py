"""Suppressions page by page, for files of any size."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, select, tuple_

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


def rows(
    tx: Tx,
    client_id: UUID,
    after: tuple[UUID, UUID] | None,
    size: int,
    seen: Collection[UUID] | None = None,
) -> list[SuppressionRow]:
    """So many keys of the same suppressions by request and id, from behind one on."""
    place = (suppression.c.request_id, suppression.c.id)
    found: list[SuppressionRow] = []
    for level in LEVELS:
        wanted = select(suppression).where(_is_of_level(client_id, level, seen), is_live())
        if after is not None:
            # The first condition is a range of the index, the second says where in it.
            wanted = wanted.where(place[0] >= after[0], tuple_(*place) > tuple_(*after))
        ordered = wanted.order_by(suppression.c.client_id, *place).limit(size)
        found += [row_of(row) for row in tx.execute(ordered)]
    return sorted(found, key=lambda one: (one.request_id, one.id))[:size]


def _of_level(client_id: UUID, level: str, seen: Collection[UUID] | None) -> Select[UUID]:
    ids = select(suppression.c.request_id).distinct()
    return ids.where(_is_of_level(client_id, level, seen), is_live())


def _is_of_level(client_id: UUID, level: str, seen: Collection[UUID] | None) -> ColumnElement[bool]:
    """Whether a suppression is of a level and counts for a client; one range of an index."""
    owner = suppression.c.client_id
    if level not in SHARED:
        return and_(suppression.c.level == level, owner == client_id)
    return and_(suppression.c.level == level, owner.is_(None), counts_for(client_id, seen))


def _with_keys(tx: Tx, wanted: Sequence[UUID]) -> list[list[SuppressionRow]]:
    found: dict[UUID, list[SuppressionRow]] = {one: [] for one in wanted}
    keys = select(suppression).where(suppression.c.request_id.in_(wanted), is_live())
    for row in tx.execute(keys.order_by(suppression.c.kind, suppression.c.key)):
        found[row.request_id].append(row_of(row))
    return list(found.values())
