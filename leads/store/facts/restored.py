"""State retracted facts again."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import insert, select

from leads.ids import new_id
from leads.store.engine import Tx
from leads.store.schema import fact


def state_again(tx: Tx, fact_ids: Sequence[UUID]) -> list[UUID]:
    """Append copies of facts, with ids of their own; the new ids, in the order of the old."""
    rows = tx.execute(select(fact).where(fact.c.id.in_(list(fact_ids)))).mappings()
    copies = [{**row, "id": new_id()} for row in sorted(rows, key=lambda row: row["id"])]
    if copies:
        tx.execute(insert(fact), copies)
    return [one["id"] for one in copies]
