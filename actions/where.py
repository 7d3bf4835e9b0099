"""Which campaign's queue an action is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from actions.own_defaults import own_settings_of
from actions.session import Session, Transaction
from leads.clock import now
from leads.errors import UsageError
from outreach.hours.week import CallHours, parse_hours
from outreach.run.queue_user import QueueUser


@dataclass(frozen=True, slots=True)
class Where:
    """The queue of one client's campaign; None: the client's only campaign."""

    client: str = "default"
    campaign: str | None = None


def queue_user(work: Transaction, where: Where) -> QueueUser:
    """The actor at that queue."""
    client_id, campaign_id = work.campaign(where.client, where.campaign)
    settings = own_settings_of(work.tx, work.session.settings, work.actor.name)
    return user_of(work.session, work.actor.name, client_id, campaign_id, settings["time_zone"])


def user_of(
    session: Session, name: str, client_id: UUID, campaign_id: UUID, time_zone: str = ""
) -> QueueUser:
    """A person at a campaign's queue, under the settings of a session."""
    return QueueUser(
        client_id=client_id,
        campaign_id=campaign_id,
        user=name,
        secret=session.secret,
        lease=session.lease,
        grace=timedelta(hours=session.settings.call_back_grace_hours),
        day_began=_day_began(time_zone or session.settings["time_zone"]),
        usual_hours=usual_hours(session),
    )


def usual_hours(session: Session) -> CallHours:
    """When prospects are called in campaigns that do not say; UsageError for a wrong setting."""
    try:
        return parse_hours(session.settings["call_hours"])
    except UsageError as error:
        raise UsageError(f"the setting call_hours is wrong: {error.message}", error.hint) from None


def _day_began(zone: str) -> datetime:
    """The last midnight in the user's zone, or in that of the machine."""
    try:
        local = now().astimezone(ZoneInfo(zone) if zone else None)
    except (KeyError, ValueError, OSError):
        raise UsageError(
            f"the setting time_zone names no time zone: {zone!r}", "write it as Europe/Berlin"
        ) from None
    return local.replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)
