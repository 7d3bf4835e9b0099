"""The local time of one company, and whether it may be called now."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from leads.lexicon.places.local_calendars import calendar_of_key
from leads.store import Tx, queue
from outreach.hours.card import CardLocalTime, MomentThere
from outreach.hours.words import UNKNOWN, local_words
from outreach.run.call_clock import CallClock, call_clock
from outreach.run.opening import clock_of, hours_of
from outreach.run.queue_user import QueueUser

PROMISED = "the promised call comes first"


def local_time(
    tx: Tx, user: QueueUser, key: str, promised_at: datetime | None = None
) -> CardLocalTime:
    """The local time for the card; `promised_at` is when somebody promised to call."""
    return local_time_of(clock_of(tx, user, [key]), key, promised_at)


def local_time_of(
    clock: CallClock, key: str | None, promised_at: datetime | None = None
) -> CardLocalTime:
    """The local time of a calendar; unknown where no country is known."""
    calendar, state = calendar_of_key(key or ""), clock.state(key)
    if calendar is None or state is None:
        return CardLocalTime(words=UNKNOWN)
    words = local_words(calendar, state, clock.at)
    if not state.is_open and promised_at is not None and promised_at <= clock.at:
        words = f"{words}; {PROMISED}"
    return CardLocalTime(
        time_zones=calendar.zones,
        now=clock.at.astimezone(ZoneInfo(calendar.zones[0])).isoformat(timespec="minutes"),
        is_open=state.is_open,
        open_until=state.changes_at if state.is_open else None,
        opens_at=None if state.is_open else state.changes_at,
        holiday=state.holiday,
        words=words,
    )


def moment_there(tx: Tx, user: QueueUser, company_id: UUID, at: datetime) -> MomentThere | None:
    """What clocks show there at a moment that somebody named; None where no country is known."""
    row = queue.entries(tx, user.campaign_id, [company_id]).get(company_id)
    calendar = calendar_of_key((row.calendar if row else None) or "")
    if calendar is None:
        return None
    clock = call_clock(tx, hours_of(tx, user), at, [calendar.key])
    is_open = clock.is_open(calendar.key)
    clocks = clock_there(calendar.key, at)
    return MomentThere(
        time_zone=calendar.zones[0] if clocks else None,
        local=at.astimezone(ZoneInfo(calendar.zones[0])).isoformat() if clocks else None,
        is_open=is_open,
        words=", ".join(filter(None, [clocks, "" if is_open else "outside its call hours"])),
    )


def clock_there(key: str | None, at: datetime) -> str:
    """What clocks of a calendar show at a moment; empty where several zones are possible."""
    calendar = calendar_of_key(key or "")
    if calendar is None or len(calendar.zones) > 1:
        return ""
    local = at.astimezone(ZoneInfo(calendar.zones[0]))
    return f"{local:%a} {local.hour}:{local:%M} there ({calendar.zones[0]})"
