"""Read an .xls file in a separate process, because a damaged file can crash its reader."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_SCRIPT = Path(__file__).with_name("old_excel_script.py")
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
    command = [sys.executable, "-P", str(_SCRIPT), str(path)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603 - our own script
    except subprocess.TimeoutExpired:
        raise UnreadableError from None
    if done.returncode:
        raise PasswordProtectedError if done.returncode == _PASSWORD else UnreadableError
    return [OldSheet(name, rows) for name, rows in json.loads(done.stdout)]
