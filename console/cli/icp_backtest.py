"""`sluice icp backtest`: what a profile said before companies were contacted."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from actions import icp_backtests
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
from console.cli.options import AsJson, CampaignName, ClientName, UserName
from console.cli.output import counted, emit, emit_json, note, plain
from console.cli.tables import table
from leads.errors import UsageError

_FILE = "were won"


def backtest(
    icp: Annotated[
        str | None, typer.Argument(help="An ICP file; needed with --on.", metavar="ICP")
    ] = None,
    on: Annotated[
        str | None,
        typer.Option("--on", help="Rows with an outcome: CSV, XLSX or JSONL.", metavar="FILE"),
    ] = None,
    outcome: Annotated[
        str | None,
        typer.Option("--outcome", help="The column of won and lost of --on.", metavar="COLUMN"),
    ] = None,
    won: Annotated[
        list[str] | None,
        typer.Option("--won", help="The outcome of won rows of --on.", metavar="WORD"),
    ] = None,
    goal: GoalName = "lead",
    client: ClientName = "default",
    campaign: CampaignName = None,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Compare verdicts with what companies became.

    Takes the verdict that was in force when each closed company was first contacted, and shows how
    well the score orders the companies, and the share that was won for each answer to each
    criterion. With --on, the profile decides about the rows of a file, and no database is needed.
    Under 20 companies no share is given. Nothing is stored.

    Example: sluice icp backtest --campaign spring

    Example: sluice icp backtest icp.yaml --on deals.csv --outcome won
    """
    if on is not None:
        document, became = _on_file(icp, on, outcome, won or []), _FILE
    elif icp is not None or outcome is not None:
        raise UsageError(
            "a profile is tried on a file of outcomes",
            "add --on FILE --outcome COLUMN; without them the stored verdicts are compared",
        )
    else:
        document, became = _of_campaign(goal, client, campaign, user), BECAME[goal]
    if as_json:
        emit_json(document)
    else:
        _show(document, became)


def _on_file(icp: str | None, on: str, outcome: str | None, won: list[str]) -> dict[str, Any]:
    if icp is None or outcome is None:
        raise UsageError(
            "--on needs a profile and the column of outcomes",
            "write `sluice icp backtest ICP --on FILE --outcome COLUMN`",
        )
    found = icp_backtests.backtest_file(icp, on, outcome, won)
    versions = [{"icp": found.icp, "version": found.version, "n": found.tried.closed.n}]
    return {
        "versions": versions,
        **found.tried.as_json(),
        "undecided": 0,
        "open": found.open,
        "rejected": found.rejected,
    }


def _of_campaign(goal: str, client: str, campaign: str | None, user: str | None) -> dict[str, Any]:
    wanted = icp_backtests.goal_named(goal)
    with open_session(user) as session:
        found = icp_backtests.backtest_icp(session, Where(client, campaign), wanted)
    versions = [
        {"icp": name, "version": version, "n": count}
        for (name, version), count in found.versions.items()
    ]
    return {
        "goal": goal,
        "versions": versions,
        **found.tried.as_json(),
        "undecided": found.undecided,
        "open": found.open,
    }


def _show(document: dict[str, Any], became: str) -> None:
    for one in document["versions"]:
        decided = counted(one["n"], "company", "companies")
        emit(f"{plain(one['icp'])} version {one['version']}: {decided}")
    emit_closed(document["closed"], document["open"], became)
    if document["undecided"]:
        note(
            f"{counted(document['undecided'], 'closed company', 'closed companies')} left out:"
            " no verdict before the first contact"
        )
    if not document["closed"]["n"]:
        return
    emit_reach(document, became)
    show_bands(document["calibration"])
    table(_answer_rows(document), _HEADINGS, empty="")


_HEADINGS = {
    "criterion": "CRITERION",
    "section": "SECTION",
    "coverage": "ANSWERED",
    "answer": "ANSWER",
    "n": "CLOSED",
    "won": "WON",
    "share": "SHARE WON",
}


def _answer_rows(document: dict[str, Any]) -> list[dict[str, Any]]:
    """One row for the verdicts and for the answers to each criterion that companies have."""
    groups = [("verdict", "", "", document["verdicts"])]
    for one in document["criteria"]:
        answers = {name: one[name] for name in ("yes", "no", "unknown")}
        groups.append((one["criterion"], one["section"], percent(one["coverage"]), answers))
    rows = []
    for criterion, section, coverage, answers in groups:
        for name, rate in answers.items():
            if rate["n"]:
                row = {"criterion": criterion, "section": section, "coverage": coverage}
                row |= {"answer": name.replace("_", " "), "n": rate["n"], "won": rate["won"]}
                rows.append(row | {"share": share(rate)})
    return rows
