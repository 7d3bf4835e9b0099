"""What SDRs did for the companies of a campaign, and what companies bought."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from leads.store.counting_signals import counting_signals
from leads.store.engine import Tx
from leads.store.figures.keys import Key, key
from leads.store.schema import disposition, lease, queue_entry, signal


@dataclass(frozen=True, slots=True)
class Reported:
    """One result that an SDR reported."""

    company_id: Key
    user: str
    kind: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Held:
    """One prospect that an SDR held until they returned it or reported."""

    company_id: Key
    user: str
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Sale:
    """One deal that was won."""

    company_id: Key
    at: datetime
    value_minor: int | None
    currency: str | None


def reported(tx: Tx, campaign_id: UUID) -> list[Reported]:
    """The results that SDRs reported, oldest first; those taken back are left out."""
    wanted = (
        select(
            key(disposition.c.company_id), disposition.c.user, disposition.c.kind, disposition.c.at
        )
        .where(disposition.c.campaign_id == campaign_id, disposition.c.undone_at.is_(None))
        .order_by(disposition.c.at)
    )
    return [Reported(*row) for row in tx.execute(wanted).all()]


def held(tx: Tx, campaign_id: UUID) -> list[Held]:
    """The leases that users ended themselves; of one that expired nobody knows how long it was
    worked.
    """
    ended_by_user = lease.c.ended_by.in_(("done", "released", "skipped", "postponed"))
    wanted = (
        select(
            key(queue_entry.c.company_id),
            lease.c.user,
            lease.c.since,
            lease.c.until,
            lease.c.ended_at,
        )
        .join(queue_entry, queue_entry.c.id == lease.c.queue_entry_id)
        .where(queue_entry.c.campaign_id == campaign_id, ended_by_user)
    )
    return [
        Held(company_id, user, since, min(until, ended_at or until))
        for company_id, user, since, until, ended_at in tx.execute(wanted).all()
    ]


def first_signals(
    tx: Tx, client_id: UUID, campaign_id: UUID, kinds: Iterable[str]
) -> dict[Key, datetime]:
    """When companies first gave a signal of some kinds."""
    wanted = (
        select(key(signal.c.company_id), func.min(signal.c.happened_at))
        .where(
            counting_signals(client_id, campaign_id),
            signal.c.kind.in_(sorted(kinds)),
        )
        .group_by(signal.c.company_id)
    )
    return dict(tx.execute(wanted).all())


def sales(tx: Tx, client_id: UUID, campaign_id: UUID, kinds: Iterable[str]) -> list[Sale]:
    """The deals won, by signals of some kinds that nobody took back, oldest first."""
    wanted = (
        select(
            key(signal.c.company_id),
            signal.c.happened_at,
            signal.c.value_minor,
            signal.c.value_currency,
        )
        .where(
            counting_signals(client_id, campaign_id),
            signal.c.kind.in_(sorted(kinds)),
        )
        .order_by(signal.c.happened_at, signal.c.id)
    )
    return [Sale(*row) for row in tx.execute(wanted).all()]
