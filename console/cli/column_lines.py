"""Say how each column of a file was read, a line for each, so that a wrong reading is seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from actions.reading_summary import ReadColumn
from console.cli.output import plain

_WIDTH = 60


def column_lines(columns: Sequence[ReadColumn]) -> Iterator[str]:
    """Describe the columns, and below each that is doubtful why."""
    for one in columns:
        by_cells = ", by its cells" if one.by_cells else ""
        line = f"{plain(one.header)} is {one.field}{by_cells}, {one.filled:.0%} filled"
        if one.cell:
            line += f', e.g. "{plain(one.cell, _WIDTH)}"'
        if one.values:
            line += f" → {plain(one.values, 2 * _WIDTH)}"
        yield line
        if one.doubt:
            yield f"  check {plain(one.header)}: {plain(one.doubt)}; {_way_out(one)}"


def _way_out(column: ReadColumn) -> str:
    if column.remedy:
        example = "EUR" if column.remedy == "--currency" else "GB"
        return f"state it for the whole list: {column.remedy} CODE, such as {example}"
    return (
        f"to read another column: --map {column.field}=COLUMN;"
        f' to leave this out: --map ignore="{plain(column.header)}"'
    )
