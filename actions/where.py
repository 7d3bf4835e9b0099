"""Which campaign's queue an action is about."""

from __future__ import annotations

from dataclasses import dataclass

from actions.session import Transaction
from outreach.run.queue_user import QueueUser


@dataclass(frozen=True, slots=True)
class Where:
    """The queue of one client's campaign; None: the client's only campaign."""

    client: str = "default"
    campaign: str | None = None


def queue_user(work: Transaction, where: Where) -> QueueUser:
    """The actor at that queue."""
    client_id, campaign_id = work.campaign(where.client, where.campaign)
    session = work.session
    return QueueUser(client_id, campaign_id, work.actor.name, session.secret, session.lease)
