"""The field of each column of a list, and how it was recognised."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from enum import StrEnum

from intake.vocabulary import PERSONAL, vocabulary
from leads.attributes import ATTRIBUTES, CUSTOM
from leads.errors import UsageError
from leads.recognised_columns import RecognisedColumn, RecognisedColumns
from leads.sheets.rows import Cells

#: The row's id in the system that the list comes from.
ID = "id"
#: Left out of the record.
IGNORE = "ignore"
#: Not recognised: stays on the record.
KEEP = "keep"
#: One or several places in one cell.
LOCATION = "location"
#: `80331 München` in one cell.
POSTCODE_CITY = "postcode_city"
#: The currency of the row's amounts.
CURRENCY = "currency"
#: Says who must not be contacted.
OPT_OUT = "opt_out"
#: Whether the company has closed for good.
CLOSED = "closed"
#: A column of national numbers is one of persons.
_NO_COLUMN_STATES = frozenset(
    {"job_opening", "openings", "asks_for", "brand", "coverage", "moved_to", "national_id"}
)


class How(StrEnum):
    """How a column was recognised."""

    NAME = "name"
    CONTENT = "content"
    TOLD = "told"
    NOT = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list."""

    place: int
    header: str
    field: str = KEEP
    how: How = How.NOT
    #: Among the columns of one field: 0 is read first.
    rank: int = 0
    #: The unit of the numbers in its cells (`mio EUR`).
    unit: str = ""
    currency: str | None = None
    #: The year of its values.
    year: int | None = None
    #: Of industry codes, see `intake/schemes.py`; `text` for words.
    scheme: str = "text"

    @property
    def personal(self) -> bool:
        """Whether it is about a person and is dropped."""
        return self.field.startswith(PERSONAL)

    @property
    def speaks_for_itself(self) -> bool:
        """Whether its cells may say more than its field does: it has no field of its own, and the
        user did not choose one.
        """
        if self.field.startswith(CUSTOM):
            return True
        return self.field in (KEEP, "status") and self.how is not How.TOLD

    def dump(self) -> RecognisedColumn:
        """The column as JSON."""
        return {
            "place": self.place,
            "header": self.header,
            "field": self.field,
            "how": str(self.how),
            "rank": self.rank,
            "unit": self.unit,
            "currency": self.currency,
            "year": self.year,
            "scheme": self.scheme,
        }

    def __hash__(self) -> int:
        # Hashed for every cell that is read; place and header identify a column of one list.
        return hash((self.place, self.header))

    def __str__(self) -> str:
        return f"{self.header} -> {self.field}" + (f" (by {self.how})" if self.how else "")


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """The columns of one header, in its order."""

    columns: tuple[Column, ...]
    _by_field: dict[str, tuple[Column, ...]] = dataclass_field(
        init=False, repr=False, compare=False, default_factory=dict
    )
    #: The columns about persons.
    personal: tuple[Column, ...] = dataclass_field(init=False, repr=False, compare=False)
    #: The places and headers of the columns that stay on the record, in the order of the file.
    kept: tuple[tuple[int, str], ...] = dataclass_field(init=False, repr=False, compare=False)
    #: The columns of attributes that the user named.
    custom: tuple[Column, ...] = dataclass_field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for column in sorted(self.columns, key=lambda column: column.rank):
            self._by_field[column.field] = (*self._by_field.get(column.field, ()), column)
        # Found once, as every row asks for them.
        kept = [column for column in self.columns if column.field != IGNORE]
        custom = [column for column in self.columns if column.field.startswith(CUSTOM)]
        found: dict[str, tuple[object, ...]] = {
            "personal": tuple(column for column in self.columns if column.personal),
            "kept": tuple((column.place, column.header) for column in kept),
            "custom": tuple(custom),
        }
        for name, columns in found.items():
            object.__setattr__(self, name, columns)

    @property
    def fields(self) -> Set[str]:
        """The fields that have a column."""
        return self._by_field.keys()

    def of(self, field: str) -> tuple[Column, ...]:
        """The columns of a field, the one to read first before the others."""
        return self._by_field.get(field, ())

    @property
    def header(self) -> Cells:
        """The names of the columns."""
        return tuple(column.header for column in self.columns)

    def dump(self) -> RecognisedColumns:
        """The mapping as JSON, for `load_mapping`."""
        return {"columns": [column.dump() for column in self.columns]}


def load_mapping(header: Sequence[str], document: Mapping[str, object]) -> ColumnMapping | None:
    """The mapping stored for this header; None when it cannot be read or has another header."""
    columns = document.get("columns")
    try:
        found = (
            tuple(Column(**(column | {"how": How(column["how"])})) for column in columns)
            if isinstance(columns, list)
            else ()
        )
    except (TypeError, ValueError, KeyError):
        return None
    known = all(column.field in fields() or column.field.startswith(CUSTOM) for column in found)
    return (
        ColumnMapping(found)
        if known and tuple(column.header for column in found) == tuple(header)
        else None
    )


def fingerprint(header: Sequence[str]) -> str:
    """A short hash of a header, ignoring case and spaces."""
    return hashlib.sha256(
        "\n".join(" ".join(name.casefold().split()) for name in header).encode("utf-8", "replace")
    ).hexdigest()[:16]


def fields() -> frozenset[str]:
    """Every field that a column can be mapped to, besides `custom:NAME`."""
    kinds = {word.field for word in vocabulary().personal.values()}
    stated = ATTRIBUTES.keys() - _NO_COLUMN_STATES
    return frozenset(
        stated
        | kinds
        | {
            f"{PERSONAL}whereabouts",
            ID,
            IGNORE,
            KEEP,
            LOCATION,
            POSTCODE_CITY,
            CURRENCY,
            CLOSED,
            OPT_OUT,
        }
    )


def no_name(header: Sequence[str]) -> UsageError:
    """The error for a list without a column of company names."""
    shown = ", ".join(repr(name[:60]) for name in header[:40])
    return UsageError(
        f"no column has company names; the columns are {shown}",
        "choose one: --map name=COLUMN",
    )
