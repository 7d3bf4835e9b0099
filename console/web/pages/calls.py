"""The calls that a user promised: one day by its hours, and the days that follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from fastapi import APIRouter, Request
from fastapi.responses import Response

from actions import queue_views
from actions.queue_views import QueueLine
from console.cli.moments import user_zone
from console.web.logged_in import Reader
from console.web.rendering import page
from leads.clock import now

router = APIRouter()

#: The hours that a day shows at least, and the days of the strip.
EARLIEST, LATEST, DAYS = 8, 18, 7


@dataclass(frozen=True, slots=True)
class Call:
    """A promised call on the user's clock."""

    at: datetime
    line: QueueLine
    #: What clocks show there.
    there: str
    #: Its time has come.
    is_due: bool


@dataclass(frozen=True, slots=True)
class Hour:
    """The calls of one hour of the day."""

    hour: int
    is_now: bool
    calls: Sequence[Call]


@router.get("/calls")
def show(request: Request, here: Reader, day: date | None = None) -> Response:
    """Show the promised calls, on the user's own clock."""
    zone = user_zone(here.zone)
    at = now()
    clock = zone.clock(at)
    mine = queue_views.mine(here.session, here.where)
    there = mine.at_call_back
    calls = [
        Call(zone.clock(one.not_before), one, there.get(one.company_id, ""), one.not_before < at)
        for one in mine.call_backs
        if one.not_before
    ]
    shown = day or clock.date()
    later = [one for one in calls if one.at.date() > shown]
    values = {
        "day": shown,
        "is_today": shown == clock.date(),
        "missed": [one for one in calls if one.at.date() < clock.date()],
        "strip": _strip(clock.date(), calls),
        "hours": _hours(shown, clock, calls),
        "days": [(one, list(some)) for one, some in groupby(later, lambda call: call.at.date())],
        "any": bool(calls),
        "zone": zone.name,
    }
    return page(request, "calls.html", values)


def _strip(first: date, calls: Sequence[Call]) -> list[tuple[date, int]]:
    days = [first + timedelta(days=number) for number in range(DAYS)]
    return [(one, sum(call.at.date() == one for call in calls)) for one in days]


def _hours(day: date, clock: datetime, calls: Sequence[Call]) -> list[Hour]:
    """The hours of a day, from the first to the last in which something is promised."""
    own = [one for one in calls if one.at.date() == day]
    first = min([EARLIEST, *(one.at.hour for one in own)])
    last = max([LATEST, *(one.at.hour for one in own)])
    return [
        Hour(
            hour,
            is_now=(day, hour) == (clock.date(), clock.hour),
            calls=[one for one in own if one.at.hour == hour],
        )
        for hour in range(first, last + 1)
    ]
