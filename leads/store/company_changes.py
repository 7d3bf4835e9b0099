"""Which companies changed since a moment: for what is kept of them outside of the database.

The changes are noted in their own transaction. On SQLite, where one writes at a time, a count tells
their order. On PostgreSQL a transaction may commit after a later one, so the moment is a snapshot,
and what it did not see came after it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    String,
    and_,
    cast,
    delete,
    func,
    insert,
    literal_column,
    or_,
    select,
)

from leads.clock import now
from leads.ids import new_id
from leads.store.engine import Tx, chunks
from leads.store.schema import company_change

#: Companies that one row names.
_TOGETHER = 2_000
_WIDTH = 16


@dataclass(frozen=True, slots=True)
class Moment:
    """What a transaction that reads has seen of the changes."""

    #: The last count on SQLite, a snapshot on PostgreSQL.
    place: str
    #: The newest change that it saw: a database without it is another one, or an older copy.
    newest: UUID


def note(tx: Tx, client_id: UUID, company_ids: Iterable[UUID]) -> None:
    """Note that companies of a client changed."""
    for some in chunks(list(dict.fromkeys(company_ids)), _TOGETHER):
        _add(tx, client_id, b"".join(one.bytes for one in some))


def note_erasure(tx: Tx) -> None:
    """Note that facts were erased: what is kept of any client must not be used any more."""
    _add(tx, None, None)


def _add(tx: Tx, client_id: UUID | None, companies: bytes | None) -> None:
    values: dict[str, Any] = {"client_id": client_id, "companies": companies, "at": now()}
    tx.execute(insert(company_change).values(id=new_id(), place=_place(tx), **values))


def _place(tx: Tx) -> ColumnElement[int]:
    if tx.dialect.name == "sqlite":
        last = select(func.max(company_change.c.place)).scalar_subquery()
        return func.coalesce(last, 0) + 1
    return cast(cast(func.pg_current_xact_id(), String), BigInteger)


def moment(tx: Tx) -> Moment:
    """What a transaction that reads sees of the changes."""
    newest = select(company_change.c.id, company_change.c.place).order_by(
        company_change.c.place.desc(), company_change.c.id.desc()
    )
    row = tx.execute(newest.limit(1)).one()
    if tx.dialect.name == "sqlite":
        return Moment(str(row.place), row.id)
    seen = select(cast(func.pg_current_snapshot(), String))
    return Moment(str(tx.execute(seen).scalar_one()), row.id)


def since(tx: Tx, client_id: UUID, then: Moment) -> set[UUID] | None:
    """The companies of a client that changed after a moment; None: all may have, because facts were
    erased, the notes were deleted, or the database is another one.
    """
    if not _goes_on(tx, then):
        return None
    ours = or_(company_change.c.client_id == client_id, company_change.c.client_id.is_(None))
    wanted = select(company_change.c.companies).where(ours, _after(tx, then))
    found: set[UUID] = set()
    for packed in tx.execute(wanted).scalars():
        if packed is None:
            return None
        found.update(_unpacked(packed))
    return found


def _goes_on(tx: Tx, then: Moment) -> bool:
    """Whether a moment lies in the past of this database."""
    kept = select(company_change.c.id).where(company_change.c.id == then.newest)
    if tx.execute(kept).first() is None:
        return False
    last = moment(tx).place
    if tx.dialect.name == "sqlite":
        return int(last) >= int(then.place)
    return _ends_at(last) >= _ends_at(then.place)


def _ends_at(snapshot: str) -> int:
    return int(snapshot.split(":")[1])


def _after(tx: Tx, then: Moment) -> ColumnElement[bool]:
    if tx.dialect.name == "sqlite":
        return company_change.c.place > int(then.place)
    start, end, others = then.place.split(":")
    # Nothing but digits reaches the text.
    running = ",".join(str(int(one)) for one in others.split(",") if one)
    seen = f"'{int(start)}:{int(end)}:{running}'::pg_snapshot"
    number: ColumnElement[Any] = literal_column("company_change.place::text::xid8")
    unseen = ~func.pg_visible_in_snapshot(number, literal_column(seen))
    return and_(company_change.c.place >= int(start), unseen)


def _unpacked(packed: bytes) -> Sequence[UUID]:
    return [UUID(bytes=packed[start : start + _WIDTH]) for start in range(0, len(packed), _WIDTH)]


def prune(tx: Tx, before: datetime) -> int:
    """Delete notes that are older, but for the newest one; how many."""
    last = select(func.max(company_change.c.place)).scalar_subquery()
    old = delete(company_change).where(company_change.c.at < before, company_change.c.place < last)
    return tx.execute(old).rowcount
