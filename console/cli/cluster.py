"""`sluice cluster` and `sluice link`: duplicates in one file, and the rows of one in another."""

from __future__ import annotations

import time
from typing import Annotated

import typer

from actions import matching
from actions.matching import ClusterRequest, LinkRequest
from console.cli.lazy import load
from console.cli.list_options import ListCountry, ListCurrency
from console.cli.match_options import Model, Strictness, list_file
from console.cli.match_report import MatchReport, show
from console.cli.options import AsJson, ColumnMap, Encoding, Sheet
from console.cli.progress import Progress
from console.cli.spark_options import LOCAL, Engine, Master, runs_on_spark

Output = Annotated[
    str,
    typer.Option("-o", "--output", help="The result: .csv or .jsonl; - for stdout.", metavar="OUT"),
]
Kind = Annotated[
    str,
    typer.Option(
        "--company-is",
        help="What one company is: site, legal_entity, brand or group.",
        metavar="KIND",
    ),
]
Force = Annotated[bool, typer.Option("--force", help="Replace OUT when it exists.")]


def cluster(
    file: Annotated[
        str, typer.Argument(help="A list: CSV, XLSX or JSONL; - for stdin.", metavar="FILE")
    ],
    output: Output,
    id_column: Annotated[
        str | None,
        typer.Option(
            "--id",
            help="The id column; default: recognised, else row numbers.",
            metavar="COLUMN",
        ),
    ] = None,
    company_is: Kind = "legal_entity",
    strictness: Strictness = "balanced",
    model: Model = None,
    mapping: ColumnMap = None,
    encoding: Encoding = None,
    sheet: Sheet = None,
    country: ListCountry = None,
    currency: ListCurrency = None,
    force: Force = False,
    engine: Engine = LOCAL,
    master: Master = None,
    as_json: AsJson = False,
) -> None:
    """Find duplicates inside one file.

    Writes every row with cluster_id, score, reason and review_with, and stores nothing. The
    cluster_id is the smallest row id of the cluster: numbers by value first, then texts. In a file
    without an id column the row number is the id. The score, 0 to 1, is how likely the row's best
    match in its cluster is.

    review_with names rows of other clusters that may be the same company: a person must decide.
    --strictness careful merges less and leaves more to review, greedy the other way round. --model
    takes the weights of a file that `sluice dedupe fit --out` wrote. If FILE has a column of that
    name, the added one gets a number: score_2.

    Security: cells are written unchanged, so a cell that a spreadsheet runs as a formula stays one.
    Import an untrusted file as text.

    --engine spark reads Parquet or CSV, of this machine or a Hadoop path, and writes a folder of
    such files, with a reason for rejected rows only. It needs an id column. --master is as Spark
    names it: local[4], or the URL of a cluster.

    Exit code 5: some rows name no company; they have a reason and no cluster_id.

    Example: sluice cluster fair-2026.csv -o clustered.csv
    """
    began, progress = time.monotonic(), Progress()
    request = ClusterRequest(
        file=list_file(file, mapping, encoding, sheet, country, currency),
        output=output,
        id_column=id_column,
        company_is=company_is,
        strictness=strictness,
        model=model,
        force=force,
    )
    if runs_on_spark(engine, master):
        # Only this needs Spark, whose import takes a second.
        done = load("actions.spark_matching:cluster_on_spark")(request, master, progress)
    else:
        done = matching.cluster_file(request, progress)
    progress.end()

    counts = {
        "rows": done.file.rows,
        "clusters": done.clusters,
        "duplicates": done.duplicates,
        "review_pairs": done.review_pairs,
    }
    report = MatchReport(
        output,
        strictness,
        counts,
        done.warnings,
        done.columns,
        [done.file],
        time.monotonic() - began,
        model,
    )
    show(report, as_json=as_json)


def link(
    left: Annotated[str, typer.Argument(help="The list to look up; - for stdin.", metavar="LEFT")],
    right: Annotated[
        str,
        typer.Argument(help="A register or CRM export to search; - for stdin.", metavar="RIGHT"),
    ],
    output: Output,
    right_id: Annotated[
        str | None,
        typer.Option(
            "--right-id",
            help="RIGHT's id column; default: recognised, else row numbers.",
            metavar="COLUMN",
        ),
    ] = None,
    company_is: Kind = "legal_entity",
    strictness: Strictness = "balanced",
    model: Model = None,
    mapping: ColumnMap = None,
    right_mapping: Annotated[
        list[str] | None,
        typer.Option("--right-map", help="--map for a column of RIGHT.", metavar="FIELD=COLUMN"),
    ] = None,
    encoding: Encoding = None,
    right_encoding: Annotated[
        str | None, typer.Option("--right-encoding", help="--encoding of RIGHT.", metavar="NAME")
    ] = None,
    sheet: Sheet = None,
    right_sheet: Annotated[
        str | None, typer.Option("--right-sheet", help="--sheet of RIGHT.", metavar="SHEET")
    ] = None,
    country: ListCountry = None,
    currency: ListCurrency = None,
    right_country: Annotated[
        str | None,
        typer.Option("--right-country", help="--country of RIGHT.", metavar="CODE"),
    ] = None,
    right_currency: Annotated[
        str | None,
        typer.Option("--right-currency", help="--currency of RIGHT.", metavar="CODE"),
    ] = None,
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """Find the rows of one file in another.

    Writes every row of LEFT with match_id, score, reason and review_with, and stores nothing. A row
    with several matches repeats, the likeliest first. In a row without a match, review_with names
    rows of RIGHT that may match: a person must decide. In a RIGHT without an id column the row
    number is the id. If LEFT has a column of that name, the added one gets a number: score_2.

    Security: cells are written unchanged, so a cell that a spreadsheet runs as a formula stays one.
    Import an untrusted file as text.

    Exit code 5: some rows name no company.

    Example: sluice link fair-2026.csv register.csv -o found.csv --right-id CompanyNumber
    """
    began, progress = time.monotonic(), Progress()
    request = LinkRequest(
        left=list_file(left, mapping, encoding, sheet, country, currency),
        right=list_file(
            right, right_mapping, right_encoding, right_sheet, right_country, right_currency
        ),
        output=output,
        right_id=right_id,
        company_is=company_is,
        strictness=strictness,
        model=model,
        force=force,
    )
    done = matching.link_files(request, progress)
    progress.end()

    counts = {
        "rows": done.left.rows,
        "right_rows": done.right.rows,
        "matched": done.matched,
        "matches": done.matches,
        "review_pairs": done.review_pairs,
    }
    files = [done.left, done.right]
    report = MatchReport(
        output,
        strictness,
        counts,
        done.warnings,
        done.columns,
        files,
        time.monotonic() - began,
        model,
    )
    show(report, as_json=as_json)
