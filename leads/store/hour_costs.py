"""What an hour of an SDR costs a client."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select, update

from leads.store.engine import Tx
from leads.store.schema import client


def hour_cost(tx: Tx, client_id: UUID) -> tuple[int, str] | None:
    """What an hour costs, in hundredths of a currency; None: not set."""
    wanted = select(client.c.hour_cost_minor, client.c.hour_cost_currency)
    row = tx.execute(wanted.where(client.c.id == client_id)).first()
    if row is None or row.hour_cost_minor is None or row.hour_cost_currency is None:
        return None
    return row.hour_cost_minor, row.hour_cost_currency


def set_hour_cost(tx: Tx, client_id: UUID, minor: int | None, currency: str | None) -> None:
    """Set what an hour costs, or clear it."""
    values = {"hour_cost_minor": minor, "hour_cost_currency": currency}
    tx.execute(update(client).where(client.c.id == client_id).values(values))
