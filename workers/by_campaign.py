"""Group tasks of companies by their campaign."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from leads.store.ledger.tasks import Claimed


def companies_by_campaign(claimed: Sequence[Claimed]) -> dict[tuple[UUID, UUID], list[UUID]]:
    """The companies of `campaign:company` tasks, by client and campaign."""
    found: dict[tuple[UUID, UUID], list[UUID]] = {}
    for one in claimed:
        campaign_id, company_id = (UUID(part) for part in one.key.split(":"))
        assert one.client_id is not None
        found.setdefault((one.client_id, campaign_id), []).append(company_id)
    return found
