"""`sluice queue done`: report what came of a prospect."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

import typer

from actions import queue
from actions.queue import DispositionRequest, DispositionResult, MomentThere, NextCard
from actions.session import open_session
from actions.suppressions import Hits
from console.cli import card
from console.cli.card_json import card_json
from console.cli.moments import Zone, future_moment, shown, user_zone
from console.cli.options import AsJson, HeldProspect, UserName, ZoneName
from console.cli.output import counted, emit, emit_json, note, plain
from console.cli.own_queue import AnyTime, QueueCampaign, QueueClient, own_queue, own_zone
from console.cli.suppress import hit
from console.cli.work import report_work

_WHOSE = {"agency": "the agency's", "client": "this client's", "campaign": "this campaign's"}


class Channel(StrEnum):
    """How a company was contacted."""

    PHONE = "phone"
    EMAIL = "email"
    LINKEDIN = "linkedin"
    POST = "post"
    VISIT = "visit"
    OTHER = "other"


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
    client: QueueClient = None,
    campaign: QueueCampaign = None,
    then_next: Annotated[
        bool, typer.Option("--next", help="Lease the next prospect, and show its card.")
    ] = False,
    any_time: AnyTime = False,
    as_json: AsJson = False,
) -> None:
    """Report what came of a prospect.

    DISPOSITION is no_answer, call_back, not_interested, interested, do_not_contact or another one
    of `sluice dispositions list`, which also says what follows.

    --at is in your time zone (--tz, the setting time_zone, or the machine's); it may end in a UTC
    offset such as +01:00. Without it, the disposition says when the prospect returns.

    CHANNEL is phone, email, linkedin, post, visit or other. With --next and --json the next card
    is under `next`, or null when no prospect is free.

    Example: sluice queue done call_back --as ann --at 2027-01-31T09:00 --note "after the fair"
    """
    with open_session(user) as session:
        zone = own_zone(session, zone)
        where = own_queue(session, client, campaign)
        moment = future_moment(again, zone) if again else None
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
        done = queue.report(session, where, request)
        following = queue.next_card(session, where, any_time=any_time) if then_next else None

    result = done.result
    if as_json:
        emit_json(asdict(result) | (_next_json(following) if following else {}))
        return
    first, *rest = report_lines(result, user_zone(zone))
    emit(first)
    for line in rest:
        note(line)
    if following:
        _show_next(following)
    report_work(done.work)


def _there(there: MomentThere, at: datetime, zone: Zone) -> str:
    """Write what clocks show there, unless the user's show the same and it is open then."""
    same = (
        there.local
        and zone.clock(at).utcoffset() == datetime.fromisoformat(there.local).utcoffset()
    )
    return "" if same and there.is_open else there.words


def _next_json(following: NextCard) -> dict[str, Any]:
    return {"next": card_json(following.card) if following.card else None}


def _show_next(following: NextCard) -> None:
    if following.card:
        emit("")
        card.show(following.card)
    else:
        note(following.why_none)


def report_lines(result: DispositionResult, zone: Zone) -> Iterator[str]:
    """Write what a disposition changed, the result first."""
    yield f"{plain(result.company)}: {result.disposition.replace('_', ' ')}"
    if result.again_at and not result.suppressed_until:
        whose = "you promised to call" if result.promised else "returns to the queue"
        yield f"{whose} on {shown(result.again_at, zone)}"
        if result.there and (words := _there(result.there, result.again_at, zone)):
            yield f"that is {words}"
    if result.suppressed:
        named = _WHOSE[result.level or "client"]
        yield f"added to {named} do-not-contact list, under every name, domain and number"
        yield hit(Hits(result.companies, result.open_cards))
    if result.suppressed_until:
        yield f"that lifts by itself on {shown(result.suppressed_until, zone)}"
    if result.doubted:
        yield f"{counted(result.doubted, 'fact')} of the card counted as doubted, by source"
