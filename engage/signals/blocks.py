"""Read many lines of signals at a time, column by column; a block with anything odd in it is read
line by line.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import chain, islice
from typing import Any

import numpy as np

from engage.signals.lines import (
    LONGEST_LINE,
    LONGEST_TEXT,
    Flaw,
    LineError,
    Moment,
    kind_of,
    read_line,
    time_of,
)
from engage.signals.table import ABSENT, Ints, TableBuilder, microseconds

#: Lines, and bytes of them, that are read at a time.
_BLOCK, _BYTES = 20_000, 16_000_000
_TEXTS = ("contact", "channel", "source", "link", "agent")
_KNOWN = frozenset(("company", "kind", "at", "id", *_TEXTS))
#: How a time in UTC ends; what stands before is as long as `2026-11-20T10:00:00`.
_UTC = frozenset(("Z", "+00:00"))
_LENGTH = 19
_FIRST, _LAST = (np.datetime64(day, "us") for day in ("2000-01-01", "2200-01-01"))


def read_signals(lines: Iterable[bytes], moment: Moment, builder: TableBuilder) -> list[Flaw]:
    """Add the signals of all lines that are not empty; the lines that cannot be read.

    `moment` says when a time without a zone is.
    """
    rest, flaws, before = iter(lines), list[Flaw](), 0
    while block := list(islice(rest, _BLOCK)):
        if not _add_whole(block, moment, builder):
            flaws += _add_one_by_one(block, moment, builder, before)
        before += len(block)
    return flaws


def _add_one_by_one(
    block: Sequence[bytes], moment: Moment, builder: TableBuilder, before: int
) -> list[Flaw]:
    flaws = []
    for number, line in enumerate(block, before + 1):
        if not line.strip():
            continue
        try:
            builder.add(read_line(line, moment))
        except LineError as error:
            flaws.append(Flaw(number, str(error)))
    return flaws


def _add_whole(block: Sequence[bytes], moment: Moment, builder: TableBuilder) -> bool:
    """Add a block as columns; False when a line of it needs a closer look."""
    try:
        rows = _rows(block)
        columns = {name: _texts(_needed(rows, name)) for name in ("company", "id")}
        words = _texts(_needed(rows, "kind"))
        kinds = {word: kind_of(word) for word in dict.fromkeys(words)}
        keys = set(chain.from_iterable(rows))
        for name in _TEXTS:
            if name in keys:
                texts = _texts([row.get(name, "") for row in rows])
                absent = ABSENT.get(name, "")
                columns[name] = [text or absent for text in texts]
        if not keys <= _KNOWN or "" in columns["company"] or "" in columns["id"]:
            return False
        at = _times(_texts(_needed(rows, "at")), moment)
    except (ValueError, KeyError, RecursionError):
        return False
    columns["kind"] = list(map(kinds.__getitem__, words))
    builder.add_columns(columns, at)
    return True


def _rows(block: Sequence[bytes]) -> list[dict[str, Any]]:
    """The objects of a block; ValueError when a line is not exactly one."""
    lengths = list(map(len, block))
    if max(lengths) > LONGEST_LINE or sum(lengths) > _BYTES:
        raise ValueError
    if {line[:1] for line in block} != {b"{"}:
        # An object that begins in one line and ends in another would count as one of each.
        raise ValueError
    rows: list[dict[str, Any]] = json.loads(b"[" + b",".join(block) + b"]")
    if len(rows) != len(block) or set(map(type, rows)) != {dict}:
        raise ValueError
    return rows


def _needed(rows: Sequence[dict[str, Any]], name: str) -> list[Any]:
    found = [row[name] for row in rows]
    return list(map(str, found)) if name == "id" and set(map(type, found)) == {int} else found


def _texts(column: list[Any]) -> list[str]:
    """A column of texts without blanks around them; ValueError when one is no text."""
    if set(map(type, column)) != {str} or max(map(len, column)) > LONGEST_TEXT:
        raise ValueError
    every = "".join(column)
    every.encode()
    if "\x00" in every:
        raise ValueError
    return list(map(str.strip, column))


def _times(column: Sequence[str], moment: Moment) -> Ints:
    """A column of times, in microseconds since 1970."""
    if not {text[_LENGTH:] for text in column} <= _UTC or {text[10] for text in column} != {"T"}:
        return np.array([microseconds(time_of(text, moment)) for text in column], dtype=np.int64)
    found = np.array([text[:_LENGTH] for text in column], dtype="datetime64[us]")
    if found.min() < _FIRST or found.max() >= _LAST:
        raise ValueError
    return found.astype(np.int64)
