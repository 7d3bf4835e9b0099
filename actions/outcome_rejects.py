"""The file of rows that could not be recorded: only its owner may read it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Self

from actions.reject_files import put_in_place
from intake.rejects import REJECT_COLUMNS
from leads.sheets.row_writer import RowWriter, WriterOptions
from leads.sheets.rows import BadRow


class RejectFile:
    """Takes rejected rows, and appears with `put`; without a folder nothing is written."""

    def __init__(self, folder: Path | None, name: str, header: Sequence[str]) -> None:
        """Rows have the columns of `header`, and then line and reason."""
        self._folder, self._name, self._header = folder, name, tuple(header)
        self._stream: IO[str] | None = None
        self._writer: RowWriter | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._stream:
            self._stream.close()
            Path(self._stream.name).unlink(missing_ok=True)

    def add(self, bad: BadRow) -> None:
        """Write one row as received, with its line and the reason."""
        if self._folder is None:
            return
        if self._writer is None:
            self._writer = self._open(self._folder)
        width = len(self._header)
        own = [*bad.cells[:width], *[""] * (width - len(bad.cells))]
        self._writer.row([*own, bad.row, bad.line, bad.reason, *bad.cells[width:]])

    def put(self) -> Path | None:
        """Let the file appear; None when no row was rejected.

        A file that was corrected meanwhile is left alone, and the same rows make one file.
        """
        if self._stream is None or self._folder is None:
            return None
        self._stream.close()
        written = Path(self._stream.name)
        return put_in_place(written, self._folder, self._name)

    def _open(self, folder: Path) -> RowWriter:
        folder.mkdir(parents=True, exist_ok=True)
        # A temporary file is its owner's alone, and stays so under its new name.
        self._stream = NamedTemporaryFile(  # noqa: SIM115 - `put` and `__exit__` close it
            "w", encoding="utf-8", newline="", dir=folder, prefix=".outcomes-", delete=False
        )
        columns = (*self._header, *REJECT_COLUMNS)
        return RowWriter(self._stream, WriterOptions(columns=columns, guard_formulas=True))
