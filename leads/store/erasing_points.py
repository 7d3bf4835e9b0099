"""Find and erase what states one e-mail address or phone number: facts, cells and pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import delete, literal, select, update

from leads.store import match_erasing
from leads.store.engine import Tx, chunks
from leads.store.page_store import drop_unused
from leads.store.row_cells import by_name
from leads.store.schema import fact, list_import, page, record


@dataclass(frozen=True, slots=True)
class Stated:
    """A fact that states the value, and what it hangs on."""

    fact_id: UUID
    record_id: UUID | None
    site: str | None
    company_id: UUID | None


def facts_with(tx: Tx, attribute: str, value: str) -> list[Stated]:
    """The facts of every client that state this value."""
    wanted = select(fact.c.id, fact.c.record_id, fact.c.site, fact.c.company_id).where(
        fact.c.attribute == attribute, fact.c.value == literal(value, fact.c.value.type)
    )
    return [Stated(*row) for row in tx.execute(wanted)]


def rows_of(tx: Tx, record_ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    """The cells of rows."""
    found: dict[UUID, dict[str, Any]] = {}
    for some in chunks(list(record_ids)):
        wanted = select(record.c.id, record.c.raw, list_import.c.columns).join(
            list_import, list_import.c.id == record.c.import_id
        )
        rows = tx.execute(wanted.where(record.c.id.in_(some)))
        found.update({row.id: dict(by_name(row.raw, row.columns)) for row in rows})
    return found


def put_rows(tx: Tx, cells: Mapping[UUID, dict[str, Any]]) -> None:
    """Replace the cells of rows."""
    for record_id, raw in cells.items():
        tx.execute(update(record).where(record.c.id == record_id).values(raw=raw))


def indexes_of(tx: Tx, record_ids: Sequence[UUID]) -> list[UUID]:
    """Erase the key indexes that have keys of what these rows stated; the clients to compare again."""
    clients: set[UUID] = set()
    for some in chunks(list(record_ids)):
        wanted = select(record.c.client_id).where(record.c.id.in_(some))
        clients.update(tx.execute(wanted.distinct()).scalars())
    return [one for one in sorted(clients) if match_erasing.drop_any(tx, one)]


def pages_of_sites(tx: Tx, sites: Sequence[str]) -> int:
    """Erase the stored pages of sites; how many."""
    hashes: list[str] = []
    for some in chunks(list(sites)):
        dropped = delete(page).where(page.c.site.in_(some)).returning(page.c.content_hash)
        hashes += tx.execute(dropped).scalars()
    drop_unused(tx, hashes)
    return len(hashes)
