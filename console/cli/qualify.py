"""`sluice qualify`: check the rows of a table, or decide again about a campaign's companies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from actions.qualify_table import QualifiedTable, qualify_table
from console.cli.icp_options import answer_mark
from console.cli.lazy import load
from console.cli.list_options import ListCountry, ListCurrency, read_options
from console.cli.match_options import list_file
from console.cli.options import (
    AsJson,
    CampaignName,
    ClientName,
    ColumnMap,
    Encoding,
    Sheet,
    UserName,
)
from console.cli.output import emit, emit_json, plain
from console.cli.spark_options import LOCAL, Engine, Master, SparkTarget, runs_on_spark
from console.cli.table_summary import note_summary
from console.cli.warnings import note_warning
from leads.errors import UsageError


def qualify(
    file: Annotated[
        str | None,
        typer.Argument(help="A table: CSV, XLSX or JSONL; - for stdin.", metavar="FILE"),
    ] = None,
    icp: Annotated[
        str | None,
        typer.Option("--icp", help="The ICP file; needed with FILE.", metavar="FILE"),
    ] = None,
    mapping: ColumnMap = None,
    encoding: Encoding = None,
    sheet: Sheet = None,
    country: ListCountry = None,
    currency: ListCurrency = None,
    as_lines: Annotated[
        bool, typer.Option("--jsonl", help="Print one JSON object per line.")
    ] = False,
    client: ClientName = "default",
    campaign: CampaignName = None,
    every: Annotated[bool, typer.Option("--all", help="Decide every company again.")] = False,
    user: UserName = None,
    engine: Engine = LOCAL,
    master: Master = None,
    output: Annotated[
        str | None,
        typer.Option(
            "-o", "--output", help="With Spark: a folder .csv or .parquet.", metavar="OUT"
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace OUT when it exists.")] = False,
    as_json: AsJson = False,
) -> None:
    """Check each row of FILE against an ICP.

    Shows whether each company fits, why, and what would decide it. Nothing is stored.

    Without FILE: decides again about companies of the client's campaign whose facts, profile or
    reference data changed since the last time, and counts all. --all decides every company again.

    --engine spark reads Parquet or CSV, of this machine or a Hadoop path, and writes the rows with
    stage, verdict, score and answers to -o OUT.

    Example: sluice qualify companies.csv --icp icp.yaml --json
    """
    if file is not None:
        if every:
            raise UsageError("--all is about a campaign", "leave out --all or the table")
        if icp is None:
            raise UsageError("a table needs a profile", "add --icp FILE")
        if runs_on_spark(engine, master):
            target = SparkTarget(output, master, force=force)
            listed = list_file(file, mapping, encoding, sheet, country, currency)
            print_on_spark = load("console.cli.qualify_spark:qualify_on_spark")
            print_on_spark(listed, icp, target, as_json=as_json)
            return
        if output is not None:
            raise UsageError(
                "-o needs --engine spark", "without it the rows are printed: add --json > FILE"
            )
        options = read_options(mapping or [], encoding, sheet, country=country, currency=currency)
        _print_table(qualify_table(file, options, icp), as_lines=as_lines, as_json=as_json)
        return
    if runs_on_spark(engine, master):
        raise UsageError("Spark qualifies a table", "name the table and --icp FILE")
    if icp is not None:
        raise UsageError(
            "--icp needs a table",
            "name the table, or put the profile in force with `sluice icp use`",
        )

    # Only this needs the database, whose import takes a second.
    decide_again = load("console.cli.qualify_campaign:qualify_campaign")
    decide_again(client, campaign, user, every=every, as_json=as_json)


def _print_table(table: QualifiedTable, *, as_lines: bool, as_json: bool) -> None:
    """Print the rows while the table is read, and then what its owner should know."""
    note_warning(table.warning)
    if as_lines:
        emit_json(table.rows, lines=True)
    elif as_json:
        emit_json(list(table.rows))
    else:
        for row in table.rows:
            _print_row(row, table.sections)
    note_summary(table.summary())


def _print_row(row: Mapping[str, Any], sections: Mapping[str, str]) -> None:
    score, verdict = row["score"], row["verdict"].replace("_", " ")
    points = f"{score['worst']} to {score['best']}" if "score" in sections.values() else "-"
    emit(f"{row['row']:>5} {plain(row['name'])}: {row['stage']} ({verdict}, score {points})")
    for answer in row["answers"]:
        mark = answer_mark(answer["answer"], sections[answer["criterion"]])
        emit(f"        {mark} {answer['criterion']}: {plain(answer['reason'])}")
    if row["what_next"]:
        emit(f"        {plain(row['what_next'])}")
