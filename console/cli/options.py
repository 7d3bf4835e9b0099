"""The options that stand on many commands."""

from typing import Annotated

import typer

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]
ClientName = Annotated[str, typer.Option("--client", help="The client to act for.", metavar="NAME")]
CampaignName = Annotated[
    str | None,
    typer.Option(
        "--campaign", help="The campaign; needed when the client has several.", metavar="NAME"
    ),
]
UserName = Annotated[
    str | None,
    typer.Option(
        "--as",
        help="The user to act as; default: setting `user`, else login.",
        metavar="NAME",
    ),
]
ZoneName = Annotated[
    str | None,
    typer.Option("--tz", help="Zone of the time, such as Europe/Berlin.", metavar="ZONE"),
]
HeldProspect = Annotated[
    str | None,
    typer.Option(
        "--company",
        help="A prospect you hold; default: the one held longest.",
        metavar="COMPANY",
    ),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would happen; write nothing.")]
Reason = Annotated[
    str, typer.Option("--reason", help="The reason, kept in the log.", metavar="TEXT")
]

# How a list or table is read.
ColumnMap = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        help="Set a column's field; ignore=COLUMN drops the column.",
        metavar="FIELD=COLUMN",
    ),
]
Encoding = Annotated[
    str | None,
    typer.Option(
        "--encoding", help="For files that are not UTF-8, such as cp1252.", metavar="NAME"
    ),
]
Sheet = Annotated[
    str | None,
    typer.Option("--sheet", help="The sheet of an XLSX, by name or number.", metavar="SHEET"),
]
Inbound = Annotated[
    bool, typer.Option("--inbound", help="It came by itself: add it; it may be a lead.")
]
