"""Make the cells of one company by an export profile, or say why it is left out."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from leads.known import FoldedAttribute
from leads.sheets.row_writer import Cell
from outreach.exports.company import ExportCompany
from outreach.exports.fields import FIELDS, FieldValue
from outreach.exports.profile import ExportColumn, ExportProfile

#: Characters that steer a terminal, and no text needs.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_JOINTS = {"semicolon": ";", "comma": ", ", "line": "\n"}


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a file."""

    profile: ExportProfile
    #: Add the source of each value.
    with_sources: bool = False
    #: Add the reason for a removal as the last column.
    with_reason: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        names = [one.column for one in self.profile.columns]
        for column in self._sourced():
            names += [f"{column.column} source", f"{column.column} as of"]
        if self.with_reason:
            names.append("removal reason")
        return tuple(names)

    @property
    def numbers(self) -> tuple[bool, ...]:
        """Which columns hold whole numbers."""
        own = [one.holds_numbers for one in self.profile.columns]
        return (*own, *[False] * (len(self.columns) - len(own)))

    def cells(self, company: ExportCompany, removal: str = "") -> list[Cell]:
        """Make the cells of a company."""
        cells = [_cell(column, company) for column in self.profile.columns]
        for column in self._sourced():
            attribute = FIELDS[column.field].attribute
            cells += _source(company.known.get(attribute or ""))
        if self.with_reason:
            cells.append(removal)
        return cells

    def licensed(self, company: ExportCompany) -> set[tuple[str, str]]:
        """Sources and licences of the facts behind a row: of those that came by a licence."""
        names = {FIELDS[one.field].attribute or "" for one in self.profile.columns if one.field}
        folded = [company.known[name] for name in names if name in company.known]
        return {
            (fact.evidence.source, fact.evidence.licence)
            for one in folded
            for side in one.sides
            for fact in side.facts
            if fact.evidence.licence
        }

    def hash_of(self, cells: Sequence[Cell]) -> str:
        """Hash a row to 32 characters; a value that changes by time alone is left out."""
        own = [
            None if column.field and FIELDS[column.field].fades else cell
            for column, cell in zip(self.profile.columns, cells, strict=False)
        ]
        kept = [*own, *cells[len(own) :]]
        text = json.dumps(kept, ensure_ascii=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()[:32]

    def document(self, cells: Sequence[Cell]) -> dict[str, Any]:
        """Make a JSON object of cells; a dot in a column's name nests its value."""
        found: dict[str, Any] = {}
        for name, cell in zip(self.columns, cells, strict=True):
            _put(found, name, cell)
        return found

    def missing(self, cells: Sequence[Cell]) -> ExportColumn | None:
        """Find the first required column that is empty."""
        for column, cell in zip(self.profile.columns, cells, strict=False):
            if column.required and cell in (None, ""):
                return column
        return None

    def _sourced(self) -> list[ExportColumn]:
        if not self.with_sources:
            return []
        return [one for one in self.profile.columns if one.field and FIELDS[one.field].attribute]


def _cell(column: ExportColumn, company: ExportCompany) -> Cell:
    if column.text is not None:
        return column.text
    value = FIELDS[column.field].read(company)
    if column.values or column.otherwise == "empty":
        value = _mapped(value, column)
    return _shown(value, column)


def _mapped(value: FieldValue, column: ExportColumn) -> FieldValue:
    table = {name.casefold(): stands for name, stands in column.values.items()}
    values = value if isinstance(value, tuple) else () if value is None else (str(value),)
    found = []
    for one in values:
        stands = table.get(one.casefold(), one if column.otherwise == "keep" else "")
        if stands:
            found.append(stands)
    return tuple(dict.fromkeys(found)) or None


def _shown(value: FieldValue, column: ExportColumn) -> Cell:
    if isinstance(value, tuple):
        value = value[0] if column.first else _JOINTS[column.joined_by].join(value)
    if isinstance(value, str):
        value = _CONTROLS.sub("", value)[: column.longest]
    return value


def _source(folded: FoldedAttribute | None) -> list[Cell]:
    """The source and the date of the most trusted fact."""
    if folded is None or not folded.sides:
        return [None, None]
    evidence = folded.sides[0].facts[0].evidence
    return [evidence.url or evidence.source, evidence.day.isoformat()]


def _put(document: dict[str, Any], name: str, cell: Cell) -> None:
    outer, _, inner = name.partition(".")
    if not inner:
        document[name] = cell
        return
    nested: Mapping[str, Any] = document.setdefault(outer, {})
    if isinstance(nested, dict):
        nested[inner] = cell
