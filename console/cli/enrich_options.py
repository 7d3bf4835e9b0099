"""Options of the commands that spend money on sources."""

from __future__ import annotations

from typing import Annotated

import typer

from leads.prices import Price, parse_budget, parse_price

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


def amounts_of(
    budget: tuple[str, str] | None, each: tuple[str, str] | None
) -> tuple[Price, Price | None]:
    """The budget and the most for one company, as the options give them."""
    return parse_budget(" ".join(budget or ()), " ".join(each or ()))
