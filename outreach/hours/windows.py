"""Whether a place is open for calls at a moment, until when, and when it opens next.

All moments are in UTC. Days and hours are read on the clocks of the place, so changes of the clocks
shift its windows as they shift the working day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import reduce
from zoneinfo import ZoneInfo

from leads.lexicon.places.local_calendars import LocalCalendar
from outreach.hours.week import CallHours

#: Days ahead that are looked at: first a long weekend, then holidays of any length.
REACHES = (5, 60)


@dataclass(frozen=True, slots=True)
class DayKind:
    """Whether people work on a day; `holiday` is its name."""

    is_workday: bool
    holiday: str | None = None


#: What kind of day a date is in the country or region.
Days = Callable[[date], DayKind]


@dataclass(frozen=True, slots=True)
class Window:
    """A time in which calls are made."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class OpenState:
    """Whether a place is open now, and when that changes; None: not within two months."""

    is_open: bool
    changes_at: datetime | None
    #: The public holiday that closes it today.
    holiday: str | None = None


def state_at(calendar: LocalCalendar, hours: CallHours, days: Days, at: datetime) -> OpenState:
    """Whether a place is open at a moment.

    Where several time zones are possible it is open when all of them are, and breaks do not count:
    too little would be left. Zones that share no hours, as in Russia, are open when any of them is.
    """
    if hours.any_time:
        return OpenState(is_open=True, changes_at=None)
    if len(calendar.zones) > 1:
        hours = hours.without_breaks()
    for reach in REACHES:
        windows, ends = _common(calendar, hours, days, at, reach)
        if windows and (windows[0].end < ends or reach == REACHES[-1]):
            break
    else:
        windows, ends = _any(calendar, hours, days, at)

    if windows and windows[0].start <= at:
        end = windows[0].end
        return OpenState(is_open=True, changes_at=end if end < ends else None)
    today = days(at.astimezone(ZoneInfo(calendar.zones[0])).date())
    opens_at = windows[0].start if windows else None
    return OpenState(is_open=False, changes_at=opens_at, holiday=today.holiday)


def _common(
    calendar: LocalCalendar, hours: CallHours, days: Days, at: datetime, reach: int
) -> tuple[list[Window], datetime]:
    """The windows of all zones together that are not over, and until when they are known."""
    each = [list(_windows(zone, hours, days, at, reach)) for zone in calendar.zones]
    return reduce(_overlap, each), at + timedelta(days=reach - 1)


def _any(
    calendar: LocalCalendar, hours: CallHours, days: Days, at: datetime
) -> tuple[list[Window], datetime]:
    each = [list(_windows(zone, hours, days, at, REACHES[-1])) for zone in calendar.zones]
    every = sorted((one for some in each for one in some), key=lambda one: one.start)
    return list(_joined(every)), at + timedelta(days=REACHES[-1] - 1)


def _windows(
    zone_name: str, hours: CallHours, days: Days, at: datetime, reach: int
) -> Iterator[Window]:
    """The windows of one zone that are not over, from its present day on."""
    zone = ZoneInfo(zone_name)
    today = at.astimezone(zone).date()
    some = (
        window
        for ahead in range(reach + 1)
        for window in _of_day(zone, hours, days, today + timedelta(days=ahead))
    )
    yield from (one for one in _joined(some) if one.end > at)


def _of_day(zone: ZoneInfo, hours: CallHours, days: Days, day: date) -> Iterator[Window]:
    kind = days(day)
    if kind.holiday is not None:
        return
    for span in hours.on(day.weekday(), is_workday=kind.is_workday):
        start, end = _first(zone, day, span.start), _last(zone, day, span.end)
        # An hour that clocks skip is no window.
        if start < end:
            yield Window(start, end)


def _first(zone: ZoneInfo, day: date, minutes: int) -> datetime:
    """The moment of a local time; the first of two, and after the gap when clocks skip it."""
    return _wall(day, minutes).replace(tzinfo=zone).astimezone(UTC)


def _last(zone: ZoneInfo, day: date, minutes: int) -> datetime:
    """The moment of a local time; the last of two."""
    wall = _wall(day, minutes)
    return max(wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))


def _wall(day: date, minutes: int) -> datetime:
    return datetime.combine(day, time()) + timedelta(minutes=minutes)


def _joined(windows: Iterable[Window]) -> Iterator[Window]:
    """Windows in order, with those that touch or overlap as one."""
    last: Window | None = None
    for one in windows:
        if last is not None and one.start <= last.end:
            last = Window(last.start, max(last.end, one.end))
            continue
        if last is not None:
            yield last
        last = one
    if last is not None:
        yield last


def _overlap(some: Sequence[Window], others: Sequence[Window]) -> list[Window]:
    """The times that lie in both lists, each of which is in order and without overlaps."""
    found: list[Window] = []
    place = other = 0
    while place < len(some) and other < len(others):
        one, two = some[place], others[other]
        start, end = max(one.start, two.start), min(one.end, two.end)
        if start < end:
            found.append(Window(start, end))
        if one.end <= two.end:
            place += 1
        else:
            other += 1
    return found
