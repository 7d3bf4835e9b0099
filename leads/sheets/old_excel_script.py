"""Print the sheets of an .xls file as JSON, in a process of its own: a damaged file can crash it.

The output is `[[name, [[cell, …], …]], …]`; numbers stay numbers, dates are ISO text. Exit code 3:
the file needs a password.
"""

from __future__ import annotations

import json
import resource
import sys
from datetime import datetime, time

from python_calamine import CalamineWorkbook, PasswordError

_MEMORY = 2 << 30
_PASSWORD = 3

Cell = str | int | float | bool


def _main(path: str) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
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
