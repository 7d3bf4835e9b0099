"""Files of rejected rows: written row by row, and read by their owner only."""

from __future__ import annotations

import filecmp
import itertools
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import NamedTemporaryFile

from intake.rejects import write_rejects
from leads.sheets.rows import BadRow


def write_reject_file(
    folder: Path, name: str, header: Sequence[str], rows: Iterable[BadRow]
) -> Path:
    """Write the rejected rows as received; a file that was corrected meanwhile is left alone.

    It holds what the list held, personal data included.
    """
    folder.mkdir(parents=True, exist_ok=True)
    # A temporary file is its owner's alone, and stays so under its new name.
    with NamedTemporaryFile(
        "w", encoding="utf-8", newline="", dir=folder, prefix=".rejects-", delete=False
    ) as stream:
        written = Path(stream.name)
        try:
            write_rejects(stream, header, rows)
            stream.close()
            return put_in_place(written, folder, name)
        finally:
            written.unlink(missing_ok=True)


def put_in_place(written: Path, folder: Path, name: str) -> Path:
    """Give a written file its name, with a number where another file has it; equal files are one."""
    for number in itertools.count(1):
        mark = "" if number == 1 else f"-{number}"
        place = folder / f"{name}{mark}.rejects.csv"
        if not place.exists():
            return written.rename(place)
        if filecmp.cmp(written, place, shallow=False):
            return place
    raise AssertionError("there is always another number")
