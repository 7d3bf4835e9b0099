"""Summarise how a file was read: its columns, what was dropped, why rows were rejected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from intake.mapping import How
from intake.read_list import Reading

#: How many reasons for rejected rows are kept, the most frequent first.
REASONS = 5


@dataclass(frozen=True, slots=True)
class ReadColumn:
    """A column and the field it was read as."""

    header: str
    field: str
    #: Whether it was recognised by its cells and not by its name.
    by_cells: bool
    #: The share of rows with a value.
    filled: float
    #: A cell, and what was read of it if that is not the same text.
    cell: str
    values: str
    #: What makes it doubtful; empty for most.
    doubt: str
    #: The option that makes it readable; empty for most.
    remedy: str


@dataclass(frozen=True, slots=True)
class DroppedColumn:
    """A column of personal data, and how many of its cells were dropped."""

    header: str
    kind: str
    cells: int


@dataclass(frozen=True, slots=True)
class RejectedRows:
    """A reason for rejecting rows, and how many rows it met."""

    reason: str
    rows: int


@dataclass(frozen=True, slots=True)
class ReadingSummary:
    """How the columns of a file were understood, and what its owner should know."""

    columns: Sequence[ReadColumn]
    dropped: Sequence[DroppedColumn]
    #: The headers that were not recognised; their cells stay on the record.
    unknown: Sequence[str]
    rejected: Sequence[RejectedRows]
    notes: Sequence[str]
    #: Which contacts the client keeps: `none`, `roles` or `persons`.
    contacts: str


def summarise(reading: Reading) -> ReadingSummary:
    """Summarise a file that has been read to its end."""
    return ReadingSummary(
        columns=read_columns(reading),
        dropped=[
            DroppedColumn(header, kind, cells) for header, (kind, cells) in reading.personal.items()
        ],
        unknown=reading.unknown,
        rejected=_rejected(reading.reasons),
        notes=reading.notes(),
        contacts=reading.contacts,
    )


def _rejected(reasons: Counter[str]) -> list[RejectedRows]:
    """The reasons that met most rows, and what the others met together."""
    every = reasons.most_common()
    # One reason alone takes no more room than its count.
    shown = REASONS + 1 if len(every) == REASONS + 1 else REASONS
    found = [RejectedRows(reason, rows) for reason, rows in every[:shown]]
    if others := every[shown:]:
        rows = sum(rows for _, rows in others)
        found.append(RejectedRows(f"other reasons ({len(others)})", rows))
    return found


def read_columns(reading: Reading) -> list[ReadColumn]:
    """Describe how each recognised column was read."""
    return [
        ReadColumn(
            header=one.column.header,
            field=one.column.field,
            by_cells=one.column.how is How.CONTENT,
            filled=one.filled,
            cell=one.cell,
            values=one.values,
            doubt=one.doubt,
            remedy=one.remedy,
        )
        for one in reading.column_readings()
    ]
