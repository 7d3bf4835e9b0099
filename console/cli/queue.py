"""`sluice queue`: what an SDR does all day."""

from __future__ import annotations

from dataclasses import asdict
from enum import StrEnum
from typing import Annotated

import typer

from actions import queue
from actions.queue import DispositionRequest
from actions.session import open_session
from actions.suppressions import Hits
from actions.where import Where
from console.cli import card
from console.cli.card_json import card_json
from console.cli.moments import future_moment, shown, user_zone
from console.cli.options import AsJson, CampaignName, ClientName, HeldProspect, UserName, ZoneName
from console.cli.output import counted, emit, emit_json, note
from console.cli.suppress import hit
from console.cli.work import report_work


class Channel(StrEnum):
    """How a company was contacted."""

    PHONE = "phone"
    EMAIL = "email"
    LINKEDIN = "linkedin"
    POST = "post"
    VISIT = "visit"
    OTHER = "other"


Company = Annotated[
    str, typer.Argument(help="A company, by name, domain or id.", metavar="COMPANY")
]


def take_next(
    user: UserName = None,
    want: Annotated[
        int | None,
        typer.Option("--n", help="How many to hold; default: one.", min=1, max=200, metavar="N"),
    ] = None,
    client: ClientName = "default",
    campaign: CampaignName = None,
    as_json: AsJson = False,
) -> None:
    """Lease the best free prospect.

    A lease reserves the prospect for you. It lasts 30 minutes by default, and longer with each of
    your actions. Run the command again to see the same card, until you release or finish it.

    Call-backs that are due come first: those you promised, then those that others have not kept
    within a day. Then comes the best score, then the newest fact, then who has waited longest.

    With --n you hold that many afterwards; --json then prints a list.

    Exit code 3: no prospect is free. Exit code 4: the day's cap is reached.

    Example: sluice queue next --as ann --n 20
    """
    with open_session(user) as session:
        made = queue.take_next(session, Where(client, campaign), want or 1)

    if as_json:
        emit_json([card_json(one) for one in made] if want else card_json(made[0]))
        return
    for place, one in enumerate(made):
        if place:
            emit("")
        card.show(one)


def done(
    disposition: Annotated[
        str,
        typer.Argument(help="The result of the contact.", metavar="DISPOSITION"),
    ],
    user: UserName = None,
    company: HeldProspect = None,
    text: Annotated[
        str, typer.Option("--note", help="What was said, for the next user.", metavar="TEXT")
    ] = "",
    channel: Annotated[
        Channel, typer.Option("--channel", help="How it was contacted.", metavar="CHANNEL")
    ] = Channel.PHONE,
    about: Annotated[
        str | None,
        typer.Option("--about", help="The value that is wrong, such as a number.", metavar="VALUE"),
    ] = None,
    token: Annotated[
        int | None,
        typer.Option("--token", help="Refuse unless this is the lease's token.", metavar="N"),
    ] = None,
    again: Annotated[
        str | None,
        typer.Option(
            "--at", help="When to try again: tue 9, in 2 weeks, 2027-01-31.", metavar="WHEN"
        ),
    ] = None,
    zone: ZoneName = None,
    client: ClientName = "default",
    campaign: CampaignName = None,
    as_json: AsJson = False,
) -> None:
    """Report what came of a prospect.

    DISPOSITION is no_answer, call_back, not_interested, interested, do_not_contact or another one
    of `sluice dispositions list`, which also says what follows.

    --at is in your time zone (--tz, the setting time_zone, or the machine's); it may end in a UTC
    offset such as +01:00. Without it, the disposition says when the prospect returns.

    CHANNEL is phone, email, linkedin, post, visit or other.

    Example: sluice queue done call_back --as ann --at 2027-01-31T09:00 --note "after the fair"
    """
    moment = future_moment(again, zone) if again else None
    where = Where(client, campaign)
    request = DispositionRequest(
        kind=disposition,
        note=text,
        at=moment.at if moment else None,
        at_named=moment.named if moment else "",
        day_ends=moment.day_ends if moment else None,
        company=company,
        channel=channel.value,
        about=about,
        token=token,
    )
    with open_session(user) as session:
        done = queue.report(session, where, request)

    result = done.result
    if as_json:
        emit_json(asdict(result))
        return
    emit(f"{result.company}: {result.disposition.replace('_', ' ')}")
    if result.again_at:
        note(f"returns to the queue on {shown(result.again_at, user_zone(zone))}")
    if result.suppressed:
        whose = {"agency": "the agency's", "client": "this client's", "campaign": "this campaign's"}
        named = whose[result.level or "client"]
        note(f"added to {named} do-not-contact list, under every name, domain and number")
        note(hit(Hits(result.companies, result.open_cards)))
    if result.doubted:
        note(f"{counted(result.doubted, 'fact')} of the card counted as doubted, by source")
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
