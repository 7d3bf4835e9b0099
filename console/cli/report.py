"""`sluice report`: what a campaign brought, and what it cost."""

from __future__ import annotations

from typing import Any

from actions import reports
from actions.reports import CampaignReport, Share, StepFigures
from actions.session import open_session
from actions.where import Where
from console.cli.options import AsJson, CampaignName, ClientName, UserName
from console.cli.output import emit, emit_json
from console.cli.report_options import By, Since, Until, period_of
from console.cli.tables import table
from console.reports import documents
from console.reports.words import GROUPS, STEPS


def funnel(
    client: ClientName = "default",
    campaign: CampaignName = None,
    since: Since = None,
    until: Until = None,
    by: By = None,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Count companies from name to customer.

    A company counts at each step that it ever came to. With --since and --until the companies count
    that were listed in that time.

    Example: sluice report funnel --by list
    """
    with open_session(user) as session:
        found = reports.report(session, Where(client, campaign), period_of(since, until), by)
    if as_json:
        emit_json(documents.funnel(found))
        return
    _show_steps(found)
    if by:
        emit("")
        _show_groups(found, by)


def _show_steps(found: CampaignReport) -> None:
    columns = {
        "step": "STEP",
        "companies": "COMPANIES",
        "share": "OF STEP BEFORE",
        "still": "STILL THERE",
        "closed": "CLOSED",
        "median": "MEDIAN DAYS",
        "p90": "P90 DAYS",
    }
    if found.head.period:
        columns["in_period"] = "IN PERIOD"
    table([_step_row(one) for one in found.whole.steps], columns, empty="")


def _step_row(one: StepFigures) -> dict[str, Any]:
    return {
        "step": STEPS[one.step],
        "companies": one.companies,
        "share": shown_share(one.share),
        "still": one.waiting,
        "closed": one.out,
        "median": one.stay.median if one.stay else None,
        "p90": one.stay.p90 if one.stay else None,
        "in_period": one.in_period,
    }


def shown_share(share: Share | None) -> str:
    """A share with its counts and its 95 % interval."""
    if share is None:
        return ""
    counts = f"{share.count:,} of {share.of:,}"
    return f"{counts}: {share}" + (f" ({share.range})" if share.range else "")


def _show_groups(found: CampaignReport, by: str) -> None:
    columns = {"group": GROUPS[by].upper(), **{step: STEPS[step].upper() for step in STEPS}}
    rows = [
        {"group": one.group, **{step.step: step.companies for step in one.steps}}
        for one in found.groups
    ]
    table(rows, columns, empty="no companies yet")
