"""`sluice lead list`, `due` and `move`: the leads of a campaign and their stages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated

import typer

from actions import lead_list, lead_stages
from actions.lead_list import ListedLead
from actions.session import open_session
from actions.where import Where
from console.cli.options import AsJson, CampaignName, ClientName, UserName
from console.cli.output import counted, emit, emit_json, note, plain
from console.cli.tables import table

_COLUMNS = {
    "next_touch_at": "NEXT",
    "next_touch": "WHAT",
    "company": "COMPANY",
    "stage": "STAGE",
    "temperature": "TEMPERATURE",
    "since": "SINCE",
    "barred": "NOT TO BE CONTACTED",
}
Stage = Annotated[
    str | None, typer.Option("--stage", help="Only this stage, such as mql.", metavar="STAGE")
]
Temperature = Annotated[
    str | None,
    typer.Option("--temperature", help="Only cold, warm or hot leads.", metavar="WORD"),
]


def list_all(
    stage: Stage = None,
    temperature: Temperature = None,
    client: ClientName = "default",
    campaign: CampaignName = None,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """List leads, the next touch first.

    The stages are unqualified, nurture, mql, sql, opportunity and customer. With a hand-over file
    for consumers (b2c) a company without an opt-in is left out.

    Example: sluice lead list --stage mql --temperature hot
    """
    with open_session(user) as session:
        found = lead_list.list_leads(
            session, Where(client, campaign), stage=stage, temperature=temperature
        )
        left_out = lead_list.without_opt_in(session, Where(client, campaign), stage=stage)
    _show(found, "no leads", left_out, as_json=as_json)


def due(
    stage: Stage = None,
    temperature: Temperature = None,
    client: ClientName = "default",
    campaign: CampaignName = None,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """List leads due for a touch, the longest due first.

    The nurture file says when that is; a contact puts it off. Leads that must not be contacted are
    left out.

    Example: sluice lead due
    """
    with open_session(user) as session:
        found = lead_list.list_leads(
            session, Where(client, campaign), stage=stage, temperature=temperature, only_due=True
        )
        left_out = lead_list.without_opt_in(
            session, Where(client, campaign), stage=stage, only_due=True
        )
    _show(found, "no lead is due", left_out, as_json=as_json)


def move(
    company: Annotated[
        str, typer.Argument(help="A lead, by name, domain or id.", metavar="COMPANY")
    ],
    stage: Annotated[str, typer.Argument(help="The stage to move to.", metavar="STAGE")],
    reason: Annotated[
        str, typer.Option("--reason", help="The reason, kept in the log.", metavar="TEXT")
    ],
    client: ClientName = "default",
    campaign: CampaignName = None,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Move a lead to another stage, also backwards.

    Example: sluice lead move acme.example mql --reason "budget came later than told"
    """
    with open_session(user) as session:
        name, before = lead_stages.move_lead(
            session, Where(client, campaign), company, stage, reason
        )
    if as_json:
        emit_json({"company": name, "before": before, "stage": stage})
    else:
        emit(f"{plain(name)}: {before} to {stage}")


def _show(found: Sequence[ListedLead], empty: str, left_out: int, *, as_json: bool) -> None:
    rows = [asdict(one) for one in found]
    if as_json:
        emit_json(rows)
    else:
        table(rows, _COLUMNS, empty=empty)
    if left_out:
        note(
            f"{counted(left_out, 'company', 'companies')} without an opt-in left out (b2c):"
            " `sluice signal add COMPANY opted_in` records one"
        )
