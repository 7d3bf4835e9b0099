"""What raw lists cost, of all clients that somebody may see."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from leads.store.engine import Tx
from leads.store.schema import client, raw_list


@dataclass(frozen=True, slots=True, kw_only=True)
class ListCost:
    """One list, when it was added, and what it cost; None: not stated."""

    client: str
    name: str
    vendor: str | None
    at: datetime
    minor: int | None
    currency: str | None


def list_costs(
    tx: Tx,
    clients: Collection[UUID] | None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> Iterator[ListCost]:
    """The lists that were added in a period, oldest first; `clients` leaves out all others'."""
    wanted = select(
        client.c.name.label("client"),
        raw_list.c.name,
        raw_list.c.vendor,
        raw_list.c.created_at,
        raw_list.c.cost_minor,
        raw_list.c.cost_currency,
    ).join(client, client.c.id == raw_list.c.client_id)
    if clients is not None:
        wanted = wanted.where(raw_list.c.client_id.in_(clients))
    if since is not None:
        wanted = wanted.where(raw_list.c.created_at >= since)
    if until is not None:
        wanted = wanted.where(raw_list.c.created_at < until)

    for row in tx.execute(wanted.order_by(raw_list.c.created_at, raw_list.c.id)):
        yield ListCost(
            client=row.client,
            name=row.name,
            vendor=row.vendor,
            at=row.created_at,
            minor=row.cost_minor,
            currency=row.cost_currency,
        )
