"""`sluice queue show` and `sluice queue stats`."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

import typer

from actions import queue_views
from actions.queue_grid import grid_of
from actions.queue_views import QueueLine, QueueRows
from actions.session import open_session
from console.cli import card
from console.cli.card_json import card_json
from console.cli.options import AsJson, UserName
from console.cli.output import counted, emit, emit_json, note, plain
from console.cli.own_queue import QueueCampaign, QueueClient, own_queue
from console.cli.queue_grid import show_grid
from console.cli.tables import table

#: Whether a company may be called now.
_OPEN = {True: "yes", False: "no", None: "?"}
#: The columns of campaigns that score signals.
_INTEREST = {"grid": "GRID", "engagement": "ENGAGEMENT", "temperature": "TEMPERATURE"}


def show(
    company: Annotated[
        str | None, typer.Argument(help="A company, by name, domain or id.", metavar="COMPANY")
    ] = None,
    client: QueueClient = None,
    campaign: QueueCampaign = None,
    limit: Annotated[int, typer.Option(help="How many rows.", min=1, metavar="N")] = 20,
    full: Annotated[bool, typer.Option("--full", help="Long notes on the card, uncut.")] = False,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Show the queue, or one company's card.

    The queue is listed best first. OPEN says whether a company is in its call hours now. A card is
    shown for any company, in the queue or not.

    Example: sluice queue show --limit 50
    """
    with open_session(user) as session:
        where = own_queue(session, client, campaign)
        if company is not None:
            made = queue_views.show_card(session, where, company)
            emit_json(card_json(made)) if as_json else card.show(made, full=full)
            return
        found = queue_views.show_queue(session, where, limit)

    if as_json:
        emit_json([_row_json(found, one) for one in found.rows])
    else:
        _print_queue(found)


def stats(
    grid: Annotated[bool, typer.Option("--grid", help="The nine cells of the grid.")] = False,
    client: QueueClient = None,
    campaign: QueueCampaign = None,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Count the queue by state and outcome, or by grid cell.

    --grid counts each cell of fit and engagement: who waits there, who was worked there, and which
    part of those became leads, with its 95% interval.

    Example: sluice queue stats --grid
    """
    with open_session(user) as session:
        where = own_queue(session, client, campaign)
        if grid:
            show_grid(grid_of(session, where), as_json=as_json)
            return
        found = queue_views.stats(session, where)

    if as_json:
        held = [{"user": one.user, "until": one.until} for one in found.held]
        outcomes = {
            "dispositions": found.dispositions,
            "doubts": found.doubts,
            "worked_lately": found.worked_lately,
        }
        head = {"states": found.states, "unreachable": found.unreachable}
        emit_json(head | {"held": held, **outcomes})
        return
    if not found.states:
        note("the queue is empty")
    for counts in (found.states, found.dispositions):
        for name, count in counts.items():
            emit(f"{name.replace('_', ' ')}: {count:,}")
    if found.worked_lately:
        emit(f"of those ready, held because worked lately by this agency: {found.worked_lately:,}")
    if found.unreachable:
        emit(f"unreachable: {found.unreachable:,} of those that are out")
    for source, count in found.doubts.items():
        emit(f"said to be wrong of {plain(source)}: {counted(count, 'fact')}")


def _row_json(found: QueueRows, row: QueueLine) -> dict[str, Any]:
    return asdict(row) | {"open": found.is_open[row.company_id]} | _interest(found, row)


def _interest(found: QueueRows, row: QueueLine) -> dict[str, Any]:
    one = found.interests.get(row.company_id)
    return {
        "grid": one.grid if one else None,
        "engagement": one.engagement if one else None,
        "temperature": one.temperature if one else None,
    }


def _print_queue(found: QueueRows) -> None:
    rows = [
        asdict(one)
        | {"why": queue_views.why_held(one), "open": _OPEN[found.is_open[one.company_id]]}
        | _interest(found, one)
        for one in found.rows
    ]
    if not found.scored:
        rows = [row | {"score_worst": "-", "score_best": "-"} for row in rows]
    columns = {
        "name": "COMPANY",
        **(_INTEREST if found.interests else {}),
        "score_worst": "WORST",
        "score_best": "BEST",
        "state": "STATE",
        "open": "OPEN",
        "user": "HELD BY",
        "not_before": "FROM",
    }
    if any(row["why"] for row in rows):
        columns["why"] = "WHY"
    table(rows, columns, empty="the queue is empty")
