"""The options that say how companies are matched."""

from typing import Annotated

import typer

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
