"""Find the company that a person names."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select

from leads.errors import NotFoundError, UsageError
from leads.store.companies import COMPANY, StoredCompany, stored, survivor
from leads.store.engine import Tx
from leads.store.facts.facts import companies_with_sites
from leads.store.schema import company, record


def get(tx: Tx, client_id: UUID, company_id: UUID) -> StoredCompany:
    """The company of that id, even when it was merged or no list names it any more; NotFoundError
    when there is none.
    """
    found = stored(tx, client_id, company_id)
    if found is None:
        raise NotFoundError(f"there is no company {company_id}", "see `sluice queue show`")
    return found


def find(tx: Tx, client_id: UUID, text: str) -> StoredCompany:
    """The one company meant by an id, the start of an id, a name or a domain; NotFoundError or
    UsageError (several) otherwise.
    """
    rows = _meant(tx, client_id, text.strip())
    if not rows:
        raise NotFoundError(
            f"no company is called {text!r}",
            "name it as `sluice queue show` or an export does: by name, domain or id",
        )
    if len(rows) > 1:
        names = ", ".join(f"{row.name} ({row.id})" for row in rows[:5])
        raise UsageError(
            f"{text!r} could be {names}{' and more' if len(rows) > 5 else ''}", "name it by its id"
        )
    return rows[0]


def meant(tx: Tx, client_id: UUID, text: str, most: int) -> list[StoredCompany]:
    """The companies whose id, name, domain or row a text is."""
    return _named(tx, client_id, text.strip(), most)


def _meant(tx: Tx, client_id: UUID, wanted: str, most: int = 6) -> list[StoredCompany]:
    """Companies of the client that have this id or, in this order, this name, this domain, a row
    of this name, or this text in their name.
    """
    found = _named(tx, client_id, wanted, most)
    if found or _as_id(wanted):
        return found
    alone = _alone(client_id).order_by(company.c.id).limit(most)
    return _companies(tx, alone.where(contains(wanted)))


def _named(tx: Tx, client_id: UUID, wanted: str, most: int) -> list[StoredCompany]:
    if as_id := _as_id(wanted):
        row = stored(tx, client_id, survivor(tx, client_id, as_id))
        return [row] if row and row.gone_at is None else []

    name, alone = func.lower(company.c.name), _alone(client_id)
    found = (
        _companies(tx, alone.where(name.in_(_spelled(wanted))).limit(most))
        or _companies(tx, alone.where(company.c.id.in_(_with_site(tx, wanted.lower()))))
        or _companies(tx, alone.where(company.c.id.in_(_with_row(client_id, wanted))).limit(most))
    )
    return sorted(found, key=lambda one: one.id)[:most]


def contains(wanted: str) -> ColumnElement[bool]:
    """Whether the name of a company has a text in it."""
    name = func.lower(company.c.name)
    return or_(*(name.contains(one, autoescape=True) for one in _spelled(wanted)))


def _alone(client_id: UUID) -> Select[*tuple[Any, ...]]:
    return COMPANY.where(
        company.c.client_id == client_id,
        company.c.gone_at.is_(None),
        company.c.merged_into.is_(None),
    )


def _spelled(name: str) -> list[str]:
    """The forms that the database's `lower` may give a name; SQLite's knows ASCII letters only."""
    spellings = (name, name.lower(), name.upper(), name.title())
    return sorted({lowered for one in spellings for lowered in (one.lower(), _ascii_lower(one))})


def _ascii_lower(text: str) -> str:
    return "".join(one.lower() if one.isascii() else one for one in text)


def _companies(tx: Tx, wanted: Select[*tuple[Any, ...]]) -> list[StoredCompany]:
    return [StoredCompany(*row) for row in tx.execute(wanted)]


def _with_site(tx: Tx, domain: str) -> list[UUID]:
    return [company_id for _, _, company_id in companies_with_sites(tx, [domain])]


def _with_row(client_id: UUID, name: str) -> Select[Any]:
    """The companies of live rows that have this name."""
    rows = select(record.c.company_id).where(
        record.c.client_id == client_id,
        record.c.ended_at.is_(None),
        record.c.company_id.is_not(None),
    )
    return rows.where(func.lower(record.c.name).in_(_spelled(name)))


def _as_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
