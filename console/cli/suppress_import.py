"""`sluice suppress import`: a do-not-contact list."""

from __future__ import annotations

from typing import Annotated

import typer

from actions import suppression_imports
from actions.session import open_session
from actions.suppression_imports import ImportedSuppressions, Refused
from actions.suppressions import Scope
from actions.where import Where
from console.cli.list_options import read_options
from console.cli.options import (
    AsJson,
    CampaignName,
    ClientName,
    DryRun,
    Encoding,
    Reason,
    Sheet,
    UserName,
)
from console.cli.output import counted, emit, emit_json, note, plain
from console.cli.progress import Progress
from console.cli.suppress import Channel, Country, Until, hit, last_moment
from console.cli.work import report_work
from leads.errors import PartlyDoneError

ListLevel = Annotated[
    str | None,
    typer.Option(
        "--level", help="law, agency, client or campaign; default: the row's.", metavar="LEVEL"
    ),
]
#: How many rejected lines are shown.
SHOWN = 20


def import_file(
    file: Annotated[
        str,
        typer.Argument(help="CSV, XLSX, JSONL, or one entry a line; - for stdin."),
    ],
    mapping: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            help="name, domain, email, phone, country, opt_out or ignore.",
            metavar="FIELD=COLUMN",
        ),
    ] = None,
    country: Country = None,
    encoding: Encoding = None,
    sheet: Sheet = None,
    level: ListLevel = None,
    reason: Reason = "",
    until: Until = None,
    channel: Channel = None,
    dry_run: DryRun = False,
    user: UserName = None,
    client: ClientName = "default",
    campaign: CampaignName = None,
    as_json: AsJson = False,
) -> None:
    """Suppress everything that a file names.

    The columns of a table are recognised as those of any list; every row is suppressed under all
    that it names. Where the file has an opt-out column, a row with a no there is left out. Without
    a header each line is one company, domain, e-mail address or phone number.

    A column `channel` names the only channel that a row stops, or all; where a cell is empty, or
    there is no such column, --channel does. Without both a row stops every contact.

    The columns that `suppress export` writes (level, campaign, reason, source, until) count too:
    --level replaces a row's level, --reason and --until count where a row says nothing.

    The list is stored whole or not at all. Importing the same file again changes nothing. Exit
    code 5: some values were not understood; the others were stored.

    Example: sluice suppress import robinson-list.csv --country DE --level agency
    """
    options = read_options(mapping or [], encoding, sheet)
    scope = Scope(Where(client, campaign), level or "client")
    with Progress() as progress, open_session(user, progress) as session:
        done = suppression_imports.import_file(
            session,
            scope,
            file,
            options=options,
            country=country,
            reason=reason,
            until=last_moment(until),
            channel=channel,
            keep_levels=level is None,
            dry_run=dry_run,
        )

    _report(done, as_json=as_json, dry_run=dry_run)
    if dry_run:
        note("nothing was written")
    report_work(done.work)
    refused = done.rejected.count + done.unread.count
    if refused:
        raise PartlyDoneError(
            f"{counted(refused, 'line was', 'lines were')} not, or not all, understood",
            "correct them and import the file again: what is known stays as it is",
        )


def _report(done: ImportedSuppressions, *, as_json: bool, dry_run: bool) -> None:
    counts = {"new": done.new, "known": done.known, "rejected": done.rejected.count}
    if as_json:
        hits = {"matches": done.hits.companies, "open_cards": done.hits.open_cards}
        emit_json(counts | hits)
    else:
        emit(", ".join(f"{count:,} {name}" for name, count in counts.items()))
        note(hit(done.hits, dry_run=dry_run))

    if done.columns:
        note("columns: " + ", ".join(f"{plain(header)} is {what}" for header, what in done.columns))
    if done.unused:
        note(f"not used: {plain(', '.join(done.unused))}")
    if done.kinds:
        kinds = ", ".join(f"{count:,} {kind}" for kind, count in sorted(done.kinds.items()))
        note(f"understood: {kinds}")
    if done.country.origin and done.kinds.get("phone"):
        note(f"phone numbers in national form: {done.country.code}, {done.country.origin}")
    if done.allowed:
        note(f"{counted(done.allowed, 'row')} left out: their opt-out cell says no, or nothing")
    _note_lines(done.rejected, "")
    _note_lines(done.unread, "stored without this: ")


def _note_lines(refused: Refused, before: str) -> None:
    for number, error in refused.lines[:SHOWN]:
        note(f"line {number}: {before}{plain(error)}")
    if refused.count > SHOWN:
        note(f"and {counted(refused.count - SHOWN, 'more line', 'more lines')}")
