"""`sluice signal`: what companies did, event by event."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from actions import signals
from actions.inbound import LIST
from actions.session import open_session
from actions.signal_removal import LeadAfter, remove_signal
from actions.signals import SignalRow, SignalToAdd
from actions.where import Where
from console.cli.moments import day_start
from console.cli.options import AsJson, CampaignName, ClientName, Inbound, UserName
from console.cli.output import emit, emit_json, plain
from console.cli.signal_kinds import note_unknown
from console.cli.tables import table

Company = Annotated[
    str, typer.Argument(help="A company, by name, domain or id.", metavar="COMPANY")
]


def list_all(
    company: Company,
    client: ClientName = "default",
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """List a company's signals, oldest first.

    Signals that were taken back are left out.

    Example: sluice signal list acme.example
    """
    with open_session(user) as session:
        found = signals.list_signals(session, client, company)
    rows = [_row(one) for one in found.rows]
    if as_json:
        emit_json({"company_id": found.company_id, "company": found.company, "signals": rows})
        return
    columns = {
        "at": "AT",
        "kind": "KIND",
        "channel": "CHANNEL",
        "source": "SOURCE",
        "value": "VALUE",
        "by": "BY",
        "id": "ID",
    }
    table(rows, columns, empty=f"{plain(found.company)} has no signals")


def add(
    company: Company,
    kind: Annotated[
        str, typer.Argument(help="What happened, such as demo_requested.", metavar="KIND")
    ],
    at: Annotated[
        str | None,
        typer.Option("--at", help="When it happened; default: now.", metavar="TIME"),
    ] = None,
    channel: Annotated[
        str, typer.Option("--channel", help="Such as email, phone or event.", metavar="WORD")
    ] = "unknown",
    value: Annotated[
        str | None, typer.Option("--value", help="An amount, such as 12500.", metavar="AMOUNT")
    ] = None,
    currency: Annotated[
        str | None, typer.Option("--currency", help="Of the value, such as EUR.", metavar="CODE")
    ] = None,
    external_id: Annotated[
        str | None,
        typer.Option("--id", help="Your id of the event: recorded once.", metavar="ID"),
    ] = None,
    link: Annotated[
        str | None, typer.Option("--link", help="The page or message it is about.", metavar="URL")
    ] = None,
    agent: Annotated[
        str | None,
        typer.Option("--agent", help="The user agent or network behind it.", metavar="TEXT"),
    ] = None,
    inbound: Inbound = False,
    client: ClientName = "default",
    campaign: CampaignName = None,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Record what a company did.

    Campaigns with a scoring file score the company again. With --inbound a company that is not known
    is added, and is a lead when the signal shows interest. `sluice queue done` reports the result of
    a contact.

    Example: sluice signal add acme.example demo_requested --channel landing_page
    """
    wanted = SignalToAdd(
        company=company,
        kind=kind,
        at=day_start(at) if at else None,
        channel=channel,
        value=value,
        currency=currency,
        external_id=external_id,
        link=link,
        agent=agent,
        inbound=inbound,
    )
    with open_session(user) as session:
        added = signals.add_signal(session, Where(client, campaign), wanted)
    note_unknown([kind])
    name, stored = added.company, added.signal
    if as_json:
        row = _row(stored) if stored else None
        flags = {"is_new": added.is_new, "is_lead": added.is_lead, "barred": added.barred}
        emit_json({"company": name, "signal": row, **flags})
        return
    if stored:
        emit(f"{plain(stored.kind)} recorded of {plain(name)}")
    else:
        emit(f"known already: {plain(name)} has the event {plain(external_id)}")
    if added.is_new:
        emit(f"the company was not known: it is in the list {LIST} now")
    if added.is_lead:
        emit("it is a lead now: see `sluice lead due`")
    if added.barred:
        emit(f"it must not be contacted: {plain(added.barred)}")


def remove(
    signal: Annotated[str, typer.Argument(help="A signal's id, from `signal list`.", metavar="ID")],
    client: ClientName = "default",
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Take a signal back.

    It counts no more; its row stays. A lead that a machine made by this signal alone, and that nobody
    has worked with, goes back to what it was; otherwise the answer says why it stays.

    Example: sluice signal remove 0192f0c1-4a7e-7d70-9c6e-2f4b8a1d3c55
    """
    with open_session(user) as session:
        done = remove_signal(session, client, signal)
    if as_json:
        leads = [{"campaign": name, **_lead(one)} for name, one in done.leads]
        emit_json({"removed": signal, "company": done.company, "leads": leads})
        return
    emit(f"taken back: {plain(done.signal.kind)} of {plain(done.company)}")
    for name, one in done.leads:
        emit(f"{plain(name)}: {_became(one)}")


def _lead(one: LeadAfter) -> dict[str, Any]:
    return {"before": one.before, "after": one.after, "reason": one.reason}


def _became(one: LeadAfter) -> str:
    if one.after is None:
        return "it is no lead any more: this signal alone made it one"
    if one.after != one.before:
        return f"it goes back from {one.before} to {one.after}: this signal alone qualified it"
    return f"it stays a lead ({one.after}): {plain(one.reason)}"


def _row(one: SignalRow) -> dict[str, Any]:
    value = None if one.value_minor is None else one.value_minor / 100
    return {
        "id": one.id,
        "at": one.happened_at,
        "heard_at": one.heard_at,
        "kind": one.kind,
        "channel": one.channel,
        "source": one.source,
        "value": None if value is None else f"{value:.2f} {one.value_currency}",
        "link": one.link,
        "agent": one.agent,
        "machine": one.machine,
        "campaign_id": one.campaign_id,
        "by": one.by,
    }
