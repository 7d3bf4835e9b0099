"""Read an .xls file in a separate process, because a damaged file can crash its reader.

Run as a script, this file prints the sheets as JSON: `[[name, [[cell, …], …]], …]`; numbers stay
numbers, dates are ISO text. Exit code 3: the file needs a password.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path

_MEMORY = 2 << 30
_SECONDS = 120
_PASSWORD = 3

Cell = str | int | float | bool


class PasswordProtectedError(Exception):
    """The workbook needs a password."""


class UnreadableError(Exception):
    """The file is damaged or not a workbook."""


@dataclass(frozen=True, slots=True)
class OldSheet:
    """One sheet of an .xls file."""

    name: str
    rows: list[list[Cell]]

    @property
    def height(self) -> int:
        """The number of rows."""
        return len(self.rows)

    def iter_rows(self) -> Iterator[list[Cell]]:
        """The rows, from the first row of the sheet."""
        return iter(self.rows)


def read_old_excel(path: Path) -> list[OldSheet]:
    """The sheets of an .xls file; PasswordProtectedError or UnreadableError when it cannot be read."""
    command = [sys.executable, "-P", __file__, str(path)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603 - this very file
    except subprocess.TimeoutExpired:
        raise UnreadableError from None
    if done.returncode:
        raise PasswordProtectedError if done.returncode == _PASSWORD else UnreadableError
    return [OldSheet(name, rows) for name, rows in json.loads(done.stdout)]


def _main(path: str) -> int:
    # Only the separate process needs the reader.
    from python_calamine import CalamineWorkbook, PasswordError

    _limit_memory()
    try:
        with CalamineWorkbook.from_path(path) as book:
            sheets = [
                [
                    name,
                    [
                        [_plain(cell) for cell in row]
                        for row in book.get_sheet_by_name(name).iter_rows()
                    ],
                ]
                for name in book.sheet_names
            ]
    except PasswordError:
        return _PASSWORD
    json.dump(sheets, sys.stdout)
    return 0


def _limit_memory() -> None:
    with suppress(ImportError):  # Windows has no limits of this kind.
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def _plain(cell: object) -> Cell:
    if isinstance(cell, str | int | float):
        return cell
    if isinstance(cell, datetime):
        return (
            cell.date().isoformat()
            if cell.time() == time()
            else cell.isoformat(sep=" ", timespec="seconds")
        )
    return str(cell)


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1]))
