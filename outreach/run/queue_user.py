"""The person who works on a queue, and what their actions need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from leads.store import Tx, events
from leads.store.seat import Seat
from outreach.hours.week import ALWAYS, CallHours


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueUser:
    """One person at one campaign's queue."""

    client_id: UUID
    campaign_id: UUID
    user: str
    secret: bytes
    #: How long a lease lasts.
    lease: timedelta
    #: How long a promised call-back belongs to who promised it, after its time.
    grace: timedelta
    #: When the present day began where the user is: daily caps count from there.
    day_began: datetime
    #: When prospects are called in a campaign that does not say.
    usual_hours: CallHours = ALWAYS

    @property
    def seat(self) -> Seat:
        """The user, and the queue."""
        return Seat(self.client_id, self.campaign_id, self.user)


def log(tx: Tx, user: QueueUser, verb: str, company_id: UUID, reason: str = "") -> None:
    """Log what the person did with a company."""
    log_each(tx, user, verb, [(company_id, reason)])


def log_each(tx: Tx, user: QueueUser, verb: str, lines: Sequence[tuple[UUID, str]]) -> None:
    """Log what the person did with companies, each with a reason."""
    happened = [
        events.Happened(
            verb=verb,
            thing="company",
            thing_id=company_id,
            client_id=user.client_id,
            who=user.user,
            reason=reason,
        )
        for company_id, reason in lines
    ]
    events.log(tx, happened)


def log_expired(tx: Tx, client_id: UUID, company_id: UUID, holder: str) -> None:
    """Log that a lease was over: nobody did that."""
    line = events.Happened(
        verb="lease expired",
        thing="company",
        thing_id=company_id,
        client_id=client_id,
        reason=f"held by {holder}",
    )
    events.log(tx, [line])
