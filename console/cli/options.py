"""The options that stand on many commands."""

from typing import Annotated

import typer

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]
ClientName = Annotated[
    str, typer.Option("--client", help="Whose lists, campaigns and verdicts.", metavar="NAME")
]
CampaignName = Annotated[
    str | None,
    typer.Option(
        "--campaign", help="Which campaign; not needed when the client has one.", metavar="NAME"
    ),
]
UserName = Annotated[
    str | None,
    typer.Option(
        "--as",
        help="Who acts; default: the setting `user`, else the login name.",
        metavar="NAME",
    ),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would happen; write nothing.")]
Reason = Annotated[str, typer.Option("--reason", help="Why, for the log.", metavar="TEXT")]
