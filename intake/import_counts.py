"""What came of every row of an import."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Counts:
    """What came of every row: `rows` is the sum of the next five, and of `erased`."""

    rows: int = 0
    imported: int = 0
    updated: int = 0
    duplicate: int = 0
    rejected: int = 0
    blank: int = 0
    #: Records of an excluding list that were withdrawn because the file does not name them.
    withdrawn: int = 0
    #: Records of an excluding list that stay although the file does not name them.
    withheld: int = 0
    #: Rows about somebody who was erased on request: they are not stored, and in no reject file.
    erased: int = 0
