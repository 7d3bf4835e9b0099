"""The records of raw lists: one for each accepted row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, func, select, update

from leads.clock import now
from leads.recognised_columns import RecognisedColumns
from leads.store import scope
from leads.store.bulk_inserts import count_rows, indexes_built_after, insert_rows
from leads.store.engine import Tx, chunks
from leads.store.row_cells import by_name, to_store
from leads.store.schema import fact, list_import, raw_list, record

#: The columns of a new record.
_NAMES: tuple[str, ...] = ("id", "client_id", "list_id", "import_id", "row", "line", "row_key")
_NAMES += ("content_hash", "match_key", "name", "role", "raw", "end_noticed")
#: Digits of a content hash; rows of earlier versions have more.
_HASH = 32
#: From so many on, their indexes are built faster afterwards: most are in an order of their own.
_INDEXED_AFTER = 5_000
#: So many new records change how a database should look for them.
_MANY = 2_000


@dataclass(frozen=True, slots=True)
class LiveRecord:
    """What tells a live record from others of its list."""

    id: UUID
    row_key: str
    content_hash: str
    company_id: UUID | None
    role: str | None


class NewRecord(NamedTuple):
    """A row to store as a record."""

    id: UUID
    row: int
    line: int
    row_key: str
    content_hash: str
    match_key: str
    name: str
    #: In the order of its import's columns; empty ones at the end may be left out.
    cells: Sequence[str]
    #: What the row says its company is to the client; None: the role of its list.
    role: str | None = None


@dataclass(frozen=True, slots=True)
class StoredRow:
    """A record of a list as received, and the import that stored it."""

    id: UUID
    row: int
    raw: dict[str, str]
    import_id: UUID
    #: The columns of this import.
    columns: RecognisedColumns


@dataclass(frozen=True, slots=True)
class RecordRow:
    """A live record of a company as received, and the list it comes from."""

    id: UUID
    row: int
    line: int
    name: str
    raw: dict[str, str]
    list: str
    role: str


def live_records(tx: Tx, list_id: UUID) -> list[LiveRecord]:
    """The live records of the list, in the order of their rows."""
    columns = (
        record.c.id,
        record.c.row_key,
        record.c.content_hash,
        record.c.company_id,
        record.c.role,
    )
    wanted = select(*columns).where(record.c.list_id == list_id, record.c.ended_at.is_(None))
    rows = tx.execute(wanted.order_by(record.c.row, record.c.id))
    return [
        LiveRecord(record_id, row_key, content_hash[:_HASH], company_id, role)
        for record_id, row_key, content_hash, company_id, role in rows
    ]


def rows_as_received(tx: Tx, list_id: UUID, ids: Sequence[UUID]) -> Iterator[StoredRow]:
    """The cells of these records of one list."""
    imports = select(list_import.c.id, list_import.c.columns).where(
        list_import.c.list_id == list_id
    )
    columns = {row.id: row.columns for row in tx.execute(imports)}
    for some in chunks(list(ids)):
        wanted = select(record.c.id, record.c.row, record.c.raw, record.c.import_id)
        for record_id, row, raw, import_id in tx.execute(wanted.where(record.c.id.in_(some))):
            understood = columns[import_id]
            cells = by_name(raw, understood)
            yield StoredRow(record_id, row, cells, import_id, understood)


def add_records(
    tx: Tx,
    client_id: UUID,
    list_id: UUID,
    import_id: UUID,
    records: Iterable[NewRecord],
) -> None:
    """Store records of this import."""
    scope.check(tx, f"INSERT INTO {record.name}", [{"client_id": client_id}])
    belongs = (client_id.hex, list_id.hex, import_id.hex)
    rows = (
        (
            one.id.hex,
            *belongs,
            one.row,
            one.line,
            one.row_key,
            one.content_hash,
            one.match_key,
            one.name,
            one.role,
            to_store(one.cells),
            False,
        )
        for one in records
    )
    insert_rows(tx, record, _NAMES, rows)


def many_added(tx: Tx, coming: int) -> AbstractContextManager[None]:
    """Build the indexes of records after so many inserts, on SQLite.

    Inside, look records up by id alone: the other indexes are missing.
    """
    return indexes_built_after(tx, record, coming, _INDEXED_AFTER)


def count_added(tx: Tx, added: int) -> None:
    """Let the database count its rows after many records came, with the facts that they state."""
    count_rows(tx, record, added, _MANY)
    count_rows(tx, fact, added, _MANY)


def set_roles(tx: Tx, changed: Sequence[LiveRecord]) -> None:
    """Set what these records say their companies are to the client."""
    statement = (
        update(record).where(record.c.id == bindparam("row_id")).values(role=bindparam("to"))
    )
    tx.execute(statement, [{"row_id": one.id, "to": one.role} for one in changed])


def end_records(tx: Tx, ids: Sequence[UUID], by_import: UUID) -> None:
    """End the live records among these: an import replaced or withdrew them, or was undone."""
    for some in chunks(list(ids)):
        tx.execute(
            update(record)
            .where(record.c.id.in_(some), record.c.ended_at.is_(None))
            .values(ended_at=now(), ended_by=by_import)
        )


def end_records_of_import(tx: Tx, import_id: UUID) -> list[UUID]:
    """End the live records of an import that is undone; their ids."""
    wanted = select(record.c.id).where(record.c.import_id == import_id, record.c.ended_at.is_(None))
    ended = list(tx.execute(wanted).scalars())
    end_records(tx, ended, import_id)
    return ended


def restore_records(tx: Tx, import_id: UUID) -> list[UUID]:
    """Make the records live again that an import had ended; their ids."""
    wanted = select(record.c.id).where(
        record.c.ended_by == import_id, record.c.import_id != import_id
    )
    restored = list(tx.execute(wanted).scalars())
    for some in chunks(restored):
        live = update(record).where(record.c.id.in_(some))
        tx.execute(live.values(ended_at=None, ended_by=None, end_noticed=False))
    return restored


def companies_of_records(tx: Tx, record_ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """The company of each of the records that is live and has one."""
    found: dict[UUID, UUID] = {}
    for some in chunks(list(dict.fromkeys(record_ids))):
        wanted = select(record.c.id, record.c.company_id).where(
            record.c.id.in_(some), record.c.company_id.is_not(None), record.c.ended_at.is_(None)
        )
        found.update({row.id: row.company_id for row in tx.execute(wanted)})
    return found


def records_of_company(tx: Tx, company_id: UUID) -> list[RecordRow]:
    """The live records of one company as received."""
    wanted = (
        select(
            record.c.id,
            record.c.row,
            record.c.line,
            record.c.name,
            record.c.raw,
            raw_list.c.name,
            func.coalesce(record.c.role, raw_list.c.role),
            list_import.c.columns,
        )
        .join(raw_list, raw_list.c.id == record.c.list_id)
        .join(list_import, list_import.c.id == record.c.import_id)
        .where(record.c.company_id == company_id, record.c.ended_at.is_(None))
        .order_by(raw_list.c.name, record.c.row)
    )
    found = []
    for record_id, row, line, name, raw, list_name, role, columns in tx.execute(wanted):
        cells = by_name(raw, columns)
        found.append(RecordRow(record_id, row, line, name, cells, list_name, role))
    return found
