"""`sluice spend`: what was paid for lists, and for questions to sources."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from actions.session import open_session
from actions.spending import Spending, Spent, spending
from console.cli.options import AsJson, UserName
from console.cli.output import emit, emit_json, note
from console.cli.report_options import Since, Until, period_of
from console.cli.source_spending import group_json, group_row, source_columns
from console.cli.tables import table

_COLUMNS = {"group": "{}", "lists": "LISTS", "unstated": "WITHOUT COST", "cost": "COST"}


def spend(
    by: Annotated[
        str,
        typer.Option(
            "--by", help="client, campaign, source, vendor, list or week.", metavar="WHAT"
        ),
    ] = "client",
    since: Since = None,
    until: Until = None,
    client: Annotated[
        str | None,
        typer.Option("--client", help="Count one client's only.", metavar="CLIENT"),
    ] = None,
    allocate: Annotated[
        str,
        typer.Option("--allocate", help="Of shared answers: first, equal or none.", metavar="HOW"),
    ] = "first",
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Count what was paid for lists and for questions to sources.

    Of lists it counts the cost that imports stated (`sluice import --cost`), on the day the list
    was added. A list whose cost nobody stated is counted as such. Currencies are not added to each
    other.

    Questions count on the day they were asked. What is set aside is under way, and what is unclear
    waits for `sluice enrich unclear`; neither is part of the cost. The hit rate is the share of
    answers that found the company.

    An answer that several clients used is borne by the first of them, by all in equal parts, or by
    none of them but the agency (--allocate).

    --by source counts facts too. The cost of a correct fact is stated where facts of the source
    were judged (`sluice audit`) or doubted by dispositions: all its facts are taken to be as right
    as those.

    Example: sluice spend --by source --since 2026-11-01
    """
    with open_session(user) as session:
        found = spending(session, by, period_of(since, until), client, allocate)

    if as_json:
        emit_json(_json(found))
        return
    _show_lists(found)
    _show_sources(found)
    if found.whole.unstated:
        note("state what a list cost: `sluice import FILE --name NAME --cost '250 EUR'`")


def _show_lists(found: Spending) -> None:
    columns = {key: heading.format(found.by.upper()) for key, heading in _COLUMNS.items()}
    shown = [*found.groups, found.whole] if found.whole.lists else []
    rows = [_row(one) | {"cost": str(one.cost) or "none stated"} for one in shown]
    table(rows, columns, empty="no lists in this period")


def _show_sources(found: Spending) -> None:
    every = found.sources.whole
    # Somebody else's answer may cost a part where nothing was asked.
    is_any = bool(found.sources.groups or every.questions or every.cost)
    if is_any and found.whole.lists:
        emit("")
    shown = [*found.sources.groups, every] if is_any else []
    columns = source_columns(found.by)
    table([group_row(one) for one in shown], columns, empty="no questions to sources in it")


def _json(found: Spending) -> dict[str, Any]:
    return {
        "by": found.by,
        "groups": [*map(_row, found.groups)],
        "all": _row(found.whole),
        "sources": {
            "allocated": found.sources.allocated,
            "groups": [*map(group_json, found.sources.groups)],
            "all": group_json(found.sources.whole),
        },
    }


def _row(one: Spent) -> dict[str, object]:
    return {
        "group": one.group,
        "lists": one.lists,
        "unstated": one.unstated,
        "cost": one.cost.as_json(),
    }
