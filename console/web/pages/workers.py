"""The workers: machines, versions, memory, clocks and heartbeats."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from actions import crews
from console.cli.moments import user_zone
from console.web.operator import OperatorReads
from console.web.rendering import page

router = APIRouter()


@router.get("/operations/workers")
def show(request: Request, here: OperatorReads) -> Response:
    """Show every supervisor that reported within a day."""
    found = crews.crews_of(here.session)
    values = {"found": found, "most_skew": crews.MAX_SKEW, "zone": user_zone(here.zone)}
    return page(request, "workers.html", values)
