"""Tables on a terminal or in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from console.cli.output import note, plain

#: Characters of a cell; longer texts end in an ellipsis.
CELL = 80
#: A pipe has no width: nothing is cut or wrapped there.
_PIPE = 10_000


def table(rows: Sequence[Mapping[str, Any]], columns: Mapping[str, str], *, empty: str) -> None:
    """Print rows under headings, or `empty` on stderr when there are none.

    `columns` maps a key of the rows to its heading.
    """
    if not rows:
        note(empty)
        return

    made = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for heading in columns.values():
        made.add_column(heading, overflow="ellipsis", no_wrap=True)
    for row in rows:
        made.add_row(*(Text(plain(row.get(key), CELL)) for key in columns))
    print_rich(made)


def print_rich(content: Any) -> None:
    """Print something that rich renders; plain text where stdout is not a terminal."""
    terminal = sys.stdout.isatty()
    console = Console(file=sys.stdout, width=None if terminal else _PIPE, highlight=False)
    console.print(content)
