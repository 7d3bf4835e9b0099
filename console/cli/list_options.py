"""The options that say how a list is read and what it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Annotated

import typer

from actions.list_defaults import ReadOptions, list_currency, stated_country
from console.cli.column_map import column_map
from leads.clock import now
from leads.errors import UsageError

OptOutColumns = Annotated[
    list[str] | None,
    typer.Option(
        "--opt-out-column",
        help="A column of who must not be contacted.",
        metavar="COLUMN",
    ),
]
ListCountry = Annotated[
    str | None,
    typer.Option(
        "--country", help="The country of every row that states none, such as GB.", metavar="CODE"
    ),
]
ListCurrency = Annotated[
    str | None,
    typer.Option(
        "--currency", help="The currency of amounts that state none, such as EUR.", metavar="CODE"
    ),
]


def read_options(
    mapping: Sequence[str],
    encoding: str | None = None,
    sheet: str | None = None,
    as_of: str | None = None,
    country: str | None = None,
    currency: str | None = None,
    opt_out: Sequence[str] = (),
    *,
    encoding_if_needed: bool = False,
) -> ReadOptions:
    """Make the options for reading a file; UsageError for a value that is not understood.

    `opt_out` names the columns that say who must not be contacted.
    """
    return ReadOptions(
        encoding=encoding,
        encoding_if_needed=encoding_if_needed,
        sheet=sheet,
        overrides=column_map([*mapping, *(f"opt_out={column}" for column in opt_out)]),
        as_of=day_of(as_of),
        country=stated_country(country),
        currency=list_currency(currency),
    )


def day_of(text: str | None) -> date | None:
    """Read the day of --as-of; UsageError when it is none, or in the future."""
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError:
        raise UsageError(f"--as-of {text!r} is not a day", "write it as 2026-03-31") from None
    # Where it is tomorrow already, that day is no mistake.
    if day and day > (now() + timedelta(hours=14)).date():
        raise UsageError(
            f"--as-of {text} is in the future", "name the day on which the list was right"
        )
    return day
