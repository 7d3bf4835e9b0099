"""The rows of a file as received, kept until they are written: a file is read once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from leads.sheets.rows import Cells

_BETWEEN = "\x1f"


class KeptRows:
    """Rows in the order of a file, and why some of them are not compared.

    A row is one text, as a tuple of its cells takes five times as much memory.
    """

    def __init__(self, width: int) -> None:
        self._breaks = width - 1
        self._rows: list[str | Cells] = []
        self._rejections: dict[int, str] = {}

    def add(self, cells: Cells, rejection: str | None) -> None:
        """Add the next row, which has as many cells as the file has columns."""
        if rejection is not None:
            self._rejections[len(self._rows)] = rejection
        text = _BETWEEN.join(cells)
        self._rows.append(text if text.count(_BETWEEN) == self._breaks else cells)

    def __iter__(self) -> Iterator[tuple[Sequence[str], str | None]]:
        """Yield the cells of each row, and why it is not compared or None."""
        why = self._rejections
        for at, row in enumerate(self._rows):
            yield row.split(_BETWEEN) if isinstance(row, str) else row, why.get(at)
