"""What a user does with a prospect besides a disposition: return, skip, postpone, note."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from leads.changes import Change, VerdictsChanged
from leads.clock import now
from leads.store import Tx, companies, company_search, desk_actions, verdicts
from leads.store.desk_actions import NewAction
from leads.store.leases import Lease
from leads.verdicts import RelationshipRow
from outreach.notes import checked_text
from outreach.run.leasing import end_lease, held_by
from outreach.run.queue_user import QueueUser, log
from outreach.times import check_again


@dataclass(frozen=True, slots=True)
class Until:
    """When a prospect comes back, as the user named it."""

    at: datetime
    #: With the zone: `2027-07-01 09:00 America/New_York`.
    named: str = ""
    #: The end of that day, when the user named no time of day.
    day_ends: datetime | None = None

    @property
    def over(self) -> datetime:
        """When the named time is over: that moment, or the end of the day."""
        return max(self.day_ends or self.at, self.at)


def release(tx: Tx, user: QueueUser, company: str | None) -> UUID:
    """Give a prospect back to the queue; the company's id."""
    held = held_by(tx, user, company)
    company_id = companies.survivor(tx, user.client_id, held.company_id)
    end_lease(tx, user, held, "released")
    record(tx, user, company_id, "released", held=held, before=related(tx, user, company_id))
    log(tx, user, "released", company_id)
    return company_id


def skip(tx: Tx, user: QueueUser, reason: str, company: str | None) -> UUID:
    """Leave a prospect to others for a day; the company's id."""
    reason = checked_text(reason, "reason", required=True)
    held = held_by(tx, user, company)
    company_id = companies.survivor(tx, user.client_id, held.company_id)
    end_lease(tx, user, held, "skipped")
    before = related(tx, user, company_id)
    record(tx, user, company_id, "skipped", reason, held=held, before=before)
    log(tx, user, "skipped", company_id, reason)
    return company_id


def postpone(
    tx: Tx, user: QueueUser, until: Until, reason: str, company: str | None
) -> tuple[UUID, list[Change]]:
    """Let a prospect come back at a moment, to anybody; who promised a call keeps the promise."""
    check_again(until.at, now())
    reason = checked_text(reason, "reason")
    held = held_by(tx, user, company)
    company_id = companies.survivor(tx, user.client_id, held.company_id)
    before = related(tx, user, company_id)
    promised_by = before.promised_by if before else None
    said = f"postponed to {until.named or until.at}" + (f": {reason}" if reason else "")
    verdicts.relate(
        tx,
        user.client_id,
        user.campaign_id,
        company_id,
        before.state if before else "untouched",
        f"{said}, said {user.user}",
        until.at,
        promised_by,
        until.over + user.grace if promised_by else None,
    )
    end_lease(tx, user, held, "postponed")
    record(tx, user, company_id, "postponed", said, held=held, before=before)
    log(tx, user, "postponed", company_id, said)
    return company_id, [VerdictsChanged(user.client_id, user.campaign_id, (company_id,))]


def write_note(tx: Tx, user: QueueUser, text: str, company: str | None) -> UUID:
    """Keep a note about the prospect held longest, or about any company; the company's id."""
    text = checked_text(text, "note", required=True)
    if company is None:
        held = held_by(tx, user, None)
        company_id = companies.survivor(tx, user.client_id, held.company_id)
    else:
        company_id = company_search.find(tx, user.client_id, company).id
    record(tx, user, company_id, "note", text)
    log(tx, user, "noted", company_id, text)
    return company_id


def related(tx: Tx, user: QueueUser, company_id: UUID) -> RelationshipRow | None:
    """How the company stands with the campaign; None: it is untouched."""
    return verdicts.relationships(tx, user.campaign_id, [company_id]).get(company_id)


def record(
    tx: Tx,
    user: QueueUser,
    company_id: UUID,
    verb: str,
    text: str = "",
    *,
    held: Lease | None = None,
    before: RelationshipRow | None = None,
    disposition_id: UUID | None = None,
    suppression_id: UUID | None = None,
) -> None:
    """Store an action with how things stood before it."""
    made = NewAction(
        client_id=user.client_id,
        campaign_id=user.campaign_id,
        company_id=company_id,
        user=user.user,
        verb=verb,
        text=text,
        lease_id=held.lease_id if held else None,
        queue_entry_id=held.entry_id if held else None,
        disposition_id=disposition_id,
        suppression_id=suppression_id,
        relationship=before,
    )
    desk_actions.add(tx, made)
