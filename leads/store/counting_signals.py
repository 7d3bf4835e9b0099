"""Which signals count for a campaign."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ColumnElement, and_, select

from leads.store.schema import signal


def counting_signals(client_id: UUID, campaign_id: UUID) -> ColumnElement[bool]:
    """Limits to the signals of a campaign, and those of no campaign, that nobody took back."""
    back = signal.alias("back")
    return and_(
        signal.c.client_id == client_id,
        signal.c.campaign_id.is_(None) | (signal.c.campaign_id == campaign_id),
        signal.c.retracts.is_(None),
        ~select(back.c.id).where(back.c.retracts == signal.c.id).exists(),
    )
