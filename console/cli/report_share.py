"""`sluice report share`: links with which people without a login see a report."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

import typer

from actions import shared_reports
from actions.session import open_session
from actions.shared_reports import ShareRow
from actions.where import Where
from console.cli.options import AsJson, CampaignName, ClientName, UserName
from console.cli.output import emit, emit_json, note, plain
from console.cli.report_options import Since, Until, period_of
from console.cli.tables import table
from leads.clock import now
from leads.errors import NotFoundError


def share(
    part: Annotated[
        str, typer.Argument(help="The report: funnel or weeks.", metavar="REPORT")
    ] = "funnel",
    since: Since = None,
    until: Until = None,
    expires: Annotated[
        str, typer.Option("--expires", help="How long it lasts, up to a year.", metavar="TIME")
    ] = "30d",
    at: Annotated[
        str,
        typer.Option("--at", help="Where `sluice serve` is reached.", metavar="URL"),
    ] = "http://127.0.0.1:8800",
    client: ClientName = "default",
    campaign: CampaignName = None,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Share a report by a link that ends.

    Anyone who has the link sees that report without a login: what a viewer of the client sees, for
    that campaign and period alone, with the figures of the moment. The link is shown this once.

    Example: sluice report share --client nordwind --since 2026-10-01 --expires 90d
    """
    with open_session(user) as session:
        period = period_of(since, until)
        made = shared_reports.share_report(session, Where(client, campaign), part, period, expires)
    address = f"{at.rstrip('/')}/shared/{made.token}"
    if as_json:
        emit_json({"url": address, **_json(made.share)})
        return
    emit(address)
    note(f"it shows the report until {made.share.ends_at:%Y-%m-%d %H:%M} UTC")
    note(f"`sluice report unshare {made.share.id}` ends it; the link is not shown again")


def list_all(
    client: ClientName = "default", user: UserName = None, as_json: AsJson = False
) -> None:
    """List a client's shared reports.

    A link that is over stays in the list for 90 days.

    Example: sluice report shares --client nordwind
    """
    with open_session(user) as session:
        found = shared_reports.list_shares(session, client)
    rows = [_json(one) for one in found]
    if as_json:
        emit_json(rows)
        return
    columns = {
        "share_id": "ID",
        "report": "REPORT",
        "campaign": "CAMPAIGN",
        "by": "BY",
        "ends_at": "ENDS",
        "state": "STATE",
        "views": "VIEWS",
        "viewed_at": "LAST VIEW",
    }
    table(rows, columns, empty="no report is shared")


def end(
    share_id: Annotated[str, typer.Argument(help="The id of the link.", metavar="ID")],
    client: ClientName = "default",
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """End the link of a shared report.

    It shows nothing from now on. An ended link cannot be brought back: share the report again.

    Example: sluice report unshare 0198c5a2-9f5e-7cc1-8e0b-8d5a3c1b2f10
    """
    with open_session(user) as session:
        found = shared_reports.end_share(session, client, _id(share_id))
    if as_json:
        emit_json({"ended": found.id, "report": found.part, "views": found.views})
    else:
        emit(f"the link to {found.part} of {plain(found.campaign)} is over")


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFoundError(f"there is no link {text!r}", "see `sluice report shares`") from None


def _json(one: ShareRow) -> dict[str, Any]:
    return {
        "share_id": one.id,
        "report": one.part,
        "client": one.client,
        "campaign": one.campaign,
        "since": one.since,
        "until": one.until,
        "by": one.made_by,
        "made_at": one.made_at,
        "ends_at": one.ends_at,
        "state": one.state(now()),
        "views": one.views,
        "viewed_at": one.viewed_at,
    }
