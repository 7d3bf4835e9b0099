"""`sluice signal import`: record the signals of a file, or score them without a database."""

from __future__ import annotations

from typing import Annotated

import typer

from console.cli.lazy import load
from console.cli.options import (
    AsJson,
    CampaignName,
    ClientName,
    DryRun,
    Inbound,
    UserName,
)
from leads.errors import UsageError


def import_file(
    file: Annotated[
        str, typer.Argument(help="Signals, one JSON object a line; - for stdin.", metavar="FILE")
    ],
    scoring: Annotated[
        str | None,
        typer.Option(
            "--scoring", help="Score with this file; nothing is recorded.", metavar="SCORING"
        ),
    ] = None,
    at: Annotated[
        str | None,
        typer.Option(
            "--at", help="With --scoring: score as of this time; default: now.", metavar="TIME"
        ),
    ] = None,
    inbound: Inbound = False,
    client: ClientName = "default",
    campaign: CampaignName = None,
    dry_run: DryRun = False,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Record the signals of a file, or score them.

    Each line is an object with company (domain, name or id), kind, at and id; contact, channel,
    source, link, agent, value and machine may follow. The order of the lines and repeated ids
    change nothing. With --inbound a company that is not known is added, and is a lead when a signal
    shows interest. With --scoring no database is used. Exit code 5: lines could not be read, or no
    company matches.

    Example: sluice signal import signals.jsonl --scoring examples/scoring/seed.yaml --json
    """
    if scoring is not None:
        # Without the database, whose import takes a second.
        load("console.cli.signal_scores:print_scores")(file, scoring, at, as_json=as_json)
        return
    if at is not None:
        raise UsageError("--at needs --scoring", "add --scoring FILE, or leave --at out")
    record = load("console.cli.signal_record:record_signals")
    record(file, client, campaign, user, inbound=inbound, dry_run=dry_run, as_json=as_json)
