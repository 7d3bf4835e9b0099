"""`sluice scoring use` and `explain`: what a campaign's signals are worth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated, Any

import typer

from actions import scoring
from actions.scoring import ExplainedScore, Line, Result
from actions.session import open_session
from actions.where import Where
from console.cli.file_remarks import in_force, remark_line
from console.cli.moments import day_start
from console.cli.options import AsJson, CampaignName, ClientName, DryRun, UserName
from console.cli.output import counted, emit, emit_json, note, plain
from console.cli.progress import waiting
from console.cli.tables import table
from console.cli.work import report_work
from leads.clock import now

FilePath = Annotated[str, typer.Argument(help="A scoring file; - for stdin.", metavar="FILE")]


def use(
    file: FilePath,
    client: ClientName = "default",
    campaign: CampaignName = None,
    dry_run: DryRun = False,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Put a scoring file in force for a campaign.

    Every company with signals is scored. Raise the file's version with every change: a version that
    was used is never changed.

    Example: sluice scoring use examples/scoring/seed.yaml --campaign spring --dry-run
    """
    with waiting("scoring companies") as progress, open_session(user, progress) as session:
        used = scoring.use_scoring(session, file, Where(client, campaign), dry_run=dry_run)

    one, found = used.checked.scoring, used.preview
    if as_json:
        emit_json(
            {"scoring": one.name, "version": one.version, "changed": used.changed} | asdict(found)
        )
    else:
        how = in_force(changed=used.changed, dry_run=dry_run)
        emit(f"{plain(one.name)} version {one.version} {how}")
        each = [f"{number:,} {name}" for name, number in found.temperatures.items()]
        each += [f"{number:,} {name}" for name, number in found.qualifications.items()]
        emit(f"  {', '.join(each)}; another temperature than before: {found.changed:,}")
    for remark in used.checked.remarks:
        note(remark_line(file, remark))
    if used.work is not None:
        report_work(used.work)


def explain(
    company: Annotated[
        str, typer.Argument(help="A company, by name, domain or id.", metavar="COMPANY")
    ],
    since: Annotated[
        str | None,
        typer.Option("--since", help="Show what moved the score since this day.", metavar="TIME"),
    ] = None,
    at: Annotated[
        str | None,
        typer.Option("--at", help="The score at this time; default: now.", metavar="TIME"),
    ] = None,
    client: ClientName = "default",
    campaign: CampaignName = None,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Explain a company's score.

    Lists each signal that counts, its points when it happened and what is left of them. They add
    up to the sum, which is rounded half up and clamped to 0 to 100.

    Example: sluice scoring explain acme.example --since monday
    """
    moment = day_start(at) if at else now()
    start = day_start(since) if since else None
    with open_session(user) as session:
        found = scoring.explain_score(session, Where(client, campaign), company, moment, start)
    if as_json:
        emit_json(_json(found))
    else:
        _show(found)


def _json(found: ExplainedScore) -> dict[str, Any]:
    moved = found.moved
    return {
        "company_id": found.company_id,
        **found.explained.result.as_json(),
        "company": found.company,
        "at": found.at,
        "scoring": {"name": found.scoring.name, "version": found.scoring.version},
        "ledger": [one.as_json() for one in found.explained.lines],
        "machine": found.explained.machine,
        "unknown_kinds": found.explained.unknown_kinds,
        "kept_by": found.explained.kept and asdict(found.explained.kept),
        "moved": moved and asdict(moved) | {"lines": [one.as_json() for one in moved.lines]},
    }


def _show(found: ExplainedScore) -> None:
    result = found.explained.result
    named = found.scoring.labels.get(result.temperature, result.temperature)
    emit(f"{plain(found.company)}: {result.engagement}, {plain(named)}")
    if kept := found.explained.kept:
        emit(f"  {plain(named)} by {plain(kept.signal)}, whatever its points")
    _show_cooling(result)
    if result.qualifications or result.open:
        unsure = [f"{name} (open)" for name in result.open]
        emit(f"  qualified as {', '.join([*result.qualifications, *unsure])}")
    if result.suppressed:
        emit(f"  suppressed by its signals: {result.suppressed}")
    _show_lines(found.explained.lines)
    emit(f"sum {result.sum:.2f}, by {plain(found.scoring.name)} version {found.scoring.version}")
    if found.moved:
        emit(
            f"since {plain(found.moved.since)} UTC: from {found.moved.engagement}"
            f" ({found.moved.temperature}), {_signed(found.moved.gained)} by"
            f" {counted(len(found.moved.lines), 'signal')}, {_signed(-found.moved.faded)} by time"
        )
    if found.explained.machine:
        note(f"{counted(found.explained.machine, 'signal')} caused by a machine left out")
    for word in found.explained.unknown_kinds:
        note(f"there is no kind {plain(word)}: its signals are left out")


def _signed(points: float) -> str:
    """Points with their sign; what rounds to nothing has none that is negative."""
    return f"{round(points, 2) or 0:+.2f}"


def _show_cooling(result: Result) -> None:
    for word, moment in (("warm", result.warm_at), ("cold", result.cold_at)):
        # It may go from hot to cold at once.
        if moment and (word == "cold" or moment != result.cold_at):
            emit(f"  {word} at {plain(moment)} UTC, unless it does something")


def _show_lines(lines: Sequence[Line]) -> None:
    columns = {
        "at": "AT",
        "signal": "SIGNAL",
        "rule": "RULE",
        "channel": "CHANNEL",
        "points": "POINTS",
        "now": "NOW",
    }
    table([_row(one) for one in lines], columns, empty="no signals count")


def _row(one: Line) -> dict[str, Any]:
    return one.as_json() | {"points": f"{one.points:.2f}", "now": f"{one.now:.2f}"}
