"""Write rows as CSV or as JSON Lines."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO

Cell = str | float | None

_SURROGATES = re.compile("[\ud800-\udfff]")
#: What a spreadsheet would run, or join to the cell before.
_FORMULA = re.compile(r"[=+\-@\t\r\x00＝＋－＠]")
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class WriterOptions:
    """How rows are written."""

    columns: tuple[str, ...]
    #: JSON Lines with typed values instead of CSV.
    json_lines: bool = False
    #: Put a quote before a CSV cell that a spreadsheet would run as a formula.
    guard_formulas: bool = False
    #: Between the cells of a CSV.
    delimiter: str = ","


class RowWriter:
    """Writes the header and then one row at a time."""

    def __init__(self, stream: IO[str], options: WriterOptions) -> None:
        self._stream, self._options = stream, options
        delimiter = options.delimiter
        self._plain = csv.writer(stream, delimiter=delimiter, lineterminator="\n")
        # Most readers take a bare carriage return for the end of the line unless it is quoted.
        self._quoting = csv.writer(
            stream, delimiter=delimiter, lineterminator="\n", quoting=csv.QUOTE_ALL
        )
        if not options.json_lines:
            self._write_csv(options.columns)

    def row(self, cells: Sequence[Cell]) -> None:
        """Write one row; only a CSV row may have more cells than columns."""
        if self._options.json_lines:
            self._write_json(cells)
        else:
            self._write_csv(cells)

    def _write_json(self, cells: Sequence[Cell]) -> None:
        document = dict(zip(self._options.columns, cells, strict=True))
        self._stream.write(_without_surrogates(json.dumps(document, ensure_ascii=False)) + "\n")

    def _write_csv(self, cells: Sequence[Cell]) -> None:
        texts = (
            [self._text(cell) for cell in cells] if self._options.guard_formulas else _texts(cells)
        )
        # Without a line break between them: most rows are printable, and need no closer look.
        joined = "".join(texts)
        if not joined.isprintable() and _SURROGATES.search(joined):
            texts = [_without_surrogates(text) for text in texts]
        writer = self._quoting if "\r" in joined else self._plain
        writer.writerow(texts)

    def _text(self, cell: Cell) -> str:
        if isinstance(cell, str):
            return safe_cell(cell)
        return "" if cell is None else str(cell)


def _texts(cells: Sequence[Cell]) -> list[str]:
    """The cells as they are; most of them are texts."""
    return [cell if isinstance(cell, str) else "" if cell is None else str(cell) for cell in cells]


def safe_cell(text: str) -> str:
    """The text with a quote before it when a spreadsheet would run it as a formula."""
    text = writable(text)
    return f"'{text}" if _FORMULA.match(text) else text


def writable(text: str) -> str:
    """The text with a replacement character for each one that no file can hold."""
    return _UNWRITABLE.sub("\ufffd", text)


def _without_surrogates(text: str) -> str:
    """The text with a replacement character for each byte that its encoding could not read."""
    return _SURROGATES.sub("\ufffd", text)
