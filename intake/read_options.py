"""How a file is read: its encoding, sheet and date, and what its rows do not say."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from intake.column_overrides import ColumnOverrides
from intake.contacts import NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """The options for reading a file."""

    overrides: ColumnOverrides = field(default_factory=dict)
    encoding: str | None = None
    #: Use the encoding only for a file that is not valid UTF-8.
    encoding_if_needed: bool = False
    #: A sheet's name, or its number from 1.
    sheet: str | None = None
    #: The date of the list.
    as_of: date | None = None
    #: Of every row that states none: alpha-2, and ISO 4217. "": none, whatever was stated before.
    country: str | None = None
    currency: str | None = None
    #: What is said of a country or currency that was kept from an earlier import.
    kept: tuple[str, ...] = ()
    #: The country that the client's lists are from unless they show another: alpha-2.
    client_country: str | None = None
    #: Which contacts of the rows are read: `none`, `roles` or `persons`.
    contacts: str = NONE
    #: What the file is called in the list's history; None: its path.
    file_name: str | None = None
