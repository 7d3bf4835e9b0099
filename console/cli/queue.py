"""`sluice queue` next and reopen."""

from __future__ import annotations

from typing import Annotated

import typer

from actions import queue
from actions.session import open_session
from console.cli import card
from console.cli.card_json import card_json
from console.cli.options import AsJson, UserName
from console.cli.output import emit, emit_json
from console.cli.own_queue import AnyTime, QueueCampaign, QueueClient, own_queue
from console.cli.work import report_work

Company = Annotated[
    str, typer.Argument(help="A company, by name, domain or id.", metavar="COMPANY")
]


def take_next(
    user: UserName = None,
    want: Annotated[
        int | None,
        typer.Option("--n", help="How many to hold; default: one.", min=1, max=200, metavar="N"),
    ] = None,
    any_time: AnyTime = False,
    client: QueueClient = None,
    campaign: QueueCampaign = None,
    as_json: AsJson = False,
) -> None:
    """Lease the best free prospect.

    A lease reserves the prospect for you. It lasts 30 minutes by default, and longer with each of
    your actions. Run the command again to see the same card, until you release or finish it.

    Call-backs that are due come first: those you promised, then those that others have not kept
    within a day. Then comes the best score, then the newest fact, then who has waited longest.

    Prospects are handed out in their call hours, on their own clocks (see `sluice campaign set`).
    A promised call-back comes at its time. When nothing is open, the message says when the next
    prospects open; --any-time hands one out anyway.

    With --n you hold that many afterwards; --json then prints a list.

    Exit code 3: no prospect is free or open. Exit code 4: the day's cap is reached.

    Example: sluice queue next --as ann --n 20
    """
    with open_session(user) as session:
        where = own_queue(session, client, campaign)
        made = queue.take_next(session, where, want or 1, any_time=any_time)

    if as_json:
        emit_json([card_json(one) for one in made] if want else card_json(made[0]))
        return
    for place, one in enumerate(made):
        if place:
            emit("")
        card.show(one)


def reopen(
    company: Company,
    user: UserName = None,
    client: QueueClient = None,
    campaign: QueueCampaign = None,
    as_json: AsJson = False,
) -> None:
    """Reopen what a disposition closed.

    A suppressed company stays closed.

    Example: sluice queue reopen "Nordwind Maschinenbau" --as ann
    """
    with open_session(user) as session:
        work = queue.reopen(session, own_queue(session, client, campaign), company)

    emit_json({"reopened": company}) if as_json else emit(f"reopened {company}")
    report_work(work)
