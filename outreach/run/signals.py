"""Record what a disposition says about interest, as a signal."""

from __future__ import annotations

from uuid import UUID

from leads.clock import now
from leads.store import Tx, signals
from leads.store.signals import NewSignal
from outreach.run.queue_user import QueueUser

#: The source of signals that come of dispositions; the disposition's id is the external id.
SOURCE = "desk"


def record_signal(
    tx: Tx, user: QueueUser, company_id: UUID, kind: str, channel: str, disposition_id: UUID
) -> None:
    """Store one signal of a disposition."""
    made = NewSignal(
        client_id=user.client_id,
        company_id=company_id,
        campaign_id=user.campaign_id,
        kind=kind,
        channel=channel,
        source=SOURCE,
        external_id=str(disposition_id),
        happened_at=now(),
        by=user.user,
    )
    signals.add(tx, [made])
