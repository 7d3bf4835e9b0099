"""Companies: how they are added, renamed, merged and left without records."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, or_, select, update

from leads.clock import now
from leads.store import driver
from leads.store.among import is_id_among
from leads.store.bound import COMPANIES
from leads.store.engine import Tx, chunks
from leads.store.many_rows import insert_many
from leads.store.schema import company, record
from leads.store.snapshot import FEW, is_about_few, once, tell


@dataclass(frozen=True, slots=True)
class CompanyRow:
    """A company to be written."""

    id: UUID
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class StoredCompany:
    """A company as it is stored."""

    id: UUID
    client_id: UUID
    kind: str
    name: str
    #: One sentence: why its records are held to be one company.
    reason: str
    merged_into: UUID | None
    #: Set when no live record names it any more.
    gone_at: datetime | None
    created_at: datetime


def companies_of(tx: Tx, client_id: UUID) -> dict[UUID, CompanyRow]:
    """The client's companies that are neither merged nor gone."""
    wanted = select(company.c.id, company.c.name, company.c.reason)
    rows = tx.execute(
        wanted.where(
            company.c.client_id == client_id,
            company.c.merged_into.is_(None),
            company.c.gone_at.is_(None),
        )
    )
    return {row.id: CompanyRow(*row) for row in rows}


def ids_of(tx: Tx, client_id: UUID) -> list[UUID]:
    """Their ids alone, oldest first: names of a million companies are half a gigabyte."""
    wanted = select(company.c.id).where(
        company.c.client_id == client_id,
        company.c.merged_into.is_(None),
        company.c.gone_at.is_(None),
    )
    return sorted(tx.execute(wanted).scalars())


def rows_among(tx: Tx, company_ids: Sequence[UUID]) -> dict[UUID, CompanyRow]:
    """Those of the companies that are neither merged nor gone."""
    wanted = select(company.c.id, company.c.name, company.c.reason).where(
        company.c.merged_into.is_(None), company.c.gone_at.is_(None)
    )
    return {
        row.id: CompanyRow(*row)
        for some in chunks(list(company_ids))
        for row in tx.execute(wanted.where(company.c.id.in_(some)))
    }


_NAMED = select(company.c.id, company.c.name).where(company.c.id.in_(COMPANIES))


def names_of(tx: Tx, company_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The names of companies."""
    found: dict[UUID, str] = {}
    for some in chunks(list(dict.fromkeys(company_ids))):
        found.update(driver.pairs(tx, _NAMED, {"of_companies": some}))
    return found


def add_companies(tx: Tx, client_id: UUID, kind: str, rows: Iterable[CompanyRow]) -> None:
    """Store new companies."""
    shared = {"client_id": client_id, "kind": kind, "created_at": now()}
    fresh = [{"id": one.id, "name": one.name, "reason": one.reason} for one in rows]
    insert_many(tx, company, shared, fresh)


def rename(tx: Tx, rows: Sequence[CompanyRow]) -> None:
    """Write the name and reason of companies whose records changed; they count again if they were
    gone.
    """
    if rows:
        statement = (
            update(company)
            .where(company.c.id == bindparam("of"))
            .values(name=bindparam("to"), reason=bindparam("why"), gone_at=None)
        )
        tx.execute(statement, [{"of": one.id, "to": one.name, "why": one.reason} for one in rows])


def redirect(tx: Tx, merges: Sequence[tuple[UUID, UUID]]) -> None:
    """Let merged companies point at the one that survives, and all that pointed at them too."""
    if merges:
        statement = update(company).where(
            or_(company.c.id == bindparam("gone"), company.c.merged_into == bindparam("gone"))
        )
        tx.execute(
            statement.values(merged_into=bindparam("to")),
            [{"gone": gone, "to": to} for gone, to in merges],
        )


def leave(tx: Tx, company_ids: Sequence[UUID]) -> set[UUID]:
    """Mark those of the companies that no live record names any more; their ids."""
    named = (
        select(record.c.id)
        .where(record.c.company_id == company.c.id, record.c.ended_at.is_(None))
        .exists()
    )
    left: set[UUID] = set()
    for some in chunks(list(company_ids)):
        left.update(
            tx.execute(
                update(company)
                .where(company.c.id.in_(some), ~named)
                .values(gone_at=now())
                .returning(company.c.id)
            ).scalars()
        )
    return left


_NAMES = StoredCompany.__slots__
#: Every company with all that is stored of it.
COMPANY = select(*(company.c[name] for name in _NAMES))
_BY_ID = COMPANY.where(company.c.id.in_(COMPANIES))
_OVER = select(company.c.id, company.c.merged_into).where(
    company.c.merged_into.is_not(None) | company.c.gone_at.is_not(None)
)
_OVER_BY_ID = _OVER.where(company.c.id.in_(COMPANIES))


def survivor(tx: Tx, client_id: UUID, company_id: UUID) -> UUID:
    """The company that this one is part of now: itself, or the one it was merged into."""
    row = stored(tx, client_id, company_id)
    return row.merged_into or company_id if row else company_id


def stored(tx: Tx, client_id: UUID, company_id: UUID) -> StoredCompany | None:
    """The client's company of that id, even when it was merged or no list names it any more."""
    found = once(tx, (stored, company_id), lambda: _stored(tx, [company_id]).get(company_id))
    return found if found and found.client_id == client_id else None


def _stored(tx: Tx, company_ids: Sequence[UUID]) -> dict[UUID, StoredCompany]:
    rows = driver.run(tx, _BY_ID, {"of_companies": company_ids})
    return {row[0]: StoredCompany(**dict(zip(_NAMES, row, strict=True))) for row in rows}


def survivors(tx: Tx, client_id: UUID) -> dict[UUID, UUID]:
    """The client's merged companies, each with the one it is part of now."""
    wanted = select(company.c.id, company.c.merged_into).where(
        company.c.client_id == client_id, company.c.merged_into.is_not(None)
    )
    return {row.id: row.merged_into for row in tx.execute(wanted)}


def over_among(tx: Tx, company_ids: Sequence[UUID]) -> dict[UUID, str]:
    """Which of the companies count no more, and why: they are part of another now, or no list names
    them any more.
    """
    found: dict[UUID, str] = {}
    if is_about_few(tx, company_ids):
        for company_id, row in _stored(tx, company_ids).items():
            tell(tx, (stored, company_id), row)
            if row.merged_into or row.gone_at:
                found[company_id] = _over(row.merged_into)
        return found
    for some in chunks(list(company_ids)):
        found |= {one: _over(merged_into) for one, merged_into in _over_of(tx, some)}
    return found


def _over_of(tx: Tx, company_ids: Sequence[UUID]) -> Sequence[Sequence[Any]]:
    if len(company_ids) <= FEW:
        return driver.run(tx, _OVER_BY_ID, {"of_companies": company_ids})
    return tx.execute(_OVER.where(is_id_among(tx, company.c.id, company_ids))).all()


def _over(merged_into: UUID | None) -> str:
    return "it is part of another company now" if merged_into else "no list names it any more"
