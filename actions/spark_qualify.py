"""Check the rows of a table that is too large for one process against a profile, on Spark."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePosixPath
from typing import Any, NamedTuple

import pyarrow as pa

from actions.added_columns import added_columns
from actions.match_file import ListFile
from actions.matching import Progress
from actions.profile_files import Icp, Notice, read_icp
from actions.spark_table import (
    ROW,
    SparkTable,
    cells_of,
    check_output,
    first_rows,
    open_table,
    work_folder,
    write_rows,
)
from intake.list_defaults import ListDefaults
from intake.mapping import ColumnMapping
from intake.parsed_list import name_of
from intake.read_list import Reading, open_reading
from intake.read_options import ReadOptions
from leads.clock import now
from leads.sheets.rows import Cells, Notes, SourceRow, Table
from leads.spark import SparkFlow, spark_session
from qualify.bulk.table import qualify_rows
from qualify.members.roll_up import of_table

#: What each row gets: `answers` and `grade` are JSON, as `sluice qualify --json` prints them.
QUALIFIED = (
    "stage",
    "verdict",
    "score_worst",
    "score_best",
    "grade",
    "what_next",
    "answers",
    "rejected",
)
_RESULTS = pa.schema(
    [
        (ROW, pa.int64()),
        ("stage", pa.string()),
        ("verdict", pa.string()),
        ("score_worst", pa.int64()),
        ("score_best", pa.int64()),
        ("grade", pa.string()),
        ("what_next", pa.string()),
        ("answers", pa.string()),
        ("rejected", pa.string()),
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class QualifiedOnSpark:
    """What qualifying a table led to."""

    #: Rows by the stage of their company.
    stages: Mapping[str, int]
    rejected: int
    #: What is done otherwise than the profile says.
    warning: Notice | None
    #: The name of each added column.
    columns: Mapping[str, str]


class _Known(NamedTuple):
    """What every worker needs to read and decide rows."""

    header: Cells
    mapping: ColumnMapping
    options: ReadOptions
    defaults: ListDefaults
    source: str
    icp: Icp
    today: date


def qualify_on_spark(
    file: ListFile,
    icp_file: str,
    output: str,
    master: str | None,
    progress: Progress,
    *,
    force: bool,
) -> QualifiedOnSpark:
    """Write every row of a table with its stage, verdict, score and answers."""
    icp = read_icp(icp_file).icp
    with spark_session(master) as session:
        check_output(session, output, [file.path], force=force)
        with work_folder(session, output) as folder:
            progress("reading rows", 0, 0)
            table = open_table(session, file, folder)
            flow = SparkFlow(session, folder)
            known = _recognised(table, file, icp)
            progress("deciding", 0, 0)
            results = flow.keep(flow.each(table.rows, _Decided(flow.shared(known)), _RESULTS))
            columns = added_columns(QUALIFIED, table.header)
            rows = table.rows.join(results, ROW).drop(ROW)
            progress("writing", 0, 0)
            write_rows(rows, (*table.header, *columns.values()), output)
            counted = results.groupBy("stage").count().collect()

    stages = {row["stage"]: row["count"] for row in counted}
    rejected = stages.pop(None, 0)
    return QualifiedOnSpark(
        stages=dict(sorted(stages.items())),
        rejected=rejected,
        warning=of_table(icp.company_is),
        columns=columns,
    )


def _recognised(table: SparkTable, file: ListFile, icp: Icp) -> _Known:
    source = f"file:{PurePosixPath(table.path).name}"
    options = file.options
    with first_rows(table) as path:
        local = replace(options, encoding=None)
        reading = open_reading(path, local, source=source, client_id=None)
    return _Known(
        table.header, reading.mapping, options, reading.defaults, source, icp, now().date()
    )


class _Decided:
    """Work that decides the rows of a part."""

    def __init__(self, known: Callable[[], _Known]) -> None:
        self._known = known

    def __call__(self, part: pa.Table) -> pa.Table:
        known = self._known()
        cells = cells_of(part, len(known.header))
        reading = _reading(known, cells)
        rows = [(row.row, name_of(row.facts), row.facts) for row in reading]
        found = {row["row"]: row for row in qualify_rows(known.icp, rows, known.today)}
        flaws = {bad.row: bad.reason for bad in reading.bad_rows()}
        numbers = range(1, len(cells) + 1)
        told = [_told(found.get(at), flaws.get(at, "the row is blank")) for at in numbers]
        columns = {name: [row[name] for row in told] for name in QUALIFIED}
        return pa.table({ROW: part.column(ROW), **columns}, schema=_RESULTS)


def _reading(known: _Known, cells: Sequence[Cells]) -> Reading:
    """Return the rows of a part as an opened list."""

    def rows(_: Notes) -> Iterator[SourceRow]:
        return (SourceRow(at, at + 1, row) for at, row in enumerate(cells, 1))

    table = Table(known.source, "csv", "utf-8", ",", known.header, "", Notes(), rows)
    return Reading(table, known.mapping, known.options, known.source, None, known.defaults)


def _told(row: Mapping[str, Any] | None, flaw: str) -> dict[str, Any]:
    if row is None:
        return dict.fromkeys(QUALIFIED) | {"rejected": flaw}
    return {
        "stage": row["stage"],
        "verdict": row["verdict"],
        "score_worst": row["score"]["worst"],
        "score_best": row["score"]["best"],
        "grade": json.dumps(row["grade"]) if "grade" in row else None,
        "what_next": row["what_next"],
        "answers": json.dumps(row["answers"], ensure_ascii=False),
        "rejected": None,
    }
