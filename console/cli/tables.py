"""Tables on a terminal or in a pipe."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping, Sequence
from typing import Any

# `rich.cells` alone: the whole of rich takes longer to load than a short command takes to run.
from rich.cells import cell_len, set_cell_size

from console.cli.output import emit, note, plain

#: Characters of a cell; longer texts end in an ellipsis.
CELL = 80
_GAP = 2
#: Columns are not made narrower than this to fit a terminal.
_NARROWEST = 8
_BOLD, _NORMAL = "\x1b[1m", "\x1b[0m"


def table(rows: Sequence[Mapping[str, Any]], columns: Mapping[str, str], *, empty: str) -> None:
    """Print rows under headings, or `empty` on stderr when there are none.

    `columns` maps a key of the rows to its heading. Nothing is cut to a width in a pipe.
    """
    if not rows:
        note(empty)
        return

    lines = [list(columns.values())]
    lines += [[plain(row.get(key), CELL) for key in columns] for row in rows]
    widths = [max(cell_len(line[place]) for line in lines) for place in range(len(columns))]
    is_terminal = sys.stdout.isatty()
    if is_terminal:
        widths = _fitting(widths, shutil.get_terminal_size().columns)

    for number, line in enumerate(lines):
        text = "  ".join(map(_cell, line, widths)).rstrip()
        emit(f"{_BOLD}{text}{_NORMAL}" if is_terminal and not number else text)


def _fitting(widths: Sequence[int], room: int) -> list[int]:
    """The widths, the widest made narrower until the line fits."""
    fitting = list(widths)
    while sum(fitting) + _GAP * (len(fitting) - 1) > room and max(fitting) > _NARROWEST:
        fitting[fitting.index(max(fitting))] -= 1
    return fitting


def _cell(text: str, width: int) -> str:
    if cell_len(text) > width:
        return set_cell_size(text, width - 1) + "…"
    return set_cell_size(text, width)
