"""`sluice handover send`, `accept` and `reject`: leads go to the client, and answers come back."""

from __future__ import annotations

from typing import Annotated

import typer

from actions import accuracy, handovers
from actions.session import open_session
from actions.where import Where
from console.cli.accuracy_lines import note_flags
from console.cli.options import AsJson, CampaignName, ClientName, DryRun, UserName
from console.cli.output import emit, emit_json, note, plain

Company = Annotated[str, typer.Argument(help="A lead, by name, domain or id.", metavar="COMPANY")]
Words = Annotated[
    str, typer.Option("--words", help="What the client said, word for word.", metavar="TEXT")
]


def send(
    company: Company,
    output: Annotated[
        str | None,
        typer.Option("-o", "--output", help="A new JSON file; - for stdout.", metavar="FILE"),
    ] = None,
    client: ClientName = "default",
    campaign: CampaignName = None,
    dry_run: DryRun = False,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Hand a qualified lead over to the client.

    Everything that is known of it goes to the client's webhooks, and to FILE. The hand-over file
    says which leads are qualified and by when the client answers. Lists of the lead whose audits do
    not show the promised accuracy are named first.

    Example: sluice handover send acme.example -o acme.json
    """
    where = Where(client, campaign)
    with open_session(user) as session:
        # Named before anything is sent.
        note_flags(accuracy.accuracy_flags(session, where, company))
        told = handovers.send(session, where, company, output, dry_run=dry_run)
    if as_json or output == "-":
        emit_json(told)
        return
    state = "would be handed over" if dry_run else "is handed over"
    emit(f"{plain(told['company'])} {state}; the answer is due on {told['answer_by'][:10]}")
    if output and not dry_run:
        note(f"written to {output}")


def accept(
    company: Company,
    words: Words = "",
    client: ClientName = "default",
    campaign: CampaignName = None,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Record that the client accepted a lead.

    The lead is an opportunity from then on.

    Example: sluice handover accept acme.example
    """
    with open_session(user) as session:
        name = handovers.accept(session, Where(client, campaign), company, words)
    if as_json:
        emit_json({"company": name, "answer": "accepted"})
    else:
        emit(f"{plain(name)} was accepted")


def reject(
    company: Company,
    reason: Annotated[
        str,
        typer.Option("--reason", help="A reason of the hand-over file.", metavar="CODE"),
    ],
    words: Words = "",
    client: ClientName = "default",
    campaign: CampaignName = None,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Record that the client rejected a lead, and why.

    The lead goes back to nurture, and the rejection counts in the report.

    Example: sluice handover reject acme.example --reason no_budget
    """
    with open_session(user) as session:
        name, stage = handovers.reject(session, Where(client, campaign), company, reason, words)
    if as_json:
        emit_json({"company": name, "answer": "rejected", "reason": reason})
    else:
        state = "stays a customer" if stage == "customer" else f"is in {stage}"
        emit(f"{plain(name)} was rejected ({plain(reason)}) and {state}")
