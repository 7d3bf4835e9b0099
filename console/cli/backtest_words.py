"""How backtests write shares, intervals and the figures of a whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from console.cli.output import counted, emit
from console.cli.tables import table

GoalName = Annotated[
    str, typer.Option("--goal", help="What counts as won: lead or customer.", metavar="GOAL")
]
TOO_FEW = "too few to say"
#: What a company that was won became, in the past tense.
BECAME = {"lead": "became leads", "customer": "became customers"}


def percent(part: float) -> str:
    """`23 %`."""
    return f"{part:.0%}".replace("%", " %")


def share(of: Mapping[str, Any]) -> str:
    """`23 % (19 to 28 %)`, or that there are too few."""
    if of["rate"] is None:
        return TOO_FEW
    return f"{percent(of['rate'])} ({percent(of['low'])} to {percent(of['high'])})"


def emit_closed(closed: Mapping[str, Any], still_open: int, became: str) -> None:
    """Print how many companies are closed, and how many of those were won."""
    rate = f", {share(closed)}" if closed["n"] else ""
    emit(
        f"{counted(closed['n'], 'closed company', 'closed companies')}: {closed['won']:,} {became}"
        f"{rate}; {still_open:,} still open"
    )


def emit_reach(found: Mapping[str, Any], became: str) -> None:
    """Print how well a number orders companies."""
    if found["auc"] is None:
        emit(f"AUC: {TOO_FEW}")
        return
    emit(
        f"AUC {found['auc']:.2f} ({found['auc_low']:.2f} to {found['auc_high']:.2f});"
        f" of the top tenth {found['lift10']:.1f} times as many {became} as of all"
    )


def show_bands(bands: list[dict[str, Any]]) -> None:
    """Print the share that was won in each range of the score."""
    rows = [
        {
            "range": f"{one['from']}" if one["from"] == one["to"] else f"{one['from']}–{one['to']}",
            "n": one["n"],
            "won": one["won"],
            "share": share(one),
        }
        for one in bands
    ]
    columns = {"range": "SCORE", "n": "CLOSED", "won": "WON", "share": "SHARE WON"}
    table(rows, columns, empty="")
