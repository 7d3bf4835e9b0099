"""The options of reports."""

from __future__ import annotations

from typing import Annotated

import typer

from actions.reports import Period
from console.cli.moments import day_end, day_start

Since = Annotated[
    str | None, typer.Option("--since", help="Count from this day or time on.", metavar="DAY")
]
Until = Annotated[
    str | None,
    typer.Option("--until", help="Count up to this day, the day included.", metavar="DAY"),
]
By = Annotated[
    str | None,
    typer.Option("--by", help="list, vendor, channel, icp, scoring, sdr or week.", metavar="WHAT"),
]
Output = Annotated[
    str | None,
    typer.Option("-o", "--output", help="Write .html, .csv or .json instead.", metavar="FILE"),
]
Force = Annotated[bool, typer.Option("--force", help="Replace FILE when it exists.")]


def period_of(since: str | None, until: str | None) -> Period:
    """The period of a report; a day without a time is counted whole."""
    return Period(day_start(since) if since else None, day_end(until) if until else None)
