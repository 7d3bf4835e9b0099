"""The calls that a user promised, by day."""

from __future__ import annotations

from itertools import groupby

from fastapi import APIRouter, Request
from fastapi.responses import Response

from actions import queue_views
from console.cli.moments import user_zone
from console.web.logged_in import Reader
from console.web.rendering import page

router = APIRouter()


@router.get("/calls")
def show(request: Request, here: Reader) -> Response:
    """Show the promised calls, on the user's own clock."""
    mine, zone = queue_views.mine(here.session, here.where), user_zone(here.zone)
    times = [(zone.clock(one.not_before), one) for one in mine.call_backs if one.not_before]
    days = [(day, list(calls)) for day, calls in groupby(times, lambda timed: timed[0].date())]
    values = {"days": days, "there": mine.at_call_back, "zone": zone.name}
    return page(request, "calls.html", values)
