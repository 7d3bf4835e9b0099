"""The options that say how companies are matched."""

from typing import Annotated

import typer

from actions.match_file import ListFile
from console.cli.column_map import column_map

Strictness = Annotated[
    str,
    typer.Option(
        "--strictness",
        help="How sure a merge must be: careful, balanced or greedy.",
        metavar="LEVEL",
    ),
]
Model = Annotated[
    str | None,
    typer.Option("--model", help="Weights that `dedupe fit` learned.", metavar="MODEL"),
]
ClientStrictness = Annotated[
    str | None,
    typer.Option(
        "--strictness",
        help="careful, balanced or greedy; kept for the client.",
        metavar="LEVEL",
    ),
]


def list_file(
    path: str,
    mapping: list[str] | None,
    encoding: str | None,
    sheet: str | None,
    country: str | None,
    currency: str | None = None,
) -> ListFile:
    """Return a file and how it is read, from the options that say so."""
    return ListFile(
        path=path,
        mapping=column_map(mapping or []),
        encoding=encoding,
        sheet=sheet,
        country=country,
        currency=currency,
    )
