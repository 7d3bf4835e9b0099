"""`sluice suppress export`: the do-not-contact list as a file."""

from __future__ import annotations

from typing import Annotated

import typer

from actions import suppression_exports
from actions.session import open_session
from console.cli.options import AsJson, ClientName, UserName
from console.cli.output import counted, emit_json, note


def export_file(
    output: Annotated[
        str,
        typer.Option(
            "-o",
            "--output",
            help="A .csv, .xlsx, .jsonl or .parquet file; - for stdout.",
            metavar="FILE",
        ),
    ],
    level: Annotated[
        str | None,
        typer.Option("--level", help="Only law, agency, client or campaign.", metavar="LEVEL"),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that exists.")] = False,
    user: UserName = None,
    client: ClientName = "default",
    as_json: AsJson = False,
) -> None:
    """Write a client's do-not-contact list to a file.

    Those of the agency and the law are included. `sluice suppress import` reads the file again,
    at the level that you give there. Suppressions whose data was erased are only counted.

    Example: sluice suppress export -o do-not-contact.csv
    """
    with open_session(user) as session:
        done = suppression_exports.export_file(session, client, output, level=level, force=force)

    if as_json and output != "-":
        emit_json({"files": done.files, "rows": done.rows, "erased": done.erased})
        return
    note(f"{counted(done.rows, 'suppression')} written to {', '.join(done.files)}")
    if done.erased:
        note(f"{counted(done.erased, 'suppression')} left out: only keyed hashes are kept of it")
