"""Who decided what about the background work."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response

from actions.operation_log import decisions
from console.cli.moments import user_zone
from console.web.operator import OperatorReads
from console.web.rendering import page

router = APIRouter()


@router.get("/operations/log")
def show(request: Request, here: OperatorReads, after: UUID | None = None) -> Response:
    """Show the decisions, newest first."""
    values = {
        "found": decisions(here.session, after),
        "after": after,
        "zone": user_zone(here.zone),
    }
    return page(request, "operation_log.html", values)
