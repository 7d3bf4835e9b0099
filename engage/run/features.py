"""What is known of companies before they are contacted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from engage.predict.features import cells
from engage.signals.kinds import catalogue
from leads.store import Tx, dispositions, signals
from leads.store.facts import facts


def features(
    tx: Tx,
    client_id: UUID,
    campaign_id: UUID,
    company_ids: Sequence[UUID],
    before: Mapping[UUID, datetime],
) -> dict[UUID, dict[str, str]]:
    """The cells of each company; a company that `before` leaves out was not contacted."""
    held = facts.of_companies(tx, client_id, company_ids)
    heard = signals.of_companies(tx, client_id, company_ids)
    names = catalogue().names
    found = {}
    for one in company_ids:
        happened = [
            (names.get(row.kind, row.kind), row.happened_at)
            for row in heard.get(one, ())
            if row.campaign_id in (None, campaign_id)
        ]
        found[one] = cells(held[one], happened, before.get(one))
    return found


def first_contacts(tx: Tx, campaign_id: UUID, company_ids: Sequence[UUID]) -> dict[UUID, datetime]:
    """When each company was first contacted; those that were not are left out."""
    found = dispositions.of_companies(tx, campaign_id, company_ids)
    return {one: some[0].at for one, some in found.items()}
