"""`sluice cluster` and `sluice link`: duplicates inside one file, and the rows of one file found in
another; nothing is stored.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Annotated, Any

import typer

from console.cli.options import AsJson
from console.cli.output import counted, emit, emit_json, note, plain
from console.cli.progress import Progress

if TYPE_CHECKING:
    from console.matching_rows import MatchFile

Output = Annotated[
    str,
    typer.Option(
        "-o", "--output", help="Where the result goes: .csv or .jsonl; - for stdout.", metavar="OUT"
    ),
]
Kind = Annotated[
    str,
    typer.Option(
        "--company-is",
        help="What counts as one company: site, legal_entity, brand or group.",
        metavar="KIND",
    ),
]
Map = Annotated[
    list[str] | None,
    typer.Option(
        "--map", help="Say what a column is; FIELD ignore leaves it out.", metavar="FIELD=COLUMN"
    ),
]
Encoding = Annotated[
    str | None,
    typer.Option("--encoding", help="Needed for files that are not UTF-8, such as cp1252."),
]
Sheet = Annotated[str | None, typer.Option("--sheet", help="Of an XLSX, by name or number.")]
Force = Annotated[bool, typer.Option("--force", help="Replace OUT when it exists.")]


#: What the counts of a report are called when there is one.
_ONE = {
    "rows": "row",
    "right_rows": "right row",
    "clusters": "cluster",
    "duplicates": "duplicate",
    "matches": "match",
}


def add_to(app: typer.Typer) -> None:
    """Add both commands."""
    _cluster(app)
    _link(app)


def _cluster(app: typer.Typer) -> None:
    @app.command("cluster")
    def cluster(
        file: Annotated[
            str, typer.Argument(help="A list: CSV, XLSX or JSONL; - for stdin.", metavar="FILE")
        ],
        output: Output,
        id_column: Annotated[
            str | None,
            typer.Option(
                "--id", help="The column of row ids; default: as recognised, else row numbers."
            ),
        ] = None,
        company_is: Kind = "legal_entity",
        mapping: Map = None,
        encoding: Encoding = None,
        sheet: Sheet = None,
        force: Force = False,
        as_json: AsJson = False,
    ) -> None:
        """Find the rows of one file that are the same company: every row again, with cluster_id and
        reason; nothing is stored.

        The cluster_id is the smallest row id of the cluster. Cells stay as they were, so a cell
        that begins like a formula still does. Exit code 5: some rows name no company; they are in
        OUT with the reason and without a cluster_id.

        Example: sluice cluster fair-2026.csv -o clustered.csv
        """
        from console.cli.list_options import read_options
        from console.cluster_file import cluster_file

        began, progress = time.monotonic(), Progress()
        report, read = cluster_file(
            file,
            output,
            read_options(mapping or [], encoding, sheet, None),
            id_column,
            company_is,
            force,
            progress,
        )
        _end(output, report, [read], began, progress, as_json)


def _link(app: typer.Typer) -> None:
    @app.command("link")
    def link(
        left: Annotated[
            str,
            typer.Argument(help="The list whose rows are looked up; - for stdin.", metavar="LEFT"),
        ],
        right: Annotated[
            str,
            typer.Argument(
                help="Where they are looked up: a register, a CRM export; - for stdin.",
                metavar="RIGHT",
            ),
        ],
        output: Output,
        right_id: Annotated[
            str | None,
            typer.Option(
                "--right-id",
                help="The id column of RIGHT; default: as recognised, else row numbers.",
            ),
        ] = None,
        company_is: Kind = "legal_entity",
        mapping: Map = None,
        right_mapping: Annotated[
            list[str] | None,
            typer.Option(
                "--right-map", help="The same for a column of RIGHT.", metavar="FIELD=COLUMN"
            ),
        ] = None,
        encoding: Encoding = None,
        right_encoding: Annotated[
            str | None, typer.Option("--right-encoding", help="The same for RIGHT.")
        ] = None,
        sheet: Sheet = None,
        right_sheet: Annotated[
            str | None, typer.Option("--right-sheet", help="The same for RIGHT.")
        ] = None,
        force: Force = False,
        as_json: AsJson = False,
    ) -> None:
        """Find the rows of LEFT in RIGHT: every row of LEFT with match_id, score and reason;
        nothing is stored.

        A row with several matches repeats, the likeliest first; one with none has the added cells
        empty. Exit code 5: some rows name no company.

        Example: sluice link fair-2026.csv register.csv -o found.csv --right-id CompanyNumber
        """
        from console.cli.list_options import read_options
        from console.cluster_file import link_files

        began, progress = time.monotonic(), Progress()
        options = (
            read_options(mapping or [], encoding, sheet, None),
            read_options(right_mapping or [], right_encoding, right_sheet, None),
        )
        report, read = link_files(
            (left, right), output, options, right_id, company_is, force, progress
        )
        _end(output, report, read, began, progress, as_json)


def _end(
    output: str,
    report: dict[str, Any],
    read: list[MatchFile],
    began: float,
    progress: Progress,
    as_json: bool,
) -> None:
    """Say what came of it; exit code 5 when rows were rejected."""
    from console.matching_rows import columns_said
    from leads.errors import PartlyDoneError

    progress.end()
    warnings = [*report.pop("warnings"), *(warning for file in read for warning in file.warnings)]
    for file in read:
        if not file.rows:
            note(f"{plain(file.reading.file_name)} has no rows")
        note(
            f"{file.reading.file_name}:"
            f" {', '.join(f'{plain(name)} is {field}' for name, field in columns_said(file).items())}"
        )
        for line in file.reading.source.notes.lines():
            note(f"  {plain(line)}")
    for warning in warnings:
        note(f"warning: {plain(warning)}")
    whole = {**report, "warnings": warnings, "seconds": round(time.monotonic() - began, 2)}
    if output == "-":
        note(_said(report))
    elif as_json:
        emit_json(whole)
    else:
        emit(_said(report))
    if rejected := sum(file.rejected for file in read):
        raise PartlyDoneError(
            f"{rejected:,} {'row names' if rejected == 1 else 'rows name'} no company",
            (
                f"the column `reason` of {output} says why"
                if read[0].rejected
                else "mend them in the second file"
            ),
        )


def _said(report: dict[str, Any]) -> str:
    return ", ".join(
        _said_one(name, value) for name, value in report.items() if isinstance(value, int)
    )


def _said_one(name: str, count: int) -> str:
    words = name.replace("_", " ")
    return counted(count, _ONE.get(name, words), words)
