"""`sluice export`: companies as a file that another tool imports."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from typing import Annotated, Any

import typer

from actions import exports
from actions.exports import ExportRequest, Only
from actions.session import open_session
from actions.where import Where
from console.cli.accuracy_lines import note_flags
from console.cli.export_report import show_report
from console.cli.moments import day_start
from console.cli.options import AsJson, CampaignName, ClientName, DryRun, UserName
from console.cli.output import emit_json
from console.cli.progress import Progress
from console.cli.tables import table
from leads.clock import now
from leads.errors import UsageError

STANDARD = "-"


def export(
    context: typer.Context,
    profile: Annotated[
        str,
        typer.Option("--profile", help="A profile's name or YAML file.", metavar="NAME"),
    ] = "plain",
    output: Annotated[
        str | None,
        typer.Option(
            "-o",
            "--output",
            help="A .csv, .xlsx, .jsonl or .parquet file; - for stdout.",
            metavar="FILE",
        ),
    ] = None,
    stage: Annotated[
        list[str] | None,
        typer.Option("--stage", help="A stage, or all; default: prospect.", metavar="STAGE"),
    ] = None,
    queue: Annotated[
        bool, typer.Option("--queue", help="Only what is in the queue, best first.")
    ] = False,
    new: Annotated[
        bool, typer.Option("--new", help="Only companies this profile never exported.")
    ] = False,
    changed: Annotated[
        bool, typer.Option("--changed", help="Only new ones and those whose row changed.")
    ] = False,
    removals: Annotated[
        bool, typer.Option("--removals", help="Only exported companies that must stop.")
    ] = False,
    since: Annotated[
        str | None,
        typer.Option("--since", help="Only verdicts of this day or later.", metavar="DATE"),
    ] = None,
    where: Annotated[
        list[str] | None,
        typer.Option("--where", help="Such as country=DE or employees_low>=50.", metavar="TEXT"),
    ] = None,
    limit: Annotated[
        int | None, typer.Option("--limit", help="The most rows.", min=1, metavar="N")
    ] = None,
    with_sources: Annotated[
        bool, typer.Option("--with-sources", help="Add source and date of each value.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace FILE when it exists.")] = False,
    dry_run: DryRun = False,
    client: ClientName = "default",
    campaign: CampaignName = None,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Export companies to a file.

    A suppressed company is left out, whatever is asked for. The file appears when every row is
    written. Without -o, --json prints the rows; with -o, it prints a summary.

    Where licences of registers and providers want to be named, NAME.attribution.txt appears beside
    the file. It says which licence is the strictest.

    A list whose audit does not show the promised accuracy is named (`sluice audit report`). Its
    companies are exported all the same.

    Each export is logged, so that --new names what is new to a tool, and --removals what must stop
    there.

    Example: sluice export --profile hubspot -o prospects.csv
    """
    if context.invoked_subcommand:
        return
    request = ExportRequest(
        where=Where(client, campaign),
        profile=profile,
        path=output,
        stages=tuple(stage or ()),
        queue=queue,
        removals=removals,
        only=_only(new, changed),
        since=_past(since) if since else None,
        conditions=tuple(where or ()),
        limit=limit,
        with_sources=with_sources,
        force=force,
        dry_run=dry_run,
    )
    _check(request, new=new, changed=changed, as_json=as_json)

    rows = _Rows() if _prints_rows(request, as_json=as_json) else None
    with Progress() as progress, open_session(user, progress) as session:
        report = exports.export_companies(session, request, rows)
    if rows is not None:
        rows.end()
    show_report(report, request, as_json=as_json and rows is None)
    note_flags(report.below_promise)


def log(
    limit: Annotated[int, typer.Option("--limit", help="The most lines.", min=1, metavar="N")] = 20,
    client: ClientName = "default",
    campaign: CampaignName = None,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """List a campaign's exports, newest first.

    Example: sluice export log
    """
    with open_session(user) as session:
        found = exports.export_log(session, Where(client, campaign), limit)
    rows = [
        {
            "export_id": one.id,
            "at": one.started_at,
            "by": one.by,
            "profile": one.profile,
            "kind": one.kind,
            "file": one.file,
            "rows": one.rows,
            "complete": one.finished_at is not None,
        }
        for one in found
    ]
    if as_json:
        emit_json(rows)
        return
    columns = {
        "at": "AT",
        "by": "BY",
        "profile": "PROFILE",
        "kind": "KIND",
        "file": "FILE",
        "rows": "ROWS",
    }
    table(rows, columns, empty="nothing was exported yet")


class _Rows:
    """Prints rows as one JSON array, while they are read."""

    def __init__(self) -> None:
        self._any = False

    def __call__(self, document: Any) -> None:
        text = json.dumps(document, ensure_ascii=False)
        sys.stdout.write((",\n" if self._any else "[\n") + text)
        self._any = True

    def end(self) -> None:
        """Complete the array."""
        sys.stdout.write("\n]\n" if self._any else "[]\n")


def _only(new: bool, changed: bool) -> Only:
    if new:
        return Only.NEW
    return Only.CHANGED if changed else Only.ALL


def _prints_rows(request: ExportRequest, *, as_json: bool) -> bool:
    return as_json and request.path is None and not request.dry_run


def _check(request: ExportRequest, *, new: bool, changed: bool, as_json: bool) -> None:
    if request.path is None and not as_json and not request.dry_run:
        raise UsageError("no file is named", "add -o FILE, or --json for rows on stdout")
    if new and changed:
        raise UsageError("--new and --changed exclude each other", "--changed includes what is new")
    if request.removals and (new or changed or request.queue or request.stages):
        raise UsageError(
            "--removals names companies of earlier exports, whatever their stage",
            "leave out --new, --changed, --queue and --stage",
        )


def _past(text: str) -> datetime:
    """The moment of --since; UsageError for one that is still to come: no verdict is newer."""
    at = day_start(text)
    if at > now():
        raise UsageError(f"--since {text} is still to come", "name a day up to today")
    return at
