"""Where what is stored of a company comes from: rows of lists, pages, and people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from leads.store.engine import Tx, chunks
from leads.store.schema import list_import, raw_list, record


@dataclass(frozen=True, slots=True)
class ListOrigin:
    """One row of a list, and the file that brought it."""

    record_id: UUID
    list_name: str
    vendor: str | None
    #: The day the list speaks of, where that is known.
    as_of: date | None
    file_name: str
    imported_at: datetime
    line: int
    #: Set when the list does not hold the row any more.
    ended_at: datetime | None


def of_companies(tx: Tx, client_id: UUID, company_ids: Sequence[UUID]) -> list[ListOrigin]:
    """The rows that name these companies now or once did, oldest import first."""
    found: list[ListOrigin] = []
    for some in chunks(list(company_ids)):
        wanted = (
            select(
                record.c.id,
                raw_list.c.name,
                raw_list.c.vendor,
                raw_list.c.as_of,
                list_import.c.file_name,
                list_import.c.at,
                record.c.line,
                record.c.ended_at,
            )
            .join(raw_list, raw_list.c.id == record.c.list_id)
            .join(list_import, list_import.c.id == record.c.import_id)
            .where(record.c.client_id == client_id, record.c.company_id.in_(some))
            .order_by(list_import.c.at, record.c.id)
        )
        found += [ListOrigin(*row) for row in tx.execute(wanted)]
    return found
