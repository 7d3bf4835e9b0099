"""The sites found for companies, with the reasons and people's words; and names looked up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, delete, func, insert, select

from leads.clock import now
from leads.ids import new_id
from leads.store.engine import Tx, chunks
from leads.store.schema import company, name_look_up, record, site_finding

#: After this long a company whose site was not found is searched again.
AGAIN = timedelta(days=90)
#: How long a look-up holds: names are registered more often than given up.
HOLDS = {"found": timedelta(days=30), "missing": timedelta(days=7), "failed": timedelta(hours=1)}
_HOLDS = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFinding:
    """What is held about one company's site."""

    client_id: UUID
    company_id: UUID
    domain: str | None
    #: `accept`, `review` or `abstain`.
    band: str
    odds: float
    #: `mark`, `weight` and `quote` of each.
    reasons: Sequence[Mapping[str, Any]]
    lacks: Sequence[str]
    denied: Sequence[str]
    fact_ids: Sequence[str]
    basis: str
    said_by: str | None = None
    before: Mapping[str, Any] | None = None
    found_at: datetime


@dataclass(frozen=True, slots=True)
class LookedUpName:
    """One answer of the name service."""

    name: str
    known: str
    hosts: tuple[str, ...]


_NAMES = tuple(field.name for field in fields(StoredFinding))
_COLUMNS = select(*(site_finding.c[name] for name in _NAMES))
#: The company is one still: it was not merged into another, and has records.
_STANDS = and_(
    company.c.id == site_finding.c.company_id,
    company.c.merged_into.is_(None),
    company.c.gone_at.is_(None),
)


def of_companies(tx: Tx, client_id: UUID, company_ids: Sequence[UUID]) -> dict[UUID, StoredFinding]:
    """What is held about each of the companies."""
    found: dict[UUID, StoredFinding] = {}
    for some in chunks(list(company_ids)):
        wanted = _COLUMNS.where(
            site_finding.c.client_id == client_id, site_finding.c.company_id.in_(some)
        )
        found |= {one.company_id: one for one in _read(tx, wanted)}
    return found


def _read(tx: Tx, wanted: Select[Any]) -> list[StoredFinding]:
    return [StoredFinding(**dict(zip(_NAMES, row, strict=True))) for row in tx.execute(wanted)]


def put(tx: Tx, findings: Iterable[StoredFinding]) -> None:
    """Store findings in place of those of the same companies before."""
    every = list(findings)
    for some in chunks([one.company_id for one in every]):
        tx.execute(delete(site_finding).where(site_finding.c.company_id.in_(some)))
    rows = [
        {"id": new_id(), **{name: _plain(getattr(one, name)) for name in _NAMES}} for one in every
    ]
    for batch in chunks(rows, 500):
        tx.execute(insert(site_finding), batch)


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def due(tx: Tx, client_id: UUID, company_ids: Sequence[UUID]) -> list[UUID]:
    """Those of the companies whose site was not looked for, or so long ago that it is due again."""
    held: set[UUID] = set()
    for some in chunks(list(company_ids)):
        wanted = select(site_finding.c.company_id).where(
            site_finding.c.client_id == client_id,
            site_finding.c.company_id.in_(some),
            site_finding.c.found_at > now() - AGAIN,
        )
        held.update(tx.execute(wanted).scalars())
    return [one for one in company_ids if one not in held]


def taken_by_machine(tx: Tx, sites: Sequence[str]) -> list[StoredFinding]:
    """The findings that took one of the sites without a person's word."""
    found: list[StoredFinding] = []
    for some in chunks(list(sites)):
        wanted = _COLUMNS.join(company, _STANDS).where(
            site_finding.c.domain.in_(some),
            site_finding.c.band == "accept",
            site_finding.c.said_by.is_(None),
        )
        found += _read(tx, wanted)
    return found


def waiting(tx: Tx, client_id: UUID, limit: int) -> list[tuple[str, StoredFinding]]:
    """The findings that wait for a person, each with the company's name, the likeliest first."""
    wanted = select(company.c.name, *(site_finding.c[name] for name in _NAMES))
    rows = tx.execute(
        wanted.join(company, _STANDS)
        .where(*_waits(client_id))
        .order_by(site_finding.c.odds.desc(), site_finding.c.company_id)
        .limit(limit)
    )
    return [(row[0], StoredFinding(**dict(zip(_NAMES, row[1:], strict=True)))) for row in rows]


def count_waiting(tx: Tx, client_id: UUID) -> int:
    """How many findings wait for a person."""
    wanted = select(func.count(site_finding.c.id)).join(company, _STANDS)
    return tx.execute(wanted.where(*_waits(client_id))).scalar() or 0


def _waits(client_id: UUID) -> tuple[Any, ...]:
    return (
        site_finding.c.client_id == client_id,
        site_finding.c.band == "review",
        site_finding.c.said_by.is_(None),
    )


def first_record(tx: Tx, client_id: UUID, company_id: UUID) -> UUID | None:
    """The oldest live record of a company, which carries what is found for its name."""
    wanted = select(record.c.id).where(
        record.c.client_id == client_id,
        record.c.company_id == company_id,
        record.c.ended_at.is_(None),
    )
    return tx.execute(wanted.order_by(record.c.id).limit(1)).scalar()


def looked_up(tx: Tx, names: Sequence[str]) -> dict[str, LookedUpName]:
    """The answers of earlier look-ups that still hold, by name."""
    found: dict[str, LookedUpName] = {}
    at = now()
    for some in chunks(list(names)):
        wanted = select(name_look_up).where(name_look_up.c.name.in_(some))
        for row in tx.execute(wanted):
            if at - row.looked_up_at < HOLDS.get(row.known, _HOLDS):
                found[row.name] = LookedUpName(row.name, row.known, tuple(row.hosts))
    return found


def keep_look_ups(tx: Tx, names: Sequence[LookedUpName]) -> None:
    """Store look-ups in place of those before."""
    for some in chunks([one.name for one in names]):
        tx.execute(delete(name_look_up).where(name_look_up.c.name.in_(some)))
    at = now()
    rows = [
        {"name": one.name, "known": one.known, "hosts": list(one.hosts), "looked_up_at": at}
        for one in names
    ]
    for batch in chunks(rows, 1_000):
        tx.execute(insert(name_look_up), batch)
