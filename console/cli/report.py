"""`sluice report`: what a campaign brought, and what it cost."""

from __future__ import annotations

import typer

from actions import reports
from actions.reports import CampaignReport, Period
from actions.session import open_session
from actions.where import Where
from console.cli.options import AsJson, CampaignName, ClientName, UserName
from console.cli.progress import waiting
from console.cli.report_options import By, Force, Output, Since, Until, period_of
from console.cli.report_output import Delivery, deliver
from console.reports import documents
from console.reports.page import tiles_of
from console.reports.sections import costs, people, steps
from console.reports.sections.lists import lists as list_section
from console.reports.sections.whole import whole


def show_all(
    context: typer.Context,
    client: ClientName = "default",
    campaign: CampaignName = None,
    since: Since = None,
    until: Until = None,
    by: By = None,
    output: Output = None,
    force: Force = False,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Report what a campaign brought and cost.

    The whole report: the funnel, weeks, lists, cost and SDRs. With -o it is one page that prints
    well and needs nothing else, or JSON.

    Example: sluice report --client nordwind --since 2026-10-01 -o october.html
    """
    if context.invoked_subcommand:
        return
    wanted = Delivery(as_json=as_json, output=output, force=force)
    wanted.check(tables=5)
    where, period = Where(client, campaign), period_of(since, until)
    found = _found(user, where, period, by, with_lists=True)
    deliver(found, wanted, documents.report, whole(found), tiles_of(found))


def funnel(
    client: ClientName = "default",
    campaign: CampaignName = None,
    since: Since = None,
    until: Until = None,
    by: By = None,
    output: Output = None,
    force: Force = False,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Count companies from name to customer.

    A company counts at each step that it ever came to. With --since and --until the companies count
    that were listed in that time.

    Example: sluice report funnel --by list
    """
    wanted = Delivery(as_json=as_json, output=output, force=force)
    # A CSV file holds the groups where there are some, else the steps.
    wanted.check(tables=1)
    found = _steps(user, Where(client, campaign), period_of(since, until), by)
    parts = [] if by and wanted.is_csv else [steps.funnel(found)]
    if by:
        parts.append(steps.groups(found))
    deliver(found, wanted, documents.funnel, parts)


def cost(
    client: ClientName = "default",
    campaign: CampaignName = None,
    since: Since = None,
    until: Until = None,
    by: By = None,
    output: Output = None,
    force: Force = False,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Divide what was spent by the companies at each step.

    Spent are the cost of lists (`sluice import --cost`), spread over their rows, what questions to
    sources cost (`sluice spend`), and the time of SDRs (`sluice client set NAME --hour-cost`).
    Currencies are never added.

    Example: sluice report cost --by vendor
    """
    wanted = Delivery(as_json=as_json, output=output, force=force)
    wanted.check(tables=1)
    found = _found(user, Where(client, campaign), period_of(since, until), by)
    parts = [costs.costs_by_group(found)] if by else [costs.cost(found)]
    deliver(found, wanted, documents.costs, parts)


def sdr(
    client: ClientName = "default",
    campaign: CampaignName = None,
    since: Since = None,
    until: Until = None,
    output: Output = None,
    force: Force = False,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Count what each SDR did, and what became of it.

    Hours are those for which prospects were held until the SDR reported or returned them.

    Example: sluice report sdr --since 2026-11-01
    """
    wanted = Delivery(as_json=as_json, output=output, force=force)
    wanted.check(tables=1)
    found = _found(user, Where(client, campaign), period_of(since, until))
    deliver(found, wanted, documents.sdrs, [people.sdrs(found)])


def weeks(
    client: ClientName = "default",
    campaign: CampaignName = None,
    since: Since = None,
    until: Until = None,
    output: Output = None,
    force: Force = False,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Count what happened week by week.

    Weeks begin on Monday, in UTC.

    Example: sluice report weeks --since 2026-09-01 -o weeks.csv
    """
    wanted = Delivery(as_json=as_json, output=output, force=force)
    wanted.check(tables=1)
    found = _steps(user, Where(client, campaign), period_of(since, until))
    deliver(found, wanted, documents.by_week, [steps.weeks(found)])


def lists(
    client: ClientName = "default",
    campaign: CampaignName = None,
    output: Output = None,
    force: Force = False,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Count what each list was worth.

    Shows rows, duplicates, companies known before, barred, closed and in the ICP, leads, and the
    cost of each.

    Example: sluice report lists
    """
    wanted = Delivery(as_json=as_json, output=output, force=force)
    wanted.check(tables=1)
    found = _found(user, Where(client, campaign), Period(), with_lists=True)
    deliver(found, wanted, documents.lists, [list_section(found.lists)])


def _found(
    user: str | None,
    where: Where,
    period: Period,
    by: str | None = None,
    *,
    with_lists: bool = False,
) -> CampaignReport:
    with waiting("counting") as progress, open_session(user, progress) as session:
        return reports.report(session, where, period, by, with_lists=with_lists)


def _steps(user: str | None, where: Where, period: Period, by: str | None = None) -> CampaignReport:
    with waiting("counting") as progress, open_session(user, progress) as session:
        return reports.steps_report(session, where, period, by)
