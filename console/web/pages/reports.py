"""What a campaign brought, and what it cost."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from actions import reports
from actions.actor import Right
from actions.reports import GROUPS, CampaignReport, Period
from console.cli.report_options import period_of
from console.reports import page as paper
from console.reports.section import Section
from console.reports.sections import costs, people, steps
from console.reports.sections.lists import lists
from console.reports.sections.whole import whole
from console.web.fields import Asked, Named
from console.web.logged_in import Here, Reader
from console.web.rendering import page, worded
from leads.errors import NotFoundError, UsageError

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Part:
    """A page of the report."""

    title: str
    sections: Callable[[CampaignReport], Sequence[Section]]
    #: Whether companies may be counted by group.
    has_groups: bool = False
    #: Whether it counts a period.
    has_period: bool = True
    #: Whether the client sees it too.
    is_for_clients: bool = False


def _funnel(found: CampaignReport) -> list[Section]:
    groups = [steps.groups(found)] if found.by else []
    return [steps.funnel(found), *groups, steps.weeks(found)]


def _costs(found: CampaignReport) -> list[Section]:
    return [costs.costs_by_group(found) if found.by else costs.cost(found)]


PARTS: Mapping[str, Part] = {
    "funnel": Part("Funnel", _funnel, has_groups=True, is_for_clients=True),
    "cost": Part("Cost", _costs, has_groups=True),
    "sdrs": Part("SDRs", lambda found: [people.sdrs(found)]),
    "lists": Part("Lists", lambda found: [lists(found.lists)], has_period=False),
}


@router.get("/reports")
def start() -> Response:
    """Go to the funnel."""
    return RedirectResponse("/reports/funnel", 303)


@router.get("/reports/file")
def save(here: Reader, since: Asked = "", until: Asked = "", by: Asked = "") -> Response:
    """Save the whole report as one page that needs nothing else."""
    found = _found(here, "", since, until, by)
    text = paper.page(found.head, whole(found), paper.tiles_of(found))
    saved = {"Content-Disposition": 'attachment; filename="report.html"'}
    return Response(text, media_type="text/html", headers=saved)


@router.get("/reports/{name}")
def show(
    request: Request,
    here: Reader,
    name: Named,
    since: Asked = "",
    until: Asked = "",
    by: Asked = "",
) -> Response:
    """Show one part of the report."""
    part = PARTS.get(name)
    if part is None:
        raise NotFoundError("there is no such report", "choose one of the menu")
    asked = {"since": since, "until": until, "by": by}
    is_client = not here.actor.may(Right.VIEW)
    values = {
        "parts_of": {key: one for key, one in PARTS.items() if one.is_for_clients or not is_client},
        "is_client": is_client,
        "may_share": here.actor.may(Right.SHARE) and part.is_for_clients,
        "name": name,
        "part": part,
        "groups": GROUPS,
        "asked": asked,
        "query": urlencode({key: text for key, text in asked.items() if text}),
    }
    try:
        found = _found(here, name, since, until, by)
    except UsageError as error:
        empty = {"failed": worded(error), "tiles": [], "sections": []}
        return page(request, "reports.html", values | empty, status=400)
    shown = {
        "failed": "",
        "tiles": paper.tiles_of(found) if name == "funnel" and not is_client else [],
        "sections": [paper.section(one) for one in part.sections(found)],
    }
    return page(request, "reports.html", values | shown)


def _found(here: Here, name: str, since: str, until: str, by: str) -> CampaignReport:
    part = PARTS.get(name)
    period = Period() if part and not part.has_period else period_of(since or None, until or None)
    group = by or None if part is None or part.has_groups else None
    if part and part.is_for_clients:
        return reports.steps_report(here.session, here.where, period, group)
    return reports.report(here.session, here.where, period, group, with_lists=name in ("", "lists"))
