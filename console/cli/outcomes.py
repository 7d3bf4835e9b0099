"""`sluice outcomes`: what other tools report of companies."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from actions import outcomes
from actions.outcomes import ImportedOutcomes, OutcomeFile
from actions.session import open_session
from actions.where import Where
from console.cli.moments import day_start, user_zone
from console.cli.options import (
    AsJson,
    CampaignName,
    ClientName,
    DryRun,
    Encoding,
    Sheet,
    UserName,
    ZoneName,
)
from console.cli.output import counted, emit, emit_json, note, plain
from console.cli.progress import Progress
from console.cli.suppress import hit
from console.cli.tables import table
from console.cli.work import report_work
from leads.errors import PartlyDoneError


def import_file(
    file: Annotated[
        str, typer.Argument(help="A CSV, XLSX or JSONL file; - for stdin.", metavar="FILE")
    ],
    profile: Annotated[
        str,
        typer.Option("--profile", help="The tool, or a profile's YAML file.", metavar="NAME"),
    ] = "plain",
    dates: Annotated[
        Literal["day-first", "month-first"] | None,
        typer.Option("--dates", help="How dates such as 11/10/2026 are meant.", metavar="ORDER"),
    ] = None,
    date: Annotated[
        str | None,
        typer.Option("--date", help="The time of rows that state none.", metavar="DATE"),
    ] = None,
    currency: Annotated[
        str | None,
        typer.Option("--currency", help="Of amounts that name none, such as EUR.", metavar="CODE"),
    ] = None,
    keep_bounced: Annotated[
        bool, typer.Option("--keep-bounced", help="Suppress no address that bounced.")
    ] = False,
    encoding: Encoding = None,
    sheet: Sheet = None,
    zone: ZoneName = None,
    dry_run: DryRun = False,
    client: ClientName = "default",
    campaign: CampaignName = None,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Import what another tool reports.

    Each row is matched to a company by the exported id, then by domain, by the domain of its
    e-mail address, then by name. Each outcome becomes a signal. Who unsubscribed is suppressed for
    every client, a hard bounce for this one. Won companies become customers, lost ones are closed.

    Importing the same file again changes nothing. Exit code 5: some rows were rejected.

    Example: sluice outcomes import activities.csv --profile lemlist
    """
    wanted = OutcomeFile(
        where=Where(client, campaign),
        path=file,
        profile=profile,
        moment=user_zone(zone).moment,
        order=dates,
        date=day_start(date) if date else None,
        currency=currency,
        encoding=encoding,
        sheet=sheet,
        suppress_bounces=not keep_bounced,
        dry_run=dry_run,
    )
    with Progress() as progress, open_session(user, progress) as session:
        done = outcomes.import_outcomes(session, wanted)

    _report(done, as_json=as_json, dry_run=dry_run)
    report_work(done.work)
    if done.rejected:
        raise _rejected(done)


def _rejected(done: outcomes.ImportedOutcomes) -> PartlyDoneError:
    if not done.rejects:
        return PartlyDoneError(
            f"{counted(done.rejected, 'row')} would be rejected",
            "correct them in the file; an import writes them to a reject file",
        )
    return PartlyDoneError(
        f"{counted(done.rejected, 'row was', 'rows were')} rejected: see {done.rejects}",
        "correct them there and import that file: what is known stays as it is",
    )


def profiles(as_json: AsJson = False) -> None:
    """List the outcome profiles.

    Copy one with `sluice outcomes show NAME > my.yaml` to make your own.

    Example: sluice outcomes profiles
    """
    found = [
        {
            "profile": one.outcomes,
            "about": one.about,
            "known_by": [list(names) for names in one.known_by],
        }
        for one in outcomes.list_profiles()
    ]
    if as_json:
        emit_json(found)
    else:
        table(found, {"profile": "PROFILE", "about": "FOR"}, empty="there are no profiles")


def show(
    name: Annotated[str, typer.Argument(help="A profile's name.", metavar="NAME")],
    as_json: AsJson = False,
) -> None:
    """Print an outcome profile.

    Example: sluice outcomes show plain > my.yaml
    """
    text = outcomes.profile_text(name)
    if as_json:
        emit_json({"profile": name, "yaml": text})
    else:
        emit(text.rstrip())


def _report(done: ImportedOutcomes, *, as_json: bool, dry_run: bool) -> None:
    if as_json:
        emit_json(
            {
                "profile": done.profile,
                "rows": done.rows,
                "recorded": done.recorded,
                "known": done.known,
                "without_outcome": done.silent,
                "rejected": done.rejected,
                "suppressed": done.suppressed,
                "relationships": done.moved,
                "values_left_out": done.values_dropped,
                "matches": done.hits.companies,
                "open_cards": done.hits.open_cards,
                "rejects": str(done.rejects) if done.rejects else None,
                "dry_run": dry_run,
            }
        )
    else:
        _lines(done, dry_run=dry_run)
    for line, reason in done.examples:
        note(f"line {line}: {plain(reason)}")
    if done.rejected > len(done.examples):
        note(f"and {counted(done.rejected - len(done.examples), 'more row')}")


def _lines(done: ImportedOutcomes, *, dry_run: bool) -> None:
    kinds = [f"{count:,} {plain(kind.replace('_', ' '))}" for kind, count in done.recorded.items()]
    verb = "would be recorded" if dry_run else "recorded"
    emit(f"{counted(done.rows, 'row')}: {', '.join(kinds) or 'nothing new'} {verb}")
    for state, count in done.moved.items():
        said = counted(count, "company is", "companies are")
        emit(f"  {said} {'a customer' if state == 'customer' and count == 1 else _plural(state)}")
    if done.suppressed:
        emit(f"  {counted(done.suppressed, 'suppression')} added")
        note(hit(done.hits, dry_run=dry_run))
    if done.known:
        note(f"{counted(done.known, 'outcome was', 'outcomes were')} known already")
    if done.silent:
        note(f"{counted(done.silent, 'row says', 'rows say')} nothing about a company")
    if done.values_dropped:
        said = counted(done.values_dropped, "amount was", "amounts were")
        note(f"{said} left out: no currency (--currency EUR), or digits that mean two amounts")
    if dry_run:
        note("nothing was written")


def _plural(state: str) -> str:
    return "customers" if state == "customer" else state
