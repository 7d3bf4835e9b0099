"""Which texts of a long file were seen before: in a temporary file, so that memory stays bounded."""

from __future__ import annotations

import hashlib
import sqlite3
from types import TracebackType
from typing import Self

from leads.errors import SluiceError

#: Kilobytes of it that are kept in memory.
_CACHE = 8_000


class SeenTexts:
    """A set of texts that only grows; its file is deleted at the end."""

    def __init__(self) -> None:
        """Begin with none."""
        # Without a name, the database is a temporary file that nobody else can open.
        self._db = sqlite3.connect("", isolation_level=None)
        for order in (
            "PRAGMA journal_mode = OFF",
            "PRAGMA synchronous = OFF",
            f"PRAGMA cache_size = -{_CACHE}",
            "CREATE TABLE seen (mark BLOB PRIMARY KEY) WITHOUT ROWID",
            "BEGIN",
        ):
            self._db.execute(order)

    def __enter__(self) -> Self:
        """Use it until the end of the block."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Delete the file."""
        self._db.close()

    def add(self, text: str) -> bool:
        """Remember a text; whether it is new. SluiceError when the temporary folder is full."""
        mark = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        try:
            return self._db.execute("INSERT OR IGNORE INTO seen VALUES (?)", (mark,)).rowcount > 0
        except sqlite3.OperationalError as error:
            raise SluiceError(
                f"the temporary folder cannot be written to: {error}",
                "free some space there, or set TMPDIR to another folder",
            ) from None
