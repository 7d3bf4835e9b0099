"""Leases: who may work which row of the queue, until when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    bindparam,
    insert,
    select,
    update,
)

from leads.clock import now
from leads.ids import new_id
from leads.store import driver
from leads.store.bound import CAMPAIGN, IDS
from leads.store.engine import Tx, chunks
from leads.store.queue import Place, QueueRow, values_of
from leads.store.schema import campaign, disposition, lease, queue_entry
from leads.store.unindexed import unindexed


@dataclass(frozen=True, slots=True)
class Lease:
    """One lease of one row; the token guards against a late write."""

    lease_id: UUID
    entry_id: UUID
    client_id: UUID
    campaign_id: UUID
    company_id: UUID
    user: str
    token: int
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class ExpiredLease:
    """A lease that expired or was withdrawn before its holder reported anything."""

    lease: Lease
    #: `expired` or `withdrawn`.
    how: str
    #: Whether nobody has taken the row since.
    is_free: bool


_COLUMNS = (
    lease.c.id,
    lease.c.queue_entry_id,
    lease.c.client_id,
    queue_entry.c.campaign_id,
    queue_entry.c.company_id,
    lease.c.user,
    lease.c.token,
    lease.c.since,
    lease.c.until,
)


_INSERT = insert(lease)

#: Joins the leases to their rows. Written so that no database looks for the few leases among all
#: rows of the queue, which SQLite does once it has counted the rows.
_ROW_OF_LEASE = unindexed(lease.c.queue_entry_id) == queue_entry.c.id


def in_campaign(campaign_id: UUID | BindParameter[UUID]) -> ColumnElement[bool]:
    """Whether the row of a lease belongs to a campaign.

    Written so that no database looks for the few leases among all rows of the campaign.
    """
    return unindexed(queue_entry.c.campaign_id) == campaign_id


# The client is named because an index begins with it.
_CLIENT = select(campaign.c.client_id).where(campaign.c.id == CAMPAIGN).scalar_subquery()
_LIVE = (
    select(*_COLUMNS)
    .join(queue_entry, _ROW_OF_LEASE)
    .where(
        in_campaign(CAMPAIGN),
        lease.c.client_id == _CLIENT,
        lease.c.ended_at.is_(None),
    )
    .order_by(lease.c.id)
)
_LIVE_OF_USER = _LIVE.where(lease.c.user == bindparam("for_user"))
_OVER = (
    select(*_COLUMNS)
    # An outer join, though every lease has a row: else SQLite first reads all rows.
    .outerjoin(queue_entry, _ROW_OF_LEASE)
    .where(lease.c.ended_at.is_(None), lease.c.until <= bindparam("at"), in_campaign(CAMPAIGN))
    .order_by(lease.c.until)
    .limit(bindparam("most", type_=Integer))
    .with_for_update(skip_locked=True, of=lease)
)
_RENEW = (
    update(lease)
    .where(lease.c.id.in_(IDS), lease.c.ended_at.is_(None))
    .values(until=bindparam("to"))
)
#: What is still so as when a lease was read: its token is the same.
_SAME_LEASE = (lease.c.id == bindparam("of_lease"), lease.c.token == bindparam("of_token"))
_SAME_ROW = (
    queue_entry.c.id == bindparam("of_row"),
    queue_entry.c.token == bindparam("of_token"),
)
_END = (
    update(lease)
    .where(*_SAME_LEASE, lease.c.ended_at.is_(None))
    .values(ended_at=bindparam("at"), ended_by=bindparam("how"))
)
_PLACE = (
    update(queue_entry)
    .where(*_SAME_ROW)
    .values({name: bindparam(f"to_{name}") for name in Place.__slots__})
)
_LIVE_OF_ROWS = (
    select(*_COLUMNS)
    .join(queue_entry, queue_entry.c.id == lease.c.queue_entry_id)
    .where(
        lease.c.queue_entry_id.in_(bindparam("entries", expanding=True)),
        lease.c.ended_at.is_(None),
    )
)


def take(tx: Tx, rows: Sequence[QueueRow], user: str, length: timedelta) -> list[Lease]:
    """Lease free rows to a person, in their order; those that somebody else took are left out."""
    if not rows:
        return []
    ready = update(queue_entry).where(
        queue_entry.c.id.in_([row.id for row in rows]), queue_entry.c.state == "ready"
    )
    raised = ready.values(
        state="leased", token=queue_entry.c.token + 1, attempts=queue_entry.c.attempts + 1
    )
    taken = tx.execute(raised.returning(queue_entry.c.id, queue_entry.c.token))
    tokens = {row.id: row.token for row in taken}
    return _begin(tx, [row for row in rows if row.id in tokens], tokens, user, length)


def take_back(tx: Tx, row: QueueRow, user: str, length: timedelta) -> Lease | None:
    """Lease a row to a person again, wherever it is placed now; None when somebody holds it.

    It counts as the attempt that it was before.
    """
    same = update(queue_entry).where(
        queue_entry.c.id == row.id,
        queue_entry.c.token == row.token,
        queue_entry.c.state != "leased",
    )
    if not tx.execute(same.values(state="leased", token=queue_entry.c.token + 1)).rowcount:
        return None
    return _begin(tx, [row], {row.id: row.token + 1}, user, length)[0]


def _begin(
    tx: Tx, rows: Sequence[QueueRow], tokens: Mapping[UUID, int], user: str, length: timedelta
) -> list[Lease]:
    at = now()
    made = [
        Lease(
            lease_id=new_id(),
            entry_id=row.id,
            client_id=row.client_id,
            campaign_id=row.campaign_id,
            company_id=row.company_id,
            user=user,
            token=tokens[row.id],
            since=at,
            until=at + length,
        )
        for row in rows
    ]
    if made:
        add(tx, made)
    return made


def add(tx: Tx, made: Sequence[Lease]) -> None:
    """Store new leases."""
    driver.add(tx, _INSERT, [_row(one) for one in made])


def _row(one: Lease) -> dict[str, Any]:
    return {
        "id": one.lease_id,
        "client_id": one.client_id,
        "queue_entry_id": one.entry_id,
        "user": one.user,
        "token": one.token,
        "since": one.since,
        "until": one.until,
        "ended_at": None,
        "ended_by": None,
    }


def renew(tx: Tx, held: Sequence[Lease], length: timedelta) -> list[Lease]:
    """Let live leases of one person last from now on; the leases as they are then."""
    until = now() + length
    for some in chunks([one.lease_id for one in held]):
        driver.change(tx, _RENEW, {"ids": some, "to": until})
    return [replace(one, until=until) for one in held]


def live(tx: Tx, campaign_id: UUID, user: str | None = None) -> list[Lease]:
    """The live leases of a campaign, or of one person in it, oldest first."""
    wanted = _LIVE if user is None else _LIVE_OF_USER
    given = {"of_campaign": campaign_id, "for_user": user}
    return [Lease(*row) for row in driver.read(tx, wanted, given)]


def of_rows(tx: Tx, entry_ids: Sequence[UUID]) -> list[Lease]:
    """The live leases of these rows of the queue."""
    found: list[Lease] = []
    for some in chunks(list(entry_ids)):
        found += [Lease(*row) for row in driver.run(tx, _LIVE_OF_ROWS, {"entries": some})]
    return found


def over(tx: Tx, campaign_id: UUID, limit: int = 500) -> list[Lease]:
    """The leases of a campaign whose time is up and that nobody has ended yet, oldest first."""
    given = {"of_campaign": campaign_id, "at": now(), "most": limit}
    return [Lease(*row) for row in driver.run(tx, _OVER, given)]


def holders(tx: Tx, campaign_id: UUID, company_ids: Sequence[UUID]) -> dict[UUID, str]:
    """Who holds each of the companies now; those that nobody holds are left out."""
    found: dict[UUID, str] = {}
    for some in chunks(list(company_ids)):
        wanted = (
            select(queue_entry.c.company_id, lease.c.user)
            .join(lease, lease.c.queue_entry_id == queue_entry.c.id)
            .where(
                queue_entry.c.campaign_id == campaign_id,
                queue_entry.c.company_id.in_(some),
                lease.c.ended_at.is_(None),
                lease.c.until > now(),
            )
        )
        found.update({row.company_id: row.user for row in tx.execute(wanted)})
    return found


def move(tx: Tx, held: Lease, place: Place) -> None:
    """Change where the row of a live lease is placed; it stays leased."""
    row = update(queue_entry).where(
        queue_entry.c.id == held.entry_id,
        queue_entry.c.token == held.token,
        queue_entry.c.state == "leased",
    )
    tx.execute(row.values(values_of(place) | {"state": "leased"}))


def end(tx: Tx, held: Lease, how: str, place: Place) -> bool:
    """End a lease and place its row; False when the lease had ended already."""
    ended = {"of_lease": held.lease_id, "of_token": held.token, "at": now(), "how": how}
    if not driver.change(tx, _END, ended):
        return False
    placed = {f"to_{name}": value for name, value in values_of(place).items()}
    driver.change(tx, _PLACE, {"of_row": held.entry_id, "of_token": held.token, **placed})
    return True


def expired_of(tx: Tx, campaign_id: UUID, user: str) -> list[ExpiredLease]:
    """A person's leases that expired or were withdrawn without a disposition, newest first."""
    wanted = (
        select(*_COLUMNS, lease.c.ended_by, queue_entry.c.token.label("token_now"))
        .join(queue_entry, _ROW_OF_LEASE)
        .outerjoin(disposition, disposition.c.lease_id == lease.c.id)
        .where(
            in_campaign(campaign_id),
            lease.c.user == user,
            lease.c.ended_by.in_(("expired", "withdrawn")),
            disposition.c.id.is_(None),
        )
        .order_by(lease.c.id.desc())
        .limit(20)
    )
    rows: list[Any] = list(tx.execute(wanted))
    return [
        ExpiredLease(Lease(*row[:-2]), row.ended_by, is_free=row.token == row.token_now)
        for row in rows
    ]
