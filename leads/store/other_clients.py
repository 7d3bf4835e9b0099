"""The same companies at other clients, and when they were worked there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, func, select

from leads.clock import now
from leads.store import driver
from leads.store.bound import CLIENT
from leads.store.engine import Tx, chunks
from leads.store.schema import client, company_key, disposition, lease, queue_entry
from leads.store.signals import owners
from leads.store.snapshot import once

#: Companies asked about at a time: each has several keys.
_AT_ONCE = 500


@dataclass(frozen=True, slots=True, order=True)
class Shared:
    """A company that has a contact key in common with one of another client."""

    company_id: UUID
    other_client_id: UUID
    other_id: UUID


def sharing(tx: Tx, client_id: UUID, company_ids: Sequence[UUID]) -> list[Shared]:
    """The companies of other clients that have a stored contact key in common with one of these."""
    if not any_other(tx, client_id):
        return []
    own, other = company_key.alias("own"), company_key.alias("other")
    found: set[Shared] = set()
    for some in chunks(list(company_ids), _AT_ONCE):
        wanted = (
            select(own.c.company_id, other.c.client_id, other.c.company_id)
            .join(other, other.c.key_hash == own.c.key_hash)
            .where(own.c.company_id.in_(some), other.c.client_id != client_id)
        )
        found.update(Shared(*row) for row in tx.execute(wanted))
    return sorted(found)


def worked_since(tx: Tx, company_ids: Sequence[UUID], since: datetime) -> dict[UUID, datetime]:
    """When each company, or one that was merged into it, was worked last; only since that moment."""
    owner = owners(tx, company_ids)
    found: dict[UUID, datetime] = {}
    for some in chunks(sorted(owner)):
        wanted = select(disposition.c.company_id, func.max(disposition.c.at).label("last")).where(
            disposition.c.company_id.in_(some),
            disposition.c.undone_at.is_(None),
            disposition.c.at > since,
        )
        for row in tx.execute(wanted.group_by(disposition.c.company_id)):
            this = owner[row.company_id]
            found[this] = max(row.last, found.get(this, row.last))
    return found


def held_until(tx: Tx, company_ids: Sequence[UUID]) -> dict[UUID, datetime]:
    """Until when somebody holds each company; those that nobody holds are left out."""
    found: dict[UUID, datetime] = {}
    for some in chunks(list(company_ids)):
        wanted = (
            select(queue_entry.c.company_id, lease.c.until)
            .join(lease, lease.c.queue_entry_id == queue_entry.c.id)
            .where(
                queue_entry.c.company_id.in_(some),
                lease.c.ended_at.is_(None),
                lease.c.until > now(),
            )
        )
        for row in tx.execute(wanted):
            found[row.company_id] = max(row.until, found.get(row.company_id, row.until))
    return found


def recently_worked(tx: Tx, since: datetime) -> dict[UUID, list[UUID]]:
    """By client, the companies that were worked since that moment."""
    wanted = select(disposition.c.client_id, disposition.c.company_id).where(
        disposition.c.at > since
    )
    found: dict[UUID, list[UUID]] = {}
    for row in tx.execute(wanted.distinct()):
        found.setdefault(row.client_id, []).append(row.company_id)
    return found


#: Whether there is any.
ANY_OTHER = exists().where(client.c.id != CLIENT)
_ANY_OTHER = select(ANY_OTHER)


def any_other(tx: Tx, client_id: UUID) -> bool:
    """Whether the agency works for another client too."""
    given = {"of_client": client_id}
    return once(tx, (any_other, client_id), lambda: bool(driver.value(tx, _ANY_OTHER, given)))
