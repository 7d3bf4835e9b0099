"""How a CSV divides its cells: the delimiter whose rows agree best on their width.

The standard library's Sniffer takes the letters of the text for delimiters when cells are ragged
and finds none in a list of one column; counting the cells each delimiter gives is slower and wrong
less often.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from intake.column_names import is_column_name
from intake.header import header_index

DELIMITERS = (",", ";", "\t", "|")
#: Splits nothing: no text holds it.
NONE = "\x1f"
#: A sample of more rows may be cut off in its last one.
_FEW = 5
_SEP = re.compile(r'^"?sep=(.)"?[;,\t]*\r?\n?$', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dialect:
    """The delimiter (`NONE` for a list of one column), and how a quote inside a quoted cell is
    written.
    """

    delimiter: str
    #: `\\"` stands for a quote, as MySQL and some scripts write it, instead of `""`.
    backslash: bool = False
    #: The first line only names the delimiter (`sep=;`).
    named: bool = False

    def reader(self, lines: Iterable[str], *, strict: bool) -> Iterator[list[str]]:
        """A csv reader over `lines`."""
        escape = "\\" if self.backslash else None
        return csv.reader(
            lines,
            delimiter=self.delimiter,
            doublequote=not self.backslash,
            escapechar=escape,
            strict=strict,
        )


def sniff(text: str) -> Dialect:
    """The dialect of a CSV whose first 64 KiB or so are `text`, quotes doubled (see
    `csv_records.with_escapes`).
    """
    named = _SEP.match(text.partition("\n")[0])
    if named:
        return Dialect(named[1], named=True)
    scores = {delimiter: _agreement(text, delimiter) for delimiter in DELIMITERS}
    best = max(DELIMITERS, key=lambda delimiter: scores[delimiter])
    return Dialect(best if scores[best] >= 0.5 else NONE)


def _rows(text: str, dialect: Dialect) -> list[list[str]]:
    rows: list[list[str]] = []
    # A cell over the limit ends the sample; what was read before it is enough.
    with suppress(csv.Error):
        rows.extend(dialect.reader(io.StringIO(text, newline=""), strict=False))
    return [row for row in (rows[:-1] if len(rows) > _FEW else rows) if row]


def _agreement(text: str, delimiter: str) -> float:
    """Share of the rows from the header on that have the commonest width, 0 when that is one cell;
    a header of that width counts extra.
    """
    rows = _rows(text, Dialect(delimiter))
    at = header_index(rows) if rows else None
    if at is None:
        return 0.0
    widths = Counter(len(row) for row in rows[at:])
    width, often = max(widths.items(), key=lambda item: (item[1], item[0]))
    share = often / len(rows[at:])
    # Above the header of a list of one column there are no titles, but its names have commas.
    if width == 1 or (share < 0.9 and (at > 0 or len(rows[0]) == 1)):
        return 0.0
    # Commas in amounts agree on a width as well as delimiters do, but they leave no names of
    # columns whole.
    named = any(is_column_name(cell) for cell in rows[at])
    return (
        share
        + 0.3 * named
        + 0.2 * (len(rows[at]) == width)
        + 0.1 * (at == 0)
        + 0.001 * min(width, 50)
    )
