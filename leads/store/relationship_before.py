"""How a company stood with a campaign before something that can be undone."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, update

from leads.store import lead_sales, lead_undoing
from leads.store.engine import Tx
from leads.store.schema import relationship
from leads.verdicts import RelationshipRow

#: What a relationship is restored from.
_RESTORED = ("state", "reason", "since", "reopens_at", "promised_by", "shared_at")
_MOMENTS = ("since", "reopens_at", "shared_at")


def as_json(row: RelationshipRow | None) -> dict[str, Any] | None:
    """A relationship as it is kept; None: the company was untouched."""
    if row is None:
        return None
    values = {name: getattr(row, name) for name in _RESTORED}
    return values | {name: values[name].isoformat() for name in _MOMENTS if values[name]}


def restore(
    tx: Tx,
    campaign_id: UUID,
    company_id: UUID,
    before: dict[str, Any] | None,
    since: datetime | None,
) -> None:
    """Let the company stand with the campaign exactly as it did before.

    `since` is when the undone change related it, and a lead made from then on is dropped; None:
    another change has related it.
    """
    was_lead = before is not None and before["state"] in ("lead", "qualified_lead", "customer")
    if since is not None and not was_lead:
        lead_undoing.drop_made(tx, campaign_id, company_id, since)
    if before is None or before["state"] != "customer":
        lead_sales.take_back(tx, campaign_id, company_id)
    same = (relationship.c.campaign_id == campaign_id) & (relationship.c.company_id == company_id)
    if before is None:
        tx.execute(delete(relationship).where(same))
        return
    moments = {name: datetime.fromisoformat(before[name]) for name in _MOMENTS if before[name]}
    values = {name: before[name] for name in _RESTORED} | moments
    tx.execute(update(relationship).where(same).values(**values))
