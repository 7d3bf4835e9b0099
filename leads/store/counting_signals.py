"""Which signals count for a campaign."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ColumnElement, and_, select

from leads.store.schema import signal
from leads.store.unindexed import unindexed


def counting_signals(client_id: UUID, campaign_id: UUID) -> ColumnElement[bool]:
    """Limits to the signals of a campaign, and those of no campaign, that nobody took back."""
    back = signal.alias("back")
    return and_(
        signal.c.client_id == client_id,
        signal.c.campaign_id.is_(None) | (signal.c.campaign_id == campaign_id),
        signal.c.retracts.is_(None),
        ~select(back.c.id).where(back.c.retracts == signal.c.id).exists(),
    )


def counting_signals_of_some(client_id: UUID, campaign_id: UUID) -> ColumnElement[bool]:
    """The same, for statements that name companies."""
    is_counted = signal.c.campaign_id.is_(None) | (signal.c.campaign_id == campaign_id)
    return and_(in_force_of_some(client_id), is_counted)


def in_force_of_some(client_id: UUID) -> ColumnElement[bool]:
    """Limits to a client's signals that nobody took back, for statements that name companies."""
    back = signal.alias("back")
    return and_(
        of_client_of_some(client_id),
        unindexed(signal.c.retracts).is_(None),
        ~select(back.c.id).where(back.c.retracts == signal.c.id).exists(),
    )


def of_client_of_some(client_id: UUID) -> ColumnElement[bool]:
    """Limits to a client's signals, for statements that name companies."""
    return unindexed(signal.c.client_id) == client_id
