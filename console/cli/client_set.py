"""`sluice client set`: how a client's lists are read and its companies merged."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

import typer

from actions import clients, contacts, hour_costs, notices, strictness
from actions.contacts import KeptContacts
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
    kept: Annotated[
        str | None,
        typer.Option("--contacts", help="Keep of lists: none, roles or persons.", metavar="WHICH"),
    ] = None,
    controller: Annotated[
        str | None,
        typer.Option(
            "--controller", help="Who answers for contacts' data, with address.", metavar="TEXT"
        ),
    ] = None,
    hour: Annotated[
        str | None,
        typer.Option("--hour-cost", help="Of an SDR, such as '45 EUR', or none.", metavar="AMOUNT"),
    ] = None,
    dry_run: DryRun = False,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Set a client's options, such as country and hourly cost.

    --strictness: all records of the client are compared again: companies are merged or split, and
    their ids stay where possible. People's decisions stay. Set the level before to undo it.
    --dry-run counts the companies that would change.

    --country counts for lists that neither state nor show one: a column of countries, --country of
    the import, or states, postcodes and legal forms of nearly all rows come first. A row that shows
    another country stays without one. A list that was imported before changes when it is imported
    again.

    --contacts counts for lists imported from now on, and for sites: what they say about persons is
    dropped (none, the default), or mailboxes of roles (roles) or named persons too (persons) are
    kept as contacts. Stored pages are read again when more is kept than before; a list must be
    imported again. Contacts that are stored and kept no more are erased, which nothing undoes.

    --controller is what notices to contacts name: the company that answers for their data, with
    postal and e-mail address.

    --hour-cost is what an hour of an SDR costs. Reports add the time that SDRs held prospects to the
    cost of each lead.

    Example: sluice client set nordwind --strictness careful --dry-run
    """
    _check(country, level, kept, controller, hour, no_country=no_country)
    has_country = country is not None or no_country
    document: dict[str, Any] = {}
    keeps: KeptContacts | None = None
    with Progress() as progress, open_session(user, progress) as session:
        if has_country:
            document["country"] = clients.set_country(session, name, country, dry_run=dry_run)
        if kept is not None:
            keeps = contacts.keep_contacts(session, name, kept, dry_run=dry_run)
            document["contacts"] = _contacts_json(keeps)
        if controller is not None:
            document["controller"] = notices.set_controller(
                session, name, controller, dry_run=dry_run
            )
        if hour is not None:
            document["hour_cost"] = hour_costs.set_hour_cost(session, name, hour, dry_run=dry_run)
        done = strictness.set_strictness(session, name, level, dry_run=dry_run) if level else None

    _show(document, done, as_json=as_json)
    for work in (keeps.work if keeps else None, done.work if done else None):
        if work:
            report_work(work)


def _check(country: str | None, *others: str | None, no_country: bool) -> None:
    if country is None and not no_country and all(one is None for one in others):
        options = "--strictness, --country, --no-country, --contacts, --controller or --hour-cost"
        raise UsageError("nothing to set", f"add {options}")
    if no_country and country is not None:
        raise UsageError("--country and --no-country cannot be used together", "leave one out")


def _show(document: dict[str, Any], done: StrictnessSet | None, *, as_json: bool) -> None:
    if as_json:
        emit_json(document | (_strictness_json(done) if done else {}))
    else:
        if "country" in document:
            emit(f"default country: {document['country'] or 'none'}")
        if "controller" in document:
            emit(f"controller: {document['controller'] or 'none'}")
        if found := document.get("contacts"):
            emit(_contacts_line(found))
        if "hour_cost" in document:
            emit(f"cost of an hour: {document['hour_cost'] or 'not set'}")
        if done:
            emit(_strictness_line(done))


def _contacts_json(keeps: KeptContacts) -> dict[str, Any]:
    return {
        "contacts": keeps.contacts,
        "erased": keeps.erased,
        "sites_read_again": keeps.sites,
    }


def _contacts_line(found: dict[str, Any]) -> str:
    line = f"contacts: {found['contacts']}, {counted(found['erased'], 'contact')} erased"
    if not found["sites_read_again"]:
        return line
    return f"{line}; stored pages of {counted(found['sites_read_again'], 'site')} are read again"


def _strictness_json(done: StrictnessSet) -> dict[str, Any]:
    effect = asdict(done.effect) if done.effect else None
    return {"before": done.before, "strictness": done.after, "would_change": effect}


def _strictness_line(done: StrictnessSet) -> str:
    if done.effect is None:
        return f"strictness: {done.after}, before {done.before}"
    merged = counted(done.effect.merged, "company", "companies")
    return f"{done.after} would merge {merged} into others and split {done.effect.split:,}"
