"""Detect the delimiter of a CSV: the one that gives most rows the same number of cells.

The standard library's Sniffer takes letters for delimiters when rows are ragged, and finds no
delimiter in a table of one column. Counting the cells that each delimiter gives is slower and
right more often.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace

from leads.sheets.header import NamesColumn, header_index

DELIMITERS = (",", ";", "\t", "|")
#: The delimiter of a table with one column: a character that no text contains.
NONE = "\x1f"
#: In a longer sample the last row is left out, as it may be cut off.
_FEW = 5
_SEP = re.compile(r'^"?sep=(.)"?[;,\t]*\r?\n?$', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dialect:
    """The delimiter (`NONE` for one column) and how a quote inside a quoted cell is written."""

    delimiter: str
    #: A quote is written `\\"`, as MySQL and some scripts do, instead of `""`.
    backslash: bool = False
    #: The first line only names the delimiter (`sep=;`).
    named: bool = False
    #: A quote opens a cell although a space stands before it: `Acme, "Ulm, Germany"`.
    spaced: bool = False

    def reader(self, lines: Iterable[str], *, strict: bool) -> Iterator[list[str]]:
        """A csv reader over `lines`."""
        escape = "\\" if self.backslash else None
        return csv.reader(
            lines,
            delimiter=self.delimiter,
            doublequote=not self.backslash,
            escapechar=escape,
            skipinitialspace=self.spaced,
            strict=strict,
        )


def sniff(text: str, names_column: NamesColumn) -> Dialect:
    """The dialect of a CSV that begins with `text`; `csv_records.with_escapes` finds out whether
    quotes are escaped with backslashes.
    """
    named = _SEP.match(text.partition("\n")[0])
    if named:
        return Dialect(named[1], named=True)
    found = [Dialect(delimiter) for delimiter in DELIMITERS]
    found += [replace(each, spaced=True) for each in found if _has_spaced_quote(text, each)]
    scores = [_agreement(text, dialect, names_column) for dialect in found]
    best = max(range(len(found)), key=scores.__getitem__)
    return found[best] if scores[best] >= 0.5 else Dialect(NONE)


def _has_spaced_quote(text: str, dialect: Dialect) -> bool:
    mark = re.escape(dialect.delimiter)
    return (
        re.search(rf'(?:^|{mark}) +"[^"\n]*" *(?:{mark}|\r|\n|$)', text, re.MULTILINE) is not None
    )


def _rows(text: str, dialect: Dialect) -> list[list[str]]:
    rows: list[list[str]] = []
    # A cell that is too long ends the sample: the rows before it are enough.
    with suppress(csv.Error):
        rows.extend(dialect.reader(io.StringIO(text, newline=""), strict=False))
    return [row for row in (rows[:-1] if len(rows) > _FEW else rows) if row]


def _agreement(text: str, dialect: Dialect, names_column: NamesColumn) -> float:
    """The share of rows that have the commonest width, 0 when that is one cell; a header of that
    width scores higher.
    """
    rows = _rows(text, dialect)
    at = header_index(rows, names_column) if rows else None
    if at is None:
        return 0.0
    widths = Counter(len(row) for row in rows[at:])
    width, often = max(widths.items(), key=lambda item: (item[1], item[0]))
    share = often / len(rows[at:])
    # A table of one column has no titles above its header, but its cells may contain commas.
    if width == 1 or (share < 0.9 and (at > 0 or len(rows[0]) == 1)):
        return 0.0
    # Commas in amounts can split rows evenly too, but then the header's cells are no column names.
    named = any(names_column(cell) for cell in rows[at])
    return (
        share
        + 0.3 * named
        + 0.2 * (len(rows[at]) == width)
        + 0.1 * (at == 0)
        + 0.001 * min(width, 50)
    )
