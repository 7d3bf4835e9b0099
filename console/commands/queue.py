"""`sluice queue`: what an SDR does all day."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any

import typer

from console.at_once import ask_for, work_off
from console.commands import answer
from console.options import AsJson, CampaignName, ClientName, UserName
from console.output import emit, emit_json, note, table
from console.workplace import workplace

Company = Annotated[
    str | None,
    typer.Option(
        "--company", help="Which of your prospects, by name, domain or id; default: the oldest."
    ),
]


def add_to(app: typer.Typer) -> None:
    """Add the commands of the queue."""
    group = typer.Typer(
        name="queue", help="Take the next prospect, and say what came of it.", no_args_is_help=True
    )
    for add in (_next, _show, answer.add_to, _release, _done, _reopen, _stats):
        add(group)
    app.add_typer(group)


def _next(group: typer.Typer) -> None:
    @group.command("next")
    def take(
        user: UserName = None,
        client: ClientName = "default",
        campaign: CampaignName = None,
        as_json: AsJson = False,
    ) -> None:
        """Lease the best free prospect, so that nobody else gets it, and show its card.

        Asking again shows the same card until you release it or are done with it. Exit code 3:
        nothing is left.

        Example: sluice queue next --as ann
        """
        from leads.errors import NotFoundError
        from outreach.run.leasing import take_next

        with workplace() as at, at.store.write() as tx:
            made = take_next(tx, at.desk(tx, client, campaign, user))
        if made is None:
            raise NotFoundError(
                "no prospect is free right now",
                "see `sluice queue stats` for what is held or waits for its time",
            )
        emit_json(made.to_json()) if as_json else _print_card(made.to_json())


def _show(group: typer.Typer) -> None:
    @group.command("show")
    def show(
        company: Annotated[
            str | None,
            typer.Argument(help="A company, by name, domain or id.", metavar="[COMPANY]"),
        ] = None,
        client: ClientName = "default",
        campaign: CampaignName = None,
        limit: Annotated[int, typer.Option(help="How many rows.", min=1)] = 20,
        as_json: AsJson = False,
    ) -> None:
        """Show the queue, best first, or the card of one company, whether it is in the queue or
        not.

        Example: sluice queue show --limit 50
        """
        from leads.store import clients, companies, queue
        from outreach.run.cards import card_of
        from qualify.run.profiles import profile_of

        with workplace() as at, at.store.write() as tx:
            desk = at.desk(tx, client, campaign, None)
            if company is not None:
                found = companies.find(tx, desk.client_id, company)["id"]
                made = card_of(tx, desk, found).to_json()
                emit_json(made) if as_json else _print_card(made)
                return
            rows = [asdict(row) for row in queue.ready(tx, desk.campaign_id, limit)]
            icp = clients.in_force(tx, desk.campaign_id)
        if as_json:
            emit_json(rows)
            return
        if icp and not profile_of(icp).score:
            rows = [{**row, "score_worst": "-", "score_best": "-"} for row in rows]
        columns = {
            "name": "COMPANY",
            "score_worst": "WORST",
            "score_best": "BEST",
            "state": "STATE",
            "user": "HELD BY",
            "not_before": "FROM",
        }
        table(rows, columns, empty="the queue is empty")


def _release(group: typer.Typer) -> None:
    @group.command("release")
    def give_back(
        user: UserName = None,
        company: Company = None,
        client: ClientName = "default",
        campaign: CampaignName = None,
        as_json: AsJson = False,
    ) -> None:
        """Give a prospect back to the queue.

        Example: sluice queue release --as ann
        """
        from leads.store import companies
        from outreach.run.leasing import release

        with workplace() as at, at.store.write() as tx:
            desk = at.desk(tx, client, campaign, user)
            name = companies.find(tx, desk.client_id, str(release(tx, desk, company)))["name"]
        emit_json({"released": name}) if as_json else emit(f"released {name}")


def _done(group: typer.Typer) -> None:
    @group.command("done")
    def done(
        disposition: Annotated[
            str,
            typer.Argument(
                help=(
                    "no_answer, call_back, not_interested, interested, do_not_contact or"
                    " wrong_data."
                )
            ),
        ],
        user: UserName = None,
        company: Company = None,
        text: Annotated[
            str,
            typer.Option(
                "--note", help="What was said, for the next one who looks.", metavar="TEXT"
            ),
        ] = "",
        again: Annotated[
            str | None,
            typer.Option(
                "--at", help="When to try again: 2027-01-31 or 2027-01-31T09:00.", metavar="WHEN"
            ),
        ] = None,
        client: ClientName = "default",
        campaign: CampaignName = None,
        as_json: AsJson = False,
    ) -> None:
        """Close your prospect with what came of it.

        Example: sluice queue done call_back --as ann --at 2027-01-31T09:00 --note "after the fair"
        """
        from outreach.run import disposing

        with workplace() as at:
            with at.store.write() as tx:
                desk = at.desk(tx, client, campaign, user)
                request = disposing.DispositionRequest(
                    kind=disposition, note=text, at=_moment(again), company=company
                )
                made, changes = disposing.done(tx, desk, request)
                ask_for(tx, changes)
            work_off(at)
        result = made.to_json()
        if as_json:
            emit_json(result)
            return
        emit(f"{result['company']}: {result['disposition'].replace('_', ' ')}")
        if result["again_at"]:
            note(f"comes again from {result['again_at'][:16].replace('T', ' ')} UTC")
        if result["suppressed"]:
            note("suppressed for this client, under every name, domain and number it is known by")


def _reopen(group: typer.Typer) -> None:
    @group.command("reopen")
    def reopen(
        company: Annotated[str, typer.Argument(help="A company, by name, domain or id.")],
        user: UserName = None,
        client: ClientName = "default",
        campaign: CampaignName = None,
        as_json: AsJson = False,
    ) -> None:
        """Open again what a disposition closed; a suppression is not opened by this.

        Example: sluice queue reopen "Nordwind Maschinenbau" --as ann
        """
        from outreach.run.disposing import reopen as reopen_company

        with workplace() as at:
            with at.store.write() as tx:
                desk = at.desk(tx, client, campaign, user)
                ask_for(tx, reopen_company(tx, desk, company))
            work_off(at)
        emit_json({"reopened": company}) if as_json else emit(f"reopened {company}")


def _stats(group: typer.Typer) -> None:
    @group.command("stats")
    def stats(
        client: ClientName = "default", campaign: CampaignName = None, as_json: AsJson = False
    ) -> None:
        """Count the queue: free, held, done, kept out, and what came of the work.

        Example: sluice queue stats --json
        """
        from leads.store import dispositions, leases, queue
        from outreach.run.leasing import return_expired

        with workplace() as at, at.store.write() as tx:
            desk = at.desk(tx, client, campaign, None)
            return_expired(tx, desk)
            found: dict[str, Any] = {
                "states": queue.counts(tx, desk.campaign_id),
                "held": [
                    {"user": held.user, "until": held.until}
                    for held in leases.live(tx, desk.campaign_id)
                ],
                "dispositions": dispositions.counts(tx, desk.campaign_id),
            }
        if as_json:
            emit_json(found)
            return
        for part in ("states", "dispositions"):
            for name, count in found[part].items():
                emit(f"{name.replace('_', ' ')}: {count:,}")


def _moment(text: str | None) -> datetime | None:
    from leads.clock import now
    from leads.errors import UsageError

    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(
            f"{text!r} is no date or time", "write 2027-01-31 or 2027-01-31T09:00"
        ) from None
    found = found.astimezone() if found.tzinfo is None else found
    if found <= now():
        raise UsageError(f"{text} is past", "name a moment to come")
    return found


def _print_card(made: dict[str, Any]) -> None:
    from console.card import lines

    for line in lines(made):
        emit(line)
