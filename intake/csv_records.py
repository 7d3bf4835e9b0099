"""The records of a CSV with the line each starts on; a quote that is never closed costs its own
row, not the rest of the file.
"""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from intake.dialect import Dialect

#: A record over more lines than this has lost its closing quote.
MAX_LINES = 1_000


@dataclass(frozen=True, slots=True)
class Record:
    """The cells of one record, or of the line where one begins that cannot be read."""

    line: int
    cells: list[str]
    #: Why it is no sound record; None for a sound one.
    flaw: str | None = None
    #: The flaw stands only if the cells are not as many as the columns.
    doubtful: bool = False


class _TooLongError(Exception):
    """A record of more than MAX_LINES lines."""


class _Lines:
    """Physical lines that remember the record being read, so that it can be read again from its
    second line.
    """

    def __init__(self, lines: Iterable[str], number: int) -> None:
        self._source = iter(lines)
        self._again: deque[str] = deque()
        self.record: list[str] = []
        #: Of the line handed out last.
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
        """Hand out the record's lines again, except its first."""
        again = self.record[1:]
        self._again.extendleft(reversed(again))
        self.number -= len(again)


def records(lines: Iterable[str], dialect: Dialect, before: int = 0) -> Iterator[Record]:
    """Every record of the text, in order, with `before` lines above it; an empty line is a record
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
    """The dialect with backslashes before quotes, if a sample of the text has fewer broken records
    so.
    """
    if '\\"' not in text:
        return dialect
    escaped = replace(dialect, backslash=True)
    return escaped if _broken_in(text, escaped) < _broken_in(text, dialect) else dialect


def _broken_in(text: str, dialect: Dialect) -> int:
    lines = islice(io.StringIO(text, newline=""), 1 if dialect.named else 0, None)
    return sum(1 for record in records(lines, dialect) if record.flaw)


def _broken(feed: _Lines, dialect: Dialect, start: int, error: Exception) -> Record:
    """The first line of a record that cannot be read: text after a closing quote is tolerated, an
    open quote is not.
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
        return Record(start, cells, f"the quote that opens in line {start} is never closed")
    return Record(
        start, cells, f"the quote that opens in line {_last_quote(feed, start)} is never closed"
    )


def _last_quote(feed: _Lines, start: int) -> int:
    """The line of the record's last quote: the one that nothing closes."""
    return start + max((place for place, line in enumerate(feed.record) if '"' in line), default=0)
