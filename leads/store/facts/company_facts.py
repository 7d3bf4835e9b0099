"""Facts that sources stated of companies themselves, for their client alone."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select

from leads.facts import Fact
from leads.store.engine import Tx, chunks
from leads.store.facts.belonging import held
from leads.store.facts.facts import PARTS, fact_of
from leads.store.schema import fact


def stated(tx: Tx, wanted: Collection[tuple[UUID, str]]) -> dict[tuple[UUID, str], list[Fact]]:
    """What holds of companies by single sources: by (company, source)."""
    found: dict[tuple[UUID, str], list[Fact]] = {}
    sources = sorted({source for _, source in wanted})
    for some in chunks(sorted({company_id for company_id, _ in wanted})):
        rows = tx.execute(
            select(fact.c.company_id, fact.c.client_id, *PARTS).where(
                fact.c.company_id.in_(some), fact.c.source.in_(sources), held()
            )
        )
        for row in rows:
            one = fact_of(row[2:], row[1])
            found.setdefault((row[0], one.evidence.source), []).append(one)
    return found
