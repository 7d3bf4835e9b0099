"""Visits to sites in the last day: outcomes, slow sites, and sites that refused."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response

from actions.crawl_health import MOST, Cause, crawl_health_of
from console.cli.moments import user_zone
from console.web.fields import Asked
from console.web.operator import OperatorReads
from console.web.rendering import page
from leads.errors import NotFoundError

router = APIRouter()

#: What each cause is called, and what it means.
WORDS = {
    Cause.REFUSING: ("Not reached", "They did not answer in time, or answered with an error."),
    Cause.ROBOTS: ("Denied by robots.txt", "Their robots.txt asks crawlers to stay out."),
    Cause.BLOCKED: ("Stopped by the guard", "They led to an address that no crawl may connect to."),
    Cause.ELSEWHERE: ("Nothing to read", "They lead elsewhere, are empty, or are no page."),
}


@router.get("/operations/crawl")
def show(
    request: Request,
    here: OperatorReads,
    cause: Asked = Cause.REFUSING.value,
    after: UUID | None = None,
) -> Response:
    """Show the visits of the last day."""
    if cause not in list(Cause):
        raise NotFoundError(f"there is no cause {cause!r}", "choose one on the page of visits")
    found = crawl_health_of(here.session, Cause(cause), after)
    values = {
        "found": found,
        "visits": sum(one.visits for one in found.outcomes),
        "most": MOST if found.has_more else 0,
        "words": WORDS,
        "cause": cause,
        "after": after,
        "zone": user_zone(here.zone),
    }
    return page(request, "crawl_health.html", values)
