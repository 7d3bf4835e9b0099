"""Suppressed names: read to be compared by their spelling."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import or_, select

from leads.store.engine import Tx
from leads.store.schema import suppression
from leads.store.suppressions import applies_to, is_live

#: With more ends than this, every name is read: that is faster than to look for each.
MOST_ENDS = 300


def names(
    tx: Tx, client_id: UUID, campaign_id: UUID | None, heads: frozenset[str], tails: frozenset[str]
) -> list[str]:
    """The normal forms of the suppressed company names that apply here, were not erased, and begin
    or end with one of these letters.
    """
    # Only names have letters at their ends. The index by the first ones holds all that is read.
    live = select(suppression.c.key).where(
        suppression.c.head.is_not(None), suppression.c.channel.is_(None), is_live()
    )
    if len(heads) + len(tails) <= MOST_ENDS:
        ends = or_(suppression.c.head.in_(sorted(heads)), suppression.c.tail.in_(sorted(tails)))
        live = live.where(ends)
    keys = tx.execute(live.where(applies_to(client_id, campaign_id))).scalars().all()
    return [key for key in keys if key is not None]


def origins_of_name(
    tx: Tx, client_id: UUID, campaign_id: UUID | None, form: str
) -> set[UUID | None]:
    """The clients that the live suppressions of a name come from; None among them: this one, or
    the agency itself.
    """
    origin = suppression.c.origin_id
    wanted = select(origin).where(
        suppression.c.kind == "company",
        suppression.c.head == form[:3],
        suppression.c.key == form,
        is_live(),
        applies_to(client_id, campaign_id),
    )
    return set(tx.execute(wanted).scalars())
