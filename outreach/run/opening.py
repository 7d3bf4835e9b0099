"""Which prospects of a queue may be called now, and when the next ones may."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from leads.clock import now
from leads.store import Tx, calendars, campaigns
from leads.store.claims import CallHoursText
from outreach.hours.week import CallHours, parse_hours
from outreach.run import refresh
from outreach.run.call_clock import CallClock, call_clock, look_up_holidays, misses_holidays
from outreach.run.queue_user import QueueUser

#: Rows from before calendars were kept that one claim looks up.
LOOKED_UP_AT_ONCE = 200
#: Prospects are counted up to this number.
MOST_COUNTED = 1_000


@dataclass(frozen=True, slots=True)
class NextOpening:
    """When the next free prospects may be called; None: not within two months."""

    at: datetime | None
    #: How many, up to `MOST_COUNTED`.
    prospects: int


#: The call hours of campaigns as this process has read them last.
_SEEN: dict[UUID, str | None] = {}


def hours_of(tx: Tx, user: QueueUser) -> CallHours:
    """When the prospects of the user's campaign are called."""
    text = campaigns.call_hours(tx, user.campaign_id)
    _SEEN[user.campaign_id] = text
    return _hours(text, user)


def likely_hours(user: QueueUser) -> CallHoursText | None:
    """What is probably stored if the campaign's prospects are called at any time: a claim leases
    only where it still is. None: they are not, or nobody has asked yet.
    """
    if user.campaign_id not in _SEEN:
        return None
    text = _SEEN[user.campaign_id]
    return CallHoursText(text) if _hours(text, user).any_time else None


def _hours(text: str | None, user: QueueUser) -> CallHours:
    return parse_hours(text) if text else user.usual_hours


def clock_of(tx: Tx, user: QueueUser, keys: Sequence[str | None]) -> CallClock:
    """The call hours of the user's campaign now, for these calendars."""
    return call_clock(tx, hours_of(tx, user), now(), keys)


def must_look_up(tx: Tx, user: QueueUser) -> bool:
    """Whether a claim must first keep calendars or holidays that nobody has looked up."""
    if hours_of(tx, user).any_time:
        return False
    if calendars.without_one(tx, user.campaign_id, 1):
        return True
    return misses_holidays(tx, calendars.of_free_rows(tx, user.campaign_id))


def look_up(tx: Tx, user: QueueUser) -> None:
    """Keep the calendars and holidays that the next claim needs."""
    missing = calendars.without_one(tx, user.campaign_id, LOOKED_UP_AT_ONCE)
    refresh.refresh(tx, user.client_id, user.campaign_id, missing, user.secret)
    look_up_holidays(tx, calendars.of_free_rows(tx, user.campaign_id))


def open_calendars(tx: Tx, user: QueueUser) -> list[str] | None:
    """The calendars of free prospects that may be called now; None: all, at any time."""
    if hours_of(tx, user).any_time:
        return None
    keys = calendars.of_free_rows(tx, user.campaign_id)
    clock = clock_of(tx, user, keys)
    return [key for key in keys if clock.is_open(key)]


def next_opening(tx: Tx, user: QueueUser) -> NextOpening | None:
    """When free prospects that are closed now may be called; None when there are none."""
    keys = calendars.of_free_rows(tx, user.campaign_id)
    clock = clock_of(tx, user, keys)
    found = {key: clock.state(key) for key in keys}
    closed = {key: one.changes_at for key, one in found.items() if one and not one.is_open}
    if not closed:
        return None
    first = min((at for at in closed.values() if at is not None), default=None)
    next_ones = [key for key, at in closed.items() if at == first]
    return NextOpening(first, calendars.count(tx, user.campaign_id, next_ones, MOST_COUNTED))
