"""The local time of one company, and whether it may be called now."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from leads.lexicon.places.local_calendars import calendar_of_key
from leads.store import Tx
from outreach.hours.card import CardLocalTime
from outreach.hours.words import UNKNOWN, local_words
from outreach.run.call_clock import CallClock
from outreach.run.opening import clock_of
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
