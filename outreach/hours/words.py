"""Local times and call hours in words: `10:05 there (Europe/Berlin), open until 12:00`."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from leads.lexicon.places.local_calendars import LocalCalendar
from outreach.hours.windows import OpenState

UNKNOWN = "unknown, because no country is known"


def local_words(calendar: LocalCalendar, state: OpenState, at: datetime) -> str:
    """What time it is at a place, and until when it is open or when it opens."""
    return f"{_time_there(calendar, at)}, {state_words(calendar, state, at)}"


def state_words(calendar: LocalCalendar, state: OpenState, at: datetime) -> str:
    """Until when a place is open, or when it opens, on its own clocks."""
    zone = ZoneInfo(calendar.zones[0])
    there = "there" if len(calendar.zones) == 1 else f"in {calendar.zones[0]}"
    changes = state.changes_at
    if state.is_open:
        if changes is None:
            return "open"
        where = "" if len(calendar.zones) == 1 else f" {there}"
        return f"open until {_until(changes, at, zone)}{where}"
    why = f"closed for {state.holiday}, " if state.holiday else ""
    if changes is None:
        return f"{why}does not open within two months"
    return f"{why}opens in {duration(changes - at)} ({day_and_time(changes, at, zone)} {there})"


def duration(length: timedelta) -> str:
    """A length of time in its largest unit, rounded up: `20 min`, `3 h`, `2 days`."""
    minutes = -(-length // timedelta(minutes=1))
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 48 * 60:
        return f"{-(-minutes // 60)} h"
    return f"{-(-minutes // (24 * 60))} days"


def day_and_time(moment: datetime, at: datetime, zone: tzinfo | None) -> str:
    """A moment as clocks of a zone show it, with its date when it is not this week."""
    local = moment.astimezone(zone)
    day = f"{local:%a}" if moment - at < timedelta(days=6) else f"{local:%a} {local.day} {local:%b}"
    return f"{day} {local.hour}:{local:%M}"


def _until(moment: datetime, at: datetime, zone: ZoneInfo) -> str:
    local = moment.astimezone(zone)
    same_day = local.date() == at.astimezone(zone).date()
    return f"{local.hour}:{local:%M}" if same_day else day_and_time(moment, at, zone)


def _time_there(calendar: LocalCalendar, at: datetime) -> str:
    clocks = sorted(at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) for zone in calendar.zones)
    first, last = clocks[0], clocks[-1]
    if first == last:
        return f"{first:%a} {first.hour}:{first:%M} there ({calendar.zones[0]})"
    return (
        f"between {first:%a} {first.hour}:{first:%M} and {last:%a} {last.hour}:{last:%M} there"
        f" ({calendar.country} has {len(calendar.zones)} time zones)"
    )
