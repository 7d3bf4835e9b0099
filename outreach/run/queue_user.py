"""The person who works on a queue, and what their actions need."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from leads.store import Tx, events


@dataclass(frozen=True, slots=True)
class QueueUser:
    """One person at one campaign's queue."""

    client_id: UUID
    campaign_id: UUID
    user: str
    secret: bytes
    #: How long a lease lasts.
    lease: timedelta


def log(tx: Tx, user: QueueUser, verb: str, company_id: UUID, reason: str = "") -> None:
    """Log what the person did with a company."""
    line = events.Happened(
        verb=verb,
        thing="company",
        thing_id=company_id,
        client_id=user.client_id,
        who=user.user,
        reason=reason,
    )
    events.log(tx, [line])
