"""How the columns of a list were recognised, as the JSON that is stored and shown."""

from __future__ import annotations

from typing import TypedDict


class RecognisedColumn(TypedDict):
    """One column."""

    place: int
    header: str
    field: str
    how: str
    rank: int
    unit: str
    currency: str | None
    year: int | None
    scheme: str


class RecognisedColumns(TypedDict):
    """The columns of one header, in its order."""

    columns: list[RecognisedColumn]
