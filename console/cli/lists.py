"""`sluice lists`: a client's raw lists."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import asdict
from typing import Annotated, Any

import typer

from actions import lists
from actions.session import open_session
from console.cli.options import AsJson, CampaignName, ClientName, UserName
from console.cli.output import emit, emit_json, note, plain
from console.cli.report_output import show as show_section
from console.cli.tables import table
from console.reports import documents
from console.reports.sections.lists import lists as list_section

Name = Annotated[str, typer.Argument(help="The list's name.", metavar="NAME")]

_COLUMNS = {
    "name": "LIST",
    "role": "ROLE",
    "vendor": "VENDOR",
    "as_of": "AS OF",
    "records": "RECORDS",
    "companies": "COMPANIES",
}


def show_all(
    context: typer.Context,
    client: ClientName = "default",
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """List a client's lists.

    Each with its role and how many records and companies it holds.

    Example: sluice lists --client nordwind
    """
    if context.invoked_subcommand:
        return
    with open_session(user) as session:
        found = lists.list_lists(session, client)

    rows = [asdict(one) for one in found]
    if as_json:
        emit_json(rows)
    else:
        table(rows, _COLUMNS, empty="no lists yet: `sluice import FILE` or `sluice run`")


def show(
    name: Name, client: ClientName = "default", user: UserName = None, as_json: AsJson = False
) -> None:
    """Show a list, its imports and its columns.

    The columns are shown as the last import understood them.

    Example: sluice lists show fair-2026
    """
    with open_session(user) as session:
        found = lists.show_list(session, client, name)

    about, imports = found.about, found.imports
    if as_json:
        emit_json({"list": asdict(about), "imports": [asdict(one) for one in imports]})
        return
    emit(f"{about.name} ({about.role})" + (f", from {about.vendor}" if about.vendor else ""))
    for one in imports:
        counts = ", ".join(f"{count:,} {what}" for what, count in one.counts.items() if count)
        undone = " (undone)" if one.undone_at else ""
        emit(f"  {one.at:%Y-%m-%d %H:%M} {one.file_name}: {counts}{undone}")
    for column in imports[0].columns["columns"] if imports else ():
        how = f" (by {column['how']})" if column["how"] else ""
        emit(f"    {plain(column['header'])} is {column['field']}{how}")


def scorecard(
    name: Annotated[
        str | None, typer.Argument(help="The list's name; all when left out.", metavar="NAME")
    ] = None,
    client: ClientName = "default",
    campaign: CampaignName = None,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Count what a list was worth.

    Shows duplicates inside the list, companies that other lists hold too or named before, barred,
    closed and dead ones, the stages of its companies, leads, and the cost of each. Without NAME all
    lists of prospects are compared.

    Example: sluice lists scorecard fair-2026
    """
    with open_session(user) as session:
        found = lists.show_scorecards(session, client, campaign, name)

    if name is None:
        if as_json:
            emit_json([documents.scorecard(one) for one in found])
        else:
            show_section(list_section(found))
        return
    (card,) = found
    document = documents.scorecard(card)
    if as_json:
        emit_json(document)
    else:
        _show_card(document)


def _show_card(document: Mapping[str, Any]) -> None:
    has_cost = document["cost"] is not None
    for what, value in document.items():
        if value is None:
            value = _unstated(what, has_cost=has_cost)
        emit(f"{what.replace('_', ' ')}: {plain(value)}")
    if not has_cost:
        name = shlex.quote(document["list"])
        note(f"`sluice import FILE --name {name} --cost '1,200 EUR'` states it")


def _unstated(what: str, *, has_cost: bool) -> str:
    if not what.startswith("cost_per_"):
        return "not stated"
    step = what.removeprefix("cost_per_").replace("_", " ")
    return f"no {step} yet" if has_cost else "unknown"
