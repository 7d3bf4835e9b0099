"""`sluice scoring backtest`: what scores and signals said before the outcome."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from actions import backtests
from actions.backtests import ScoringTried
from actions.session import open_session
from actions.where import Where
from console.cli.backtest_words import (
    BECAME,
    GoalName,
    emit_closed,
    emit_reach,
    percent,
    share,
    show_bands,
)
from console.cli.moments import user_zone
from console.cli.options import AsJson, CampaignName, ClientName, UserName
from console.cli.output import emit, emit_json, plain
from console.cli.progress import waiting
from console.cli.tables import table
from leads.errors import UsageError


def backtest(
    file: Annotated[
        str | None,
        typer.Argument(
            help="A scoring file; default: the one in force.",
            metavar="FILE",
        ),
    ] = None,
    signals: Annotated[
        str | None,
        typer.Option("--signals", help="Signals with outcomes, JSON lines.", metavar="FILE"),
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
    Under 20 companies no share is given. Nothing is stored. With --signals the outcomes are the
    signals `won`, `lost`, `interested` and the like of a file, and no database is needed.

    Example: sluice scoring backtest --campaign spring

    Example: sluice scoring backtest scoring-v2.yaml --goal customer
    """
    wanted = backtests.goal_named(goal)
    if signals is not None:
        if file is None:
            raise UsageError("--signals needs a scoring file", "name it before --signals")
        with waiting("comparing scores"):
            found = backtests.backtest_signals(file, signals, wanted, user_zone(None).moment)
    else:
        with waiting("comparing scores") as progress, open_session(user, progress) as session:
            found = backtests.backtest_scoring(session, Where(client, campaign), file, wanted)
    document = _document(found)
    if as_json:
        emit_json(document)
    else:
        _show(document)


def measure(
    goal: GoalName = "lead",
    client: ClientName = "default",
    campaign: CampaignName = None,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Measure what the scores in force led to.

    Takes the outcomes since the scoring file was put in force, shows the same figures as `scoring
    backtest`, what each rule has counted since, the rules that counted nothing, and the day of the
    next check, a quarter after the file was put in force.

    Example: sluice scoring measure --campaign spring
    """
    wanted = backtests.goal_named(goal)
    with waiting("comparing scores") as progress, open_session(user, progress) as session:
        found = backtests.measure_scoring(session, Where(client, campaign), wanted)
    document = _document(found) | {
        "since": found.since,
        "rules": [one.as_json() for one in found.rules],
        "idle": list(found.idle),
        "next_check": found.next_check.date(),
    }
    if as_json:
        emit_json(document)
        return
    emit(f"in force since {plain(found.since)} UTC, next check on {found.next_check:%Y-%m-%d}")
    _show(document)
    _show_rules(document["rules"])
    if found.idle:
        emit(f"counted nothing since: {', '.join(found.idle)}")


def _document(found: ScoringTried) -> dict[str, Any]:
    return {
        "scoring": found.scoring.name,
        "version": found.scoring.version,
        "goal": found.goal.value,
        **found.tried.as_json(),
        "open": found.open,
    }


def _show_rules(rules: list[dict[str, Any]]) -> None:
    rows = [one | {"points": f"{one['points']:g}"} for one in rules]
    columns = {
        "rule": "RULE",
        "signals": "SIGNALS",
        "companies": "COMPANIES",
        "points": "POINTS GIVEN",
    }
    table(rows, columns, empty="")


def _show(document: dict[str, Any]) -> None:
    became = BECAME[document["goal"]]
    emit(f"{plain(document['scoring'])} version {document['version']}")
    emit_closed(document["closed"], document["open"], became)
    if not document["closed"]["n"]:
        return
    emit_reach(document, became)
    show_bands(document["calibration"])
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
