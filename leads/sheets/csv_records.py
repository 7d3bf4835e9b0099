"""Split a CSV into records with their line numbers; an unclosed quote rejects one record, not the
rest of the file.
"""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from leads.sheets.csv_dialect import Dialect

#: A record of more lines than this has no closing quote.
MAX_LINES = 1_000
#: How the reason of a record begins whose last cell holds what follows its quote.
UNCLOSED = "the quote that opens"


class Record(NamedTuple):
    """The cells of one record; of a broken record, the cells of its first line."""

    line: int
    cells: list[str]
    #: Why the record is broken; None when it is sound.
    flaw: str | None = None
    #: Broken only if the number of cells differs from the number of columns.
    doubtful: bool = False


class _TooLongError(Exception):
    """A record of more than MAX_LINES lines."""


class _Lines:
    """Physical lines, with those of the current record kept so that they can be read again."""

    def __init__(self, lines: Iterable[str], number: int) -> None:
        self._source = iter(lines)
        self._again: deque[str] = deque()
        self.record: list[str] = []
        #: The number of the line returned last.
        self.number = number

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if len(self.record) >= MAX_LINES:
            raise _TooLongError
        line = self._again.popleft() if self._again else next(self._source)
        self.number += 1
        self.record.append(line)
        return line

    def back_to_second(self) -> None:
        """Go back to the second line of the record."""
        again = self.record[1:]
        self._again.extendleft(reversed(again))
        self.number -= len(again)


def records(lines: Iterable[str], dialect: Dialect, before: int = 0) -> Iterator[Record]:
    """Every record in order; `before` lines were skipped above, and an empty line gives a record
    without cells.
    """
    feed = _Lines(lines, before)
    reader = dialect.reader(feed, strict=True)
    doubtful_to = opened = 0
    while True:
        feed.record.clear()
        start = feed.number + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (csv.Error, _TooLongError) as error:
            record = _broken(feed, dialect, start, error)
            if record.flaw:
                doubtful_to, opened = feed.number, _last_quote(feed, start)
            feed.back_to_second()
            reader = dialect.reader(feed, strict=True)
            yield record
            continue
        inside = start <= doubtful_to
        yield Record(
            start,
            cells,
            (
                f"it follows the quote that opens in line {opened} and is never closed"
                if inside
                else None
            ),
            inside,
        )


def with_escapes(text: str, dialect: Dialect) -> Dialect:
    """The dialect with backslash escapes if they leave fewer broken records, else the same."""
    if '\\"' not in text:
        return dialect
    escaped = replace(dialect, backslash=True)
    return escaped if _broken_in(text, escaped) < _broken_in(text, dialect) else dialect


def _broken_in(text: str, dialect: Dialect) -> int:
    lines = islice(io.StringIO(text, newline=""), 1 if dialect.named else 0, None)
    return sum(1 for record in records(lines, dialect) if record.flaw)


def _broken(feed: _Lines, dialect: Dialect, start: int, error: Exception) -> Record:
    """The first line of a broken record: text after a closing quote may be fine, an open quote is
    not.
    """
    first = feed.record[0]
    cells: list[str] = []
    try:
        cells = next(dialect.reader([first], strict=False), cells)
    except csv.Error:
        return Record(
            start,
            [first[:100] + "…"],
            f"a cell is longer than {csv.field_size_limit():,} characters",
        )
    if first.count('"') % 2 == 0:
        return Record(start, cells, f"text follows a closing quote in line {start}", doubtful=True)
    if len(feed.record) > 1 and "expected after" in str(error):
        return Record(start, cells, _unclosed(start))
    return Record(start, cells, _unclosed(_last_quote(feed, start)))


def _unclosed(line: int) -> str:
    return f"{UNCLOSED} in line {line} is never closed"


def _last_quote(feed: _Lines, start: int) -> int:
    """The line of the record's last quote, which is the unclosed one."""
    return start + max((place for place, line in enumerate(feed.record) if '"' in line), default=0)
