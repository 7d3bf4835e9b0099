"""Write a report to a file, which appears whole or not at all."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from leads.errors import NotAllowedError, NotFoundError, SluiceError, UsageError
from leads.sheets.new_file import NewFile
from leads.sheets.row_writer import RowWriter, WriterOptions, writable

FORMATS = (".html", ".csv", ".json")


def check_file(path: str, *, force: bool) -> str:
    """Check that a report can be written there, before the work starts; the format."""
    place = Path(path)
    ending = place.suffix.lower()
    if ending not in FORMATS:
        raise UsageError(
            f"{path[:200]}: reports are written as {', '.join(FORMATS)}",
            "use a name that ends in one of these",
        )
    if place.is_dir():
        raise UsageError(f"{path} is a folder", "name a file in it")
    if not place.parent.is_dir():
        raise NotFoundError(f"there is no folder {place.parent}", "make it first")
    if place.exists() and not force:
        raise NotAllowedError(
            f"{path} exists already", "name another file, or add --force to replace it"
        )
    return ending


def write_text(path: str, text: str) -> None:
    """Write a text to a file."""
    try:
        with NewFile(Path(path)) as file:
            cast("io.TextIOBase", file.stream).write(writable(text))
            file.put()
    except OSError as error:
        raise SluiceError(
            f"the report cannot be written to {path}: {error.strerror or error}",
            "free some space or name another place; no incomplete file was left",
        ) from None


def csv_text(records: Sequence[Mapping[str, Any]]) -> str:
    """Rows as CSV. Values inside values have columns of their own, such as `days.median`."""
    rows = [_flat(one) for one in records]
    columns = tuple(dict.fromkeys(name for row in rows for name in row))
    stream = io.StringIO(newline="")
    writer = RowWriter(stream, WriterOptions(columns=columns, guard_formulas=True))
    for row in rows:
        writer.row([row.get(name) for name in columns])
    return stream.getvalue()


def _flat(record: Mapping[str, Any], above: str = "") -> dict[str, Any]:
    """A record without values inside values."""
    flat: dict[str, Any] = {}
    for name, value in record.items():
        if isinstance(value, Mapping):
            flat |= _flat(value, f"{above}{name}.")
        elif isinstance(value, list):
            flat[f"{above}{name}"] = " + ".join(map(_item, value))
        else:
            flat[f"{above}{name}"] = value if isinstance(value, (int, float)) else _text(value)
    return flat


def _item(value: object) -> str:
    """An amount as `12.50 EUR`; anything else as text."""
    if isinstance(value, Mapping):
        return " ".join(str(one) for one in value.values())
    return str(value)


def _text(value: object) -> str | None:
    return None if value is None else str(value)
