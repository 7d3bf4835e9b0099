"""Records and the companies they belong to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, literal_column, select, text, update

from leads.store import driver
from leads.store.among import id_list
from leads.store.engine import Tx, chunks
from leads.store.schema import raw_list, record


class RecordOnCompany(NamedTuple):
    """A live record, and the company it sits on now."""

    id: UUID
    name: str
    match_key: str
    company_id: UUID | None
    list_id: UUID
    row_key: str
    list_name: str
    row: int

    @property
    def label(self) -> str:
        """How people find the row."""
        return f"{self.row} of {self.list_name}"

    @property
    def own_key(self) -> str:
        """A key of this row alone, for decisions between rows that say the same."""
        return _own_key(self.match_key, self.list_id, self.row_key)


def _own_key(match_key: str, list_id: UUID, row_key: str) -> str:
    return f"{match_key}@{list_id}:{row_key}"


#: Rows that are taken from the driver at once: one by one takes twice as long.
_TOGETHER = 10_000

_RECORD = select(
    record.c.id,
    record.c.name,
    record.c.match_key,
    record.c.company_id,
    record.c.list_id,
    record.c.row_key,
    raw_list.c.name,
    record.c.row,
).join(raw_list, raw_list.c.id == record.c.list_id)
#: As the partial index `record_unnoticed` has it, which SQLite does not use for `end_noticed = 0`.
_UNNOTICED: ColumnElement[Any] = literal_column("NOT record.end_noticed")
_LIVE = _RECORD.where(
    record.c.id.in_(bindparam("of_records", expanding=True)), record.c.ended_at.is_(None)
)


def live_records(tx: Tx, client_id: UUID) -> list[RecordOnCompany]:
    """The client's records that count now, oldest first."""
    live = (record.c.client_id == client_id, record.c.ended_at.is_(None))
    rows = tx.execute(_RECORD.where(*live).order_by(record.c.id))
    return [RecordOnCompany._make(row) for some in rows.partitions(_TOGETHER) for row in some]


def on_companies(tx: Tx, client_id: UUID, company_ids: Sequence[UUID]) -> list[RecordOnCompany]:
    """The records of some companies that count now, oldest first."""
    found: list[RecordOnCompany] = []
    for some in chunks(sorted(set(company_ids))):
        here = (
            record.c.client_id == client_id,
            record.c.company_id.in_(some),
            record.c.ended_at.is_(None),
        )
        found += [RecordOnCompany(*row) for row in tx.execute(_RECORD.where(*here))]
    return sorted(found, key=lambda one: one.id)


def by_ids(tx: Tx, record_ids: Sequence[UUID]) -> dict[UUID, RecordOnCompany]:
    """These records, whether or not they count now."""
    found: dict[UUID, RecordOnCompany] = {}
    for some in chunks(list(dict.fromkeys(record_ids))):
        rows = tx.execute(_RECORD.where(record.c.id.in_(some)))
        found.update({row.id: RecordOnCompany(*row) for row in rows})
    return found


def live_by_ids(tx: Tx, record_ids: Sequence[UUID]) -> list[RecordOnCompany]:
    """Those of these records that count now, oldest first."""
    rows = driver.in_runs(tx, _LIVE, {}, "of_records", list(record_ids))
    found = [RecordOnCompany(*row) for row in rows]
    return sorted(found, key=lambda one: one.id)


def live_decided(
    tx: Tx, client_id: UUID, decided: Sequence[tuple[str, str, str]]
) -> list[RecordOnCompany]:
    """The client's records that people's decisions are about, and that count now."""
    # The key of a row alone begins with what the row says, too.
    keys = {key for left, right, _ in decided for key in (left, right)}
    keys |= {key.rpartition("@")[0] for key in keys}
    live = (record.c.client_id == client_id, record.c.ended_at.is_(None))
    return [
        RecordOnCompany(*row)
        for some in chunks(sorted(keys))
        for row in tx.execute(_RECORD.where(*live, record.c.match_key.in_(some)))
    ]


def put_records(tx: Tx, placed: Sequence[tuple[UUID, UUID]]) -> None:
    """Put records on companies: pairs of record id and company id."""
    for some in chunks(list(placed)):
        _put(tx, some)


def _put(tx: Tx, placed: Sequence[tuple[UUID, UUID]]) -> None:
    if tx.dialect.name == "sqlite":
        ids = [(company_id.hex, record_id.hex) for record_id, company_id in placed]
        tx.exec_driver_sql("UPDATE record SET company_id = ? WHERE id = ?", ids)
        return

    # One statement for all of them: the server takes longer for a statement than for a row.
    records, to = zip(*placed, strict=True)
    given = {"records": id_list(records), "companies": id_list(to)}
    tx.execute(_PUT, given)


_PUT = text(
    "UPDATE record SET company_id = placed.company FROM unnest(CAST(:records AS uuid[]),"
    " CAST(:companies AS uuid[])) AS placed (record, company) WHERE record.id = placed.record"
)


def notice_ended(tx: Tx, client_id: UUID) -> set[UUID]:
    """The companies of the records that ended since this was last called."""
    ended = update(record).where(
        record.c.client_id == client_id, record.c.ended_at.is_not(None), _UNNOTICED
    )
    companies = tx.execute(ended.values(end_noticed=True).returning(record.c.company_id)).scalars()
    return {company_id for company_id in companies if company_id is not None}


def last_companies(tx: Tx, client_id: UUID, records: Sequence[RecordOnCompany]) -> dict[UUID, UUID]:
    """For each of the records the company of the newest ended record that said the same: the very
    row, else any row.
    """
    found: dict[str, UUID] = {}
    for some in chunks(list(dict.fromkeys(one.match_key for one in records))):
        wanted = select(
            record.c.match_key, record.c.list_id, record.c.row_key, record.c.company_id
        ).where(
            record.c.client_id == client_id,
            record.c.match_key.in_(some),
            record.c.ended_at.is_not(None),
            record.c.company_id.is_not(None),
        )
        for row in tx.execute(wanted.order_by(record.c.ended_at, record.c.id)):
            found[row.match_key] = found[_own_key(row.match_key, row.list_id, row.row_key)] = (
                row.company_id
            )
    said = {one.id: found.get(one.own_key) or found.get(one.match_key) for one in records}
    return {
        record_id: company_id for record_id, company_id in said.items() if company_id is not None
    }
