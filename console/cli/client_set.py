"""`sluice client set`: how a client's lists are read and its companies merged."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

import typer

from actions import clients, strictness
from actions.session import open_session
from actions.strictness import StrictnessSet
from console.cli.client import Name
from console.cli.options import AsJson, DryRun, UserName
from console.cli.output import counted, emit, emit_json
from console.cli.progress import Progress
from console.cli.work import report_work
from leads.errors import UsageError


def set_options(
    name: Name,
    level: Annotated[
        str | None,
        typer.Option(
            "--strictness",
            help="How sure a merge must be: careful, balanced or greedy.",
            metavar="LEVEL",
        ),
    ] = None,
    country: Annotated[
        str | None,
        typer.Option("--country", help="Of lists that state none, such as GB.", metavar="CODE"),
    ] = None,
    no_country: Annotated[
        bool, typer.Option("--no-country", help="Lists that state none have no country.")
    ] = False,
    dry_run: DryRun = False,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Set a client's strictness or default country.

    --strictness: all records of the client are compared again: companies are merged or split, and
    their ids stay where possible. People's decisions stay. Set the level before to undo it.
    --dry-run counts the companies that would change.

    --country counts for lists that neither state nor show one: a column of countries, --country of
    the import, or states, postcodes and legal forms of nearly all rows come first. A row that shows
    another country stays without one. A list that was imported before changes when it is imported
    again.

    Example: sluice client set nordwind --strictness careful --dry-run
    """
    has_country = _sets_country(level, country, no_country=no_country)
    document: dict[str, Any] = {}
    with Progress() as progress, open_session(user, progress) as session:
        if has_country:
            document["country"] = clients.set_country(session, name, country, dry_run=dry_run)
        done = strictness.set_strictness(session, name, level, dry_run=dry_run) if level else None

    _show(document, done, as_json=as_json)


def _sets_country(level: str | None, country: str | None, *, no_country: bool) -> bool:
    """Check the options, and whether one is about the country."""
    if level is None and country is None and not no_country:
        raise UsageError("nothing to set", "add --strictness, --country or --no-country")
    if no_country and country is not None:
        raise UsageError("--country and --no-country cannot be used together", "leave one out")
    return country is not None or no_country


def _show(document: dict[str, Any], done: StrictnessSet | None, *, as_json: bool) -> None:
    if as_json:
        emit_json(document | (_strictness_json(done) if done else {}))
    else:
        if "country" in document:
            emit(f"default country: {document['country'] or 'none'}")
        if done:
            emit(_strictness_line(done))
    if done:
        report_work(done.work)


def _strictness_json(done: StrictnessSet) -> dict[str, Any]:
    effect = asdict(done.effect) if done.effect else None
    return {"before": done.before, "strictness": done.after, "would_change": effect}


def _strictness_line(done: StrictnessSet) -> str:
    if done.effect is None:
        return f"strictness: {done.after}, before {done.before}"
    merged = counted(done.effect.merged, "company", "companies")
    return f"{done.after} would merge {merged} into others and split {done.effect.split:,}"
