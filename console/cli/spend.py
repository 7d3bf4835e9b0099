"""`sluice spend`: what was paid for lists."""

from __future__ import annotations

from typing import Annotated

import typer

from actions.session import open_session
from actions.spending import Spent, spending
from console.cli.options import AsJson, UserName
from console.cli.output import emit_json, note
from console.cli.report_options import Since, Until, period_of
from console.cli.tables import table

_COLUMNS = {"group": "{}", "lists": "LISTS", "unstated": "WITHOUT COST", "cost": "COST"}


def spend(
    by: Annotated[
        str, typer.Option("--by", help="client, vendor, list or week.", metavar="WHAT")
    ] = "client",
    since: Since = None,
    until: Until = None,
    client: Annotated[
        str | None,
        typer.Option("--client", help="Count one client's only.", metavar="CLIENT"),
    ] = None,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Count what was paid for lists.

    Counts the cost that imports stated (`sluice import --cost`), on the day the list was added. A
    list whose cost nobody stated is counted as such. Currencies are not added to each other.

    Example: sluice spend --by vendor --since 2026-11-01
    """
    with open_session(user) as session:
        found = spending(session, by, period_of(since, until), client)

    if as_json:
        emit_json({"by": found.by, "groups": [*map(_row, found.groups)], "all": _row(found.whole)})
        return
    columns = {key: heading.format(found.by.upper()) for key, heading in _COLUMNS.items()}
    shown = [*found.groups, found.whole] if found.groups else []
    rows = [_row(one) | {"cost": str(one.cost) or "none stated"} for one in shown]
    table(rows, columns, empty="no lists in this period")
    if found.whole.unstated:
        note("state what a list cost: `sluice import FILE --name NAME --cost '250 EUR'`")


def _row(one: Spent) -> dict[str, object]:
    return {
        "group": one.group,
        "lists": one.lists,
        "unstated": one.unstated,
        "cost": one.cost.as_json(),
    }
