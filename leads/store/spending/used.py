"""Which companies use which answers, and the lists that companies came by."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select

from leads.store.among import is_id_among
from leads.store.engine import Tx, chunks
from leads.store.schema import record, spending_line
from leads.store.unindexed import unindexed

#: Lines that say that an answer was used for a company.
USED = "used"


def used_by(tx: Tx, client_id: UUID, company_ids: Collection[UUID]) -> set[tuple[UUID, UUID]]:
    """The (company, question) of answers that were used for companies."""
    found: set[tuple[UUID, UUID]] = set()
    line = spending_line.c
    for some in chunks(sorted(company_ids)):
        wanted = select(line.company_id, line.question_id).where(
            unindexed(line.client_id) == client_id,
            is_id_among(tx, line.company_id, some),
            line.why == USED,
        )
        for company_id, question_id in tx.execute(wanted):
            assert company_id is not None
            found.add((company_id, question_id))
    return found


def first_lists(tx: Tx, client_id: UUID, company_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """The list that named each company first."""
    found: dict[UUID, tuple[UUID, UUID]] = {}
    for some in chunks(sorted(company_ids)):
        wanted = select(record.c.company_id, record.c.id, record.c.list_id).where(
            unindexed(record.c.client_id) == client_id,
            is_id_among(tx, record.c.company_id, some),
            record.c.ended_at.is_(None),
        )
        for company_id, record_id, list_id in tx.execute(wanted):
            assert company_id is not None
            if company_id not in found or record_id < found[company_id][0]:
                found[company_id] = (record_id, list_id)
    return {company_id: list_id for company_id, (_, list_id) in found.items()}
