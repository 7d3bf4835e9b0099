"""A report that somebody shared: anyone who has the link sees it, without a login."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from actions import shared_reports
from actions.reports import CampaignReport
from console.reports import page as paper
from console.reports.section import Section
from console.reports.sections import steps
from console.web.bounds import sender_of
from console.web.fields import Named
from console.web.kept import kept_from_first_use
from console.web.logged_in import installation_of
from console.web.rendering import page
from console.web.viewing import Viewing
from leads.errors import NotFoundError

router = APIRouter()


@router.get("/shared/{token}")
def show(request: Request, token: Named) -> Response:
    """Show the report of a link."""
    viewing = kept_from_first_use(request, "viewing", Viewing)
    if wait := viewing.networks.take(sender_of(request)).wait_if_refused:
        return _too_many(request, wait)
    installation = installation_of(request)
    try:
        share = shared_reports.opened(installation, token)
    except NotFoundError:
        return _page(request, {"state": "over"}, 404)
    if wait := viewing.links.take(share.id).wait_if_refused:
        return _too_many(request, wait)

    found = viewing.known(share.id)
    if found is None:
        with viewing.counting(share.id) as is_first:
            if not is_first:
                answer = _page(request, {"state": "counting"}, 503)
                answer.headers["Refresh"] = answer.headers["Retry-After"] = "2"
                return answer
            found = shared_reports.figures(installation, share)
            viewing.keep(share.id, found)
    values = {
        "state": "open",
        "head": found.head,
        "period": paper.period_words(found.head.period),
        "ends_at": share.ends_at,
        "sections": [paper.section(one) for one in _sections(share.part, found)],
    }
    # Last: who is refused, or asked to come again, saw no report.
    shared_reports.count_view(installation, share)
    return _page(request, values)


def _sections(part: str, found: CampaignReport) -> Sequence[Section]:
    weeks = steps.weeks(found)
    return [weeks] if part == "weeks" else [steps.funnel(found), weeks]


def _too_many(request: Request, wait: int) -> Response:
    answer = _page(request, {"state": "too many", "wait": wait}, 429)
    answer.headers["Retry-After"] = str(wait)
    return answer


def _page(request: Request, values: dict[str, Any], status: int = 200) -> Response:
    return page(request, "shared.html", values, status=status)
