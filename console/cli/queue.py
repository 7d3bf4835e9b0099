"""`sluice queue`: what an SDR does all day."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from actions import queue
from actions.session import open_session
from actions.suppressions import Hits
from actions.where import Where
from console.cli import card
from console.cli.card_json import card_json
from console.cli.moments import future_moment, shown, user_zone
from console.cli.options import AsJson, CampaignName, ClientName, UserName
from console.cli.output import emit, emit_json, note
from console.cli.suppress import hit
from console.cli.work import report_work

Held = Annotated[
    str | None,
    typer.Option(
        "--company",
        help="A prospect you hold; default: the one held longest.",
        metavar="COMPANY",
    ),
]
Company = Annotated[
    str, typer.Argument(help="A company, by name, domain or id.", metavar="COMPANY")
]


def take_next(
    user: UserName = None,
    client: ClientName = "default",
    campaign: CampaignName = None,
    as_json: AsJson = False,
) -> None:
    """Lease the best free prospect.

    A lease reserves the prospect for you. It lasts 30 minutes by default. Run the command again to
    see the same card, until you release or finish the prospect.

    Exit code 3: no prospect is free.

    Example: sluice queue next --as ann
    """
    with open_session(user) as session:
        made = queue.take_next(session, Where(client, campaign))

    emit_json(card_json(made)) if as_json else card.show(made)


def release(
    user: UserName = None,
    company: Held = None,
    client: ClientName = "default",
    campaign: CampaignName = None,
    as_json: AsJson = False,
) -> None:
    """Return a prospect to the queue.

    Example: sluice queue release --as ann
    """
    with open_session(user) as session:
        name = queue.release(session, Where(client, campaign), company)

    emit_json({"released": name}) if as_json else emit(f"released {name}")


def done(
    disposition: Annotated[
        str,
        typer.Argument(help="The result of the contact.", metavar="DISPOSITION"),
    ],
    user: UserName = None,
    company: Held = None,
    text: Annotated[
        str, typer.Option("--note", help="What was said, for the next user.", metavar="TEXT")
    ] = "",
    again: Annotated[
        str | None,
        typer.Option(
            "--at", help="When to try again, in this machine's time zone.", metavar="WHEN"
        ),
    ] = None,
    zone: Annotated[
        str | None,
        typer.Option(
            "--tz",
            help="Zone of --at, such as Europe/Berlin; default: time_zone.",
            metavar="ZONE",
        ),
    ] = None,
    client: ClientName = "default",
    campaign: CampaignName = None,
    as_json: AsJson = False,
) -> None:
    """Report what came of a prospect.

    DISPOSITION is no_answer, call_back, not_interested, interested, do_not_contact or wrong_data.

    --at is optional. Without it, call_back returns the prospect after a day and no_answer after
    four hours; not_interested and wrong_data close it. --at is refused with interested and
    do_not_contact. It may end in a UTC offset such as +01:00.

    Example: sluice queue done call_back --as ann --at 2027-01-31T09:00 --note "after the fair"
    """
    moment = future_moment(again, zone)
    with open_session(user) as session:
        done = queue.report(
            session,
            Where(client, campaign),
            disposition,
            note=text,
            again=moment.at if moment else None,
            again_named=moment.named if moment else "",
            company=company,
        )

    result = done.result
    if as_json:
        emit_json(asdict(result))
        return
    emit(f"{result.company}: {result.disposition.replace('_', ' ')}")
    if result.again_at:
        note(f"returns to the queue on {shown(result.again_at, user_zone(zone))}")
    if result.suppressed:
        note("added to this client's do-not-contact list, under every name, domain and number")
        note(hit(Hits(result.companies, result.open_cards)))
    report_work(done.work)


def reopen(
    company: Company,
    user: UserName = None,
    client: ClientName = "default",
    campaign: CampaignName = None,
    as_json: AsJson = False,
) -> None:
    """Reopen what a disposition closed.

    A suppressed company stays closed.

    Example: sluice queue reopen "Nordwind Maschinenbau" --as ann
    """
    with open_session(user) as session:
        work = queue.reopen(session, Where(client, campaign), company)

    emit_json({"reopened": company}) if as_json else emit(f"reopened {company}")
    report_work(work)
