"""The companies in a file of a whole register, one after the other, in little memory."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import date
from typing import IO, Any

from sources.listing.csv_units import NEEDED, read_row
from sources.listing.pages import Unit, UnreadableError, read_unit

_CHUNK = 1 << 20
#: Characters of one company, and of one line.
_LONGEST = 2_000_000
_BETWEEN = re.compile(r"[\s,]*+")


def json_units(name: str, stream: IO[bytes], today: date) -> Iterator[Unit]:
    """Read an array of companies; UnreadableError if the stream holds none."""
    for raw in _objects(io.TextIOWrapper(stream, "utf-8-sig", "replace")):
        yield read_unit(name, raw, today)


def csv_units(name: str, stream: IO[bytes]) -> Iterator[Unit]:
    """Read the rows of a CSV; UnreadableError if it lacks columns that its register documents."""
    text = io.TextIOWrapper(stream, "utf-8-sig", "replace", newline="")
    reader = csv.reader(_lines(text), strict=False)
    try:
        header = [one.strip() for one in next(reader, [])]
        missing = [one for one in NEEDED[name] if one not in header]
        if missing:
            raise UnreadableError(
                f"the file has no column `{missing[0]}`: its format may have changed"
            )
        for cells in reader:
            if cells:
                yield read_row(name, dict(zip(header, cells, strict=False)))
    except csv.Error as error:
        raise UnreadableError(f"the file is no CSV: {error}") from error


def _lines(text: IO[str]) -> Iterator[str]:
    """Lines with their ends, none of them endless."""
    while line := text.readline(_LONGEST + 1):
        if len(line) > _LONGEST:
            raise UnreadableError(f"a line of the file has more than {_LONGEST:,} characters")
        yield line.replace("\0", "")


def _objects(text: IO[str]) -> Iterator[Any]:
    """The elements of a JSON array, each decoded on its own."""
    decoder = json.JSONDecoder(parse_constant=str)
    waiting = text.read(_CHUNK).lstrip()
    if not waiting.startswith("["):
        raise UnreadableError("the file holds no JSON array")
    place = 1
    while True:
        between = _BETWEEN.match(waiting, place)
        assert between is not None
        place = between.end()
        if waiting[place : place + 1] == "]":
            return
        found = _decoded(decoder, waiting, place)
        if found is not None:
            value, place = found
            yield value
            continue
        more = text.read(_CHUNK)
        if not more or len(waiting) - place > _LONGEST:
            raise UnreadableError("the file is no JSON, or breaks off before its end")
        waiting, place = waiting[place:] + more, 0


def _decoded(decoder: json.JSONDecoder, text: str, place: int) -> tuple[Any, int] | None:
    """The value at a place, and where it ends; None if its end is not there."""
    try:
        return decoder.raw_decode(text, place)
    except RecursionError:
        raise UnreadableError("a company of the file nests too deep") from None
    except ValueError:
        return None
