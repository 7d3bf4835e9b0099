"""The imports of raw lists, and how the columns of each header were recognised."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, delete, insert, select, update

from leads.clock import now
from leads.ids import new_id
from leads.recognised_columns import RecognisedColumns
from leads.store import match_index, records
from leads.store.engine import Tx
from leads.store.schema import column_map, list_import


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One import of one file into a list."""

    id: UUID
    client_id: UUID
    list_id: UUID
    file_name: str
    file_sha256: str
    #: How many rows were imported, updated, rejected and so on.
    counts: dict[str, int]
    columns: RecognisedColumns
    at: datetime
    undone_at: datetime | None


_COLUMNS = (
    list_import.c.id,
    list_import.c.client_id,
    list_import.c.list_id,
    list_import.c.file_name,
    list_import.c.file_sha256,
    list_import.c.counts,
    list_import.c.columns,
    list_import.c.at,
    list_import.c.undone_at,
)


def add_import(
    tx: Tx,
    client_id: UUID,
    list_id: UUID,
    file_name: str,
    sha256: str,
    columns: RecognisedColumns,
) -> UUID:
    """Add an import without counts; its id."""
    made = new_id()
    tx.execute(
        insert(list_import).values(
            id=made,
            client_id=client_id,
            list_id=list_id,
            file_name=file_name,
            file_sha256=sha256,
            counts={},
            columns=columns,
            at=now(),
        )
    )
    return made


def set_counts(tx: Tx, import_id: UUID, counts: Mapping[str, int]) -> None:
    """Store the counts of an import."""
    tx.execute(update(list_import).where(list_import.c.id == import_id).values(counts=dict(counts)))


def drop_import(tx: Tx, import_id: UUID) -> None:
    """Delete an import that changed nothing."""
    tx.execute(delete(list_import).where(list_import.c.id == import_id))


def imports_of(tx: Tx, list_id: UUID) -> list[ImportRow]:
    """Every import of a list, newest first."""
    return [ImportRow(*row) for row in tx.execute(_newest_first(list_id))]


def last_import(tx: Tx, list_id: UUID) -> ImportRow | None:
    """The newest import of a list that was not undone."""
    wanted = _newest_first(list_id).where(list_import.c.undone_at.is_(None)).limit(1)
    row = tx.execute(wanted).first()
    return ImportRow(*row) if row else None


def _newest_first(list_id: UUID) -> Select[Any]:
    wanted = select(*_COLUMNS).where(list_import.c.list_id == list_id)
    return wanted.order_by(list_import.c.at.desc(), list_import.c.id.desc())


def undo_import(tx: Tx, client_id: UUID, import_id: UUID) -> tuple[list[UUID], list[UUID]]:
    """Undo an import: the ids of the records that end, and of those it had ended and that are live
    again.

    If any is live again, all records of the client are compared the next time: the key index may
    lack it, and its company may be gone.
    """
    match_index.hold(tx, client_id)
    ended = records.end_records_of_import(tx, import_id)
    restored = records.restore_records(tx, import_id)
    if restored:
        match_index.drop_head(tx, client_id)
    tx.execute(update(list_import).where(list_import.c.id == import_id).values(undone_at=now()))
    return ended, restored


def remembered_columns(tx: Tx, client_id: UUID, fingerprint: str) -> RecognisedColumns | None:
    """How a user last mapped the columns of this header; None when no user did."""
    wanted = select(column_map.c.columns).where(
        column_map.c.client_id == client_id, column_map.c.fingerprint == fingerprint
    )
    found: RecognisedColumns | None = tx.execute(wanted).scalar()
    return found


def remember_columns(tx: Tx, client_id: UUID, fingerprint: str, columns: RecognisedColumns) -> None:
    """Store how a user mapped the columns of this header."""
    same = (column_map.c.client_id == client_id) & (column_map.c.fingerprint == fingerprint)
    if not tx.execute(update(column_map).where(same).values(columns=columns, at=now())).rowcount:
        tx.execute(
            insert(column_map).values(
                id=new_id(), client_id=client_id, fingerprint=fingerprint, columns=columns, at=now()
            )
        )
