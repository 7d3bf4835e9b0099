"""`sluice queue` release, skip, postpone, note and undo."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from actions import desk
from actions.desk import Until
from actions.session import open_session
from console.cli.moments import Moment, future_moment, shown, user_zone
from console.cli.options import AsJson, HeldProspect, UserName, ZoneName
from console.cli.output import emit, emit_json, note, plain
from console.cli.own_queue import QueueCampaign, QueueClient, own_queue, own_zone
from console.cli.work import report_work


def release(
    user: UserName = None,
    company: HeldProspect = None,
    client: QueueClient = None,
    campaign: QueueCampaign = None,
    as_json: AsJson = False,
) -> None:
    """Return a prospect to the queue.

    Example: sluice queue release --as ann
    """
    with open_session(user) as session:
        name = desk.release(session, own_queue(session, client, campaign), company)

    emit_json({"released": name}) if as_json else emit(f"released {plain(name)}")


def skip(
    reason: Annotated[str, typer.Argument(help="Why, for the next user.", metavar="REASON")],
    user: UserName = None,
    company: HeldProspect = None,
    client: QueueClient = None,
    campaign: QueueCampaign = None,
    as_json: AsJson = False,
) -> None:
    """Leave a prospect to others for a day.

    It returns to the queue at once, and is not handed to you again before the day is over.

    Example: sluice queue skip "I know the owner" --as ann
    """
    with open_session(user) as session:
        name = desk.skip(session, own_queue(session, client, campaign), reason, company)

    emit_json({"skipped": name}) if as_json else emit(f"skipped {plain(name)}")


def postpone(
    when: Annotated[
        str,
        typer.Argument(help="When: tue 9, in 2 weeks, 2027-01-31T09:00.", metavar="WHEN"),
    ],
    user: UserName = None,
    company: HeldProspect = None,
    reason: Annotated[
        str, typer.Option("--reason", help="Why, for the next user.", metavar="TEXT")
    ] = "",
    zone: ZoneName = None,
    client: QueueClient = None,
    campaign: QueueCampaign = None,
    as_json: AsJson = False,
) -> None:
    """Put a prospect off until a day or time.

    Anybody gets it then. A call-back that was promised stays with who promised it. To promise one,
    use `sluice queue done call_back`.

    Example: sluice queue postpone "in 2 weeks" --reason "closed for the holidays" --as ann
    """
    with open_session(user) as session:
        zone = own_zone(session, zone)
        moment = future_moment(when, zone)
        where = own_queue(session, client, campaign)
        done = desk.postpone(session, where, until(moment), reason, company)

    if as_json:
        emit_json({"postponed": done.company, "again_at": moment.at})
        return
    emit(f"postponed {plain(done.company)} to {shown(moment.at, user_zone(zone))}")
    report_work(done.work)


def write_note(
    text: Annotated[str, typer.Argument(help="What the next user should know.", metavar="TEXT")],
    user: UserName = None,
    company: Annotated[
        str | None,
        typer.Option(
            "--company", help="Any company; default: the one held longest.", metavar="COMPANY"
        ),
    ] = None,
    client: QueueClient = None,
    campaign: QueueCampaign = None,
    as_json: AsJson = False,
) -> None:
    """Write a note on a company's card.

    Example: sluice queue note "ask for the plant manager" --as ann
    """
    with open_session(user) as session:
        name = desk.write_note(session, own_queue(session, client, campaign), text, company)

    emit_json({"noted": name}) if as_json else emit(f"noted on {plain(name)}")


def undo(
    user: UserName = None,
    reason: Annotated[
        str,
        typer.Option("--reason", help="Why; needed to undo do_not_contact.", metavar="TEXT"),
    ] = "",
    client: QueueClient = None,
    campaign: QueueCampaign = None,
    as_json: AsJson = False,
) -> None:
    """Undo your last action in the campaign.

    Results, notes, releases, skips and postponements are undone, newest first, each until somebody
    else acts on the company. Everything is as before, and you hold the prospect again.

    Example: sluice queue undo --as ann
    """
    with open_session(user) as session:
        done = desk.undo(session, own_queue(session, client, campaign), reason)

    undone = done.undone
    if as_json:
        emit_json(asdict(undone))
        return
    what = plain(f"{undone.verb} {undone.text}".strip(), 80)
    emit(f"{plain(undone.company)}: undone: {what}")
    if undone.contact_again:
        note("it may be contacted again: the suppression that came of this is ended")
    if undone.held:
        note("you hold it again: see `sluice queue next`")
    report_work(done.work)


def until(moment: Moment) -> Until:
    """A moment as actions take it."""
    return Until(moment.at, moment.named, moment.day_ends)
