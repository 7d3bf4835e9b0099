"""The options of reports."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Annotated

import typer

from actions.reports import Period
from console.cli.moments import day_start

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

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def period_of(since: str | None, until: str | None) -> Period:
    """The period of a report; a day without a time is counted whole."""
    return Period(day_start(since) if since else None, day_start(_after(until)) if until else None)


def _after(day: str) -> str:
    """The day after a day, or a moment as given."""
    if not _DAY.fullmatch(day):
        return day
    try:
        return (date.fromisoformat(day) + timedelta(days=1)).isoformat()
    except (ValueError, OverflowError):
        return day
