"""The columns of a CRM export that say what each company is to the client already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from intake.mapping import Column, ColumnMapping
from leads.lexicon.crm_roles import kinds_of_columns, role_of_cell

#: The first of these that a row states counts.
_STRICTEST_FIRST = ("customers", "open_deals", "competitors")
_UNKNOWN_SHOWN = 3


@dataclass(slots=True)
class RowRoles:
    """Reads the role of each row of a list, and counts what was read."""

    #: The columns that say what a company is to the client, with their kind.
    columns: tuple[tuple[Column, str], ...]
    #: Rows by role, with the column and the cell that say so: `(role, header, cell)`.
    found: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    unknown: Counter[tuple[str, str]] = field(default_factory=Counter)

    @classmethod
    def of(cls, mapping: ColumnMapping) -> RowRoles:
        """Find the columns in a mapping; a column that the user said to keep says nothing."""
        found = []
        kinds = kinds_of_columns([column.header for column in mapping.columns])
        for column, kind in zip(mapping.columns, kinds, strict=True):
            if kind and column.speaks_for_itself:
                found.append((column, kind))
        return cls(tuple(found))

    def role(self, cells: Sequence[str]) -> str | None:
        """The role that a row states; None: the list's own role."""
        if not self.columns:
            return None
        stated: dict[str, tuple[str, str]] = {}
        for column, kind in self.columns:
            cell = cells[column.place].strip()
            if not cell:
                continue
            role = role_of_cell(kind, cell)
            if role is None:
                self.unknown[column.header, cell[:60]] += 1
            else:
                stated.setdefault(role, (column.header, cell[:60]))
        for role in _STRICTEST_FIRST:
            if role in stated:
                self.found[role, *stated[role]] += 1
                return role
        return None

    def counts(self) -> dict[str, int]:
        """How many rows have each role other than prospects."""
        roles: Counter[str] = Counter()
        for (role, _, _), rows in self.found.items():
            roles[role] += rows
        return dict(roles)

    def notes(self) -> list[str]:
        """What was understood, a sentence for each column and role."""
        by_column: dict[tuple[str, str], Counter[str]] = {}
        for (role, header, cell), rows in self.found.items():
            by_column.setdefault((header, role), Counter())[cell] += rows
        said = [_found_note(*key, cells) for key, cells in by_column.items()]
        headers = dict.fromkeys(header for header, _ in self.unknown)
        return [*said, *(self._unknown_note(header) for header in headers)]

    def _unknown_note(self, header: str) -> str:
        cells = Counter({cell: n for (of, cell), n in self.unknown.items() if of == header})
        shown = ", ".join(repr(cell) for cell, _ in cells.most_common(_UNKNOWN_SHOWN))
        rows = cells.total()
        have = "cell that names" if rows == 1 else "cells that name"
        stay = "its row stays a prospect" if rows == 1 else "their rows stay prospects"
        return f"{header!r} has {rows:,} {have} no known stage ({shown}): {stay}"


def _found_note(header: str, role: str, cells: Counter[str]) -> str:
    shown = ", ".join(repr(cell) for cell, _ in cells.most_common(_UNKNOWN_SHOWN))
    rows = cells.total()
    are = "row is" if rows == 1 else "rows are"
    return (
        f"{rows:,} {are} excluded as {role.replace('_', ' ')} by {header!r} ({shown});"
        f" --map keep={header!r} imports them as prospects"
    )
