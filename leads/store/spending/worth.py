"""How many facts sources gave, counted by source."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, or_, select

from leads.store.engine import Tx
from leads.store.facts.belonging import held
from leads.store.schema import fact


def facts_given(
    tx: Tx,
    sources: Collection[str],
    clients: Collection[UUID] | None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> dict[str, int]:
    """How many facts that still hold each source gave in a period: shared ones, and those of these
    clients; None: of every client.
    """
    wanted = (
        select(fact.c.source, func.count())
        .where(fact.c.source.in_(sorted(sources)), held())
        .group_by(fact.c.source)
    )
    if clients is not None:
        wanted = wanted.where(or_(fact.c.client_id.is_(None), fact.c.client_id.in_(clients)))
    if since is not None:
        wanted = wanted.where(fact.c.observed_at >= since)
    if until is not None:
        wanted = wanted.where(fact.c.observed_at < until)
    return {row[0]: row[1] for row in tx.execute(wanted)}
