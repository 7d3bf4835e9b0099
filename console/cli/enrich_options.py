"""Options of the commands that spend money on sources."""

from __future__ import annotations

from typing import Annotated

import typer

from leads.prices import FREE, Price, parse_price

Budget = Annotated[
    tuple[str, str] | None,
    typer.Option(
        "--budget", help="The most to spend; default: nothing.", metavar="AMOUNT CURRENCY"
    ),
]
Each = Annotated[
    tuple[str, str] | None,
    typer.Option(
        "--max-per-company",
        help="The most to spend on one company.",
        metavar="AMOUNT CURRENCY",
    ),
]
OfCampaign = Annotated[
    str | None, typer.Option("--campaign", help="For one campaign only.", metavar="NAME")
]
OfList = Annotated[str | None, typer.Option("--list", help="For one list only.", metavar="NAME")]
InMonth = Annotated[bool, typer.Option("--per-month", help="For each month, instead of for ever.")]


def price_of(given: tuple[str, str] | None, what: str) -> Price | None:
    """The amount of an option; None if it was not given. UsageError if it is none."""
    return None if given is None else parse_price(" ".join(given), what)


def budget_of(given: tuple[str, str] | None, each: tuple[str, str] | None) -> Price:
    """The budget, or nothing in the currency of the other option: then only free sources count."""
    found = price_of(given, "a budget")
    if found is not None:
        return found
    other = price_of(each, "an amount")
    return FREE if other is None else Price(0, other.currency)
