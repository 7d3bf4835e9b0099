"""What was paid for lists, and for questions to sources."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from actions.spending import ALLOCATIONS, GROUPINGS, Period, spending
from console.cli.report_options import period_of
from console.web.fields import Asked
from console.web.operator import OperatorReads
from console.web.rendering import page, worded
from leads.errors import NotFoundError, UsageError

router = APIRouter()


@router.get("/operations/spend")
def show(
    request: Request,
    here: OperatorReads,
    by: Asked = "client",
    since: Asked = "",
    until: Asked = "",
    allocate: Asked = "first",
) -> Response:
    """Show what was paid, by group."""
    if by not in GROUPINGS:
        raise NotFoundError(f"there is no grouping {by!r}", "choose one on the page of spend")
    if allocate not in ALLOCATIONS:
        raise NotFoundError(
            f"nothing is allocated by {allocate!r}", "choose one on the page of spend"
        )
    failed, period = "", Period()
    try:
        period = period_of(since or None, until or None)
    except UsageError as error:
        failed = worded(error)
    values = {
        "found": spending(here.session, by, period, allocated=allocate),
        "groupings": list(GROUPINGS),
        "since": since,
        "until": until,
        "failed": failed,
    }
    return page(request, "spending.html", values, status=400 if failed else 200)
