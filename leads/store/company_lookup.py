"""Find many companies at a time: by id, by domain, by name."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import func, select

from leads.store.engine import Tx, chunks
from leads.store.facts.facts import companies_with_sites
from leads.store.schema import company, record

#: Ids or names asked for with one statement.
_AT_ONCE = 1_000


def by_ids(tx: Tx, client_id: UUID, ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """The client's companies of these ids, each with the company that it is part of now."""
    found: dict[UUID, UUID] = {}
    wanted: list[UUID] = sorted(set(ids))
    for some in chunks(wanted, _AT_ONCE):
        rows = tx.execute(
            select(company.c.id, company.c.merged_into).where(
                company.c.client_id == client_id, company.c.id.in_(some)
            )
        )
        found.update({row.id: row.merged_into or row.id for row in rows})
    return found


def by_domains(tx: Tx, client_id: UUID, domains: Iterable[str]) -> dict[str, set[UUID]]:
    """The client's companies that have each of these domains."""
    found: dict[str, set[UUID]] = {}
    for domain, owner, company_id in companies_with_sites(tx, sorted(set(domains))):
        if owner == client_id:
            found.setdefault(domain, set()).add(company_id)
    return found


def by_names(tx: Tx, client_id: UUID, names: Iterable[str]) -> dict[str, set[UUID]]:
    """The client's companies that are called so, by name in lower case."""
    found: dict[str, set[UUID]] = {}
    alive = (company.c.client_id == client_id) & company.c.merged_into.is_(None)
    spelled = sorted({form for name in names for form in (name.lower(), _ascii_lower(name))})
    for some in chunks(spelled, _AT_ONCE):
        same = func.lower(company.c.name).in_(some)
        rows = tx.execute(
            select(company.c.id, company.c.name).where(alive, company.c.gone_at.is_(None), same)
        )
        for row in rows:
            found.setdefault(row.name.casefold(), set()).add(row.id)
    return found


def by_rows(tx: Tx, client_id: UUID, names: Iterable[str]) -> dict[str, set[UUID]]:
    """The client's companies that a live row calls so, by name in lower case."""
    found: dict[str, set[UUID]] = {}
    live = (record.c.client_id == client_id) & record.c.ended_at.is_(None)
    for some in chunks(sorted({*names}), _AT_ONCE):
        rows = tx.execute(
            select(record.c.company_id, record.c.name).where(
                live, record.c.company_id.is_not(None), record.c.name.in_(some)
            )
        )
        for row in rows:
            if row.company_id is not None:
                found.setdefault(row.name.casefold(), set()).add(row.company_id)
    return found


def _ascii_lower(text: str) -> str:
    """The form that SQLite's `lower` gives a name: it knows ASCII letters only."""
    return "".join(one.lower() if one.isascii() else one for one in text)
