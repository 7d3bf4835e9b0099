"""Dispositions: what came of each lease."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from uuid import UUID

from sqlalchemy import func, insert, select, update

from leads.clock import now
from leads.ids import new_id
from leads.store import driver
from leads.store.bound import CAMPAIGN, COMPANIES
from leads.store.engine import Tx, chunks
from leads.store.leases import Lease
from leads.store.schema import disposition


@dataclass(frozen=True, slots=True)
class Disposition:
    """One stored disposition."""

    company_id: UUID
    user: str
    kind: str
    note: str
    at: datetime
    channel: str


def add(
    tx: Tx,
    held: Lease,
    kind: str,
    note: str,
    again_at: datetime | None,
    channel: str = "phone",
    version: int | None = None,
    cell: str | None = None,
) -> UUID:
    """Store the disposition of a lease; its id."""
    made = new_id()
    row = {
        "id": made,
        "client_id": held.client_id,
        "campaign_id": held.campaign_id,
        "company_id": held.company_id,
        "lease_id": held.lease_id,
        "user": held.user,
        "kind": kind,
        "note": note,
        "at": now(),
        "again_at": again_at,
        "channel": channel,
        "version": version,
        "cell": cell,
        "undone_at": None,
    }
    driver.add(tx, _INSERT, [row])
    return made


def mark_undone(tx: Tx, disposition_id: UUID) -> None:
    """Store that a disposition was undone: it counts no more."""
    this = update(disposition).where(disposition.c.id == disposition_id)
    tx.execute(this.values(undone_at=now()))


_INSERT = insert(disposition)
#: The place of the moment in a row.
_AT = 4
_OF_COMPANIES = select(
    disposition.c.company_id,
    disposition.c.user,
    disposition.c.kind,
    disposition.c.note,
    disposition.c.at,
    disposition.c.channel,
    disposition.c.id,
).where(
    disposition.c.campaign_id == CAMPAIGN,
    disposition.c.company_id.in_(COMPANIES),
    disposition.c.undone_at.is_(None),
)


def of_companies(
    tx: Tx, campaign_id: UUID, company_ids: Sequence[UUID]
) -> dict[UUID, list[Disposition]]:
    """The dispositions of each company, oldest first; companies without one are left out."""
    found: dict[UUID, list[Disposition]] = {}
    for some in chunks(list(company_ids)):
        given = {"of_campaign": campaign_id, "of_companies": some}
        # Sorted here: in the statement it would make SQLite read all of the campaign in that order.
        for row in sorted(driver.read(tx, _OF_COMPANIES, given), key=itemgetter(_AT, -1)):
            found.setdefault(row[0], []).append(Disposition(*row[:-1]))
    return found


def counts(tx: Tx, campaign_id: UUID) -> dict[str, int]:
    """How often each disposition was given."""
    wanted = select(disposition.c.kind, func.count().label("n")).where(
        disposition.c.campaign_id == campaign_id, disposition.c.undone_at.is_(None)
    )
    return {row.kind: row.n for row in tx.execute(wanted.group_by(disposition.c.kind))}


def worked_since(tx: Tx, campaign_id: UUID, since: datetime, user: str | None = None) -> int:
    """How many leases ended with a disposition since that moment, of one user or of everybody."""
    wanted = select(func.count(disposition.c.lease_id.distinct())).where(
        disposition.c.campaign_id == campaign_id,
        disposition.c.at >= since,
        disposition.c.undone_at.is_(None),
    )
    if user is not None:
        wanted = wanted.where(disposition.c.user == user)
    return tx.execute(wanted).scalar_one()
