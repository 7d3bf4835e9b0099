"""What single facts cost: their part of what the answer cost that gave them."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from leads.prices import Price
from leads.store.engine import Tx, chunks
from leads.store.schema import fact


def costs(tx: Tx, fact_ids: Sequence[UUID]) -> dict[UUID, Price]:
    """What these facts cost, of those that cost anything."""
    found: dict[UUID, Price] = {}
    for some in chunks(list(fact_ids)):
        paid = select(fact.c.id, fact.c.cost_micros, fact.c.cost_currency).where(
            fact.c.id.in_(some), fact.c.cost_micros > 0
        )
        for fact_id, micros, currency in tx.execute(paid):
            assert micros is not None
            assert currency is not None
            found[fact_id] = Price(micros, currency)
    return found
