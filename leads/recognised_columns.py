"""How the columns of a list were recognised, as the JSON that is stored and shown."""

from __future__ import annotations

from typing import NotRequired, TypedDict


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


class StatedForList(TypedDict):
    """What the user stated for every row that states none: alpha-2, and ISO 4217."""

    country: str | None
    currency: str | None


class RecognisedColumns(TypedDict):
    """The columns of one header, in its order."""

    columns: list[RecognisedColumn]
    #: Of an import that was given either.
    stated: NotRequired[StatedForList]
