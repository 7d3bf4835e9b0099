"""`sluice scoring backtest`: what scores and signals said before the outcome."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from actions import backtests
from actions.session import open_session
from actions.where import Where
from console.cli.backtest_words import (
    BECAME,
    GoalName,
    band_rows,
    emit_closed,
    emit_reach,
    percent,
    share,
)
from console.cli.options import AsJson, CampaignName, ClientName, UserName
from console.cli.output import emit, emit_json, plain
from console.cli.tables import table


def backtest(
    file: Annotated[
        str | None,
        typer.Argument(
            help="A scoring file; default: the one in force.",
            metavar="FILE",
        ),
    ] = None,
    goal: GoalName = "lead",
    client: ClientName = "default",
    campaign: CampaignName = None,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Compare scores with what companies became.

    Scores each company that was won or lost as of the moment before its outcome, and shows how well
    the score orders them, the share that was won for each range of the score and for each signal.
    Under 20 companies no share is given. Nothing is stored.

    Example: sluice scoring backtest --campaign spring

    Example: sluice scoring backtest scoring-v2.yaml --goal customer
    """
    wanted = backtests.goal_named(goal)
    with open_session(user) as session:
        found = backtests.backtest_scoring(session, Where(client, campaign), file, wanted)
    document: dict[str, Any] = {
        "scoring": found.scoring.name,
        "version": found.scoring.version,
        "goal": goal,
        **found.tried.as_json(),
        "open": found.open,
    }
    if as_json:
        emit_json(document)
    else:
        _show(document)


def _show(document: dict[str, Any]) -> None:
    became = BECAME[document["goal"]]
    emit(f"{plain(document['scoring'])} version {document['version']}")
    emit_closed(document["closed"], document["open"], became)
    if not document["closed"]["n"]:
        return
    emit_reach(document, became)
    columns = {"range": "SCORE", "n": "CLOSED", "won": "WON", "share": "SHARE WON"}
    table(band_rows(document["calibration"]), columns, empty="")
    rows = [
        {
            "signal": one["signal"],
            "points": ", ".join(f"{points:g}" for points in one["points"]) or "-",
            "n": one["n"],
            "won": one["won"],
            "share": share(one),
            "coverage": percent(one["coverage"]),
            "others": share(one["others"]),
        }
        for one in document["signals"]
    ]
    headings = {
        "signal": "SIGNAL",
        "points": "POINTS",
        "n": "GAVE IT",
        "won": "WON",
        "share": "SHARE WON",
        "coverage": "OF ALL",
        "others": "SHARE OF THE OTHERS",
    }
    table(rows, headings, empty="")
