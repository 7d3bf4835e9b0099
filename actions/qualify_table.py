"""Check the rows of a table against a profile; no database is needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from actions.profile_files import Icp, Notice, read_icp
from actions.reading_summary import ReadingSummary, summarise
from intake.mapping import fields
from intake.parsed_list import name_of
from intake.read_list import Reading, Row, open_reading
from intake.read_options import ReadOptions
from leads.attributes import CUSTOM
from leads.clock import now
from qualify.bulk.table import qualify_rows
from qualify.members.roll_up import of_table
from qualify.profile.criteria import Section

__all__ = ["QualifiedTable", "ReadOptions", "TableSummary", "noting", "qualify_table", "summary_of"]


@dataclass(frozen=True, slots=True)
class TableSummary:
    """How a table was read, once all its rows were qualified."""

    file_name: str
    accepted: int
    rejected: int
    reading: ReadingSummary
    #: Attributes that the profile asks and that no column gives, though one could.
    not_stated: Sequence[str]


@dataclass(frozen=True, slots=True)
class QualifiedTable:
    """The rows of a table, qualified one by one as they are read."""

    icp: Icp
    #: What is done otherwise than the profile says.
    warning: Notice | None
    #: The keys are those of the JSON output.
    rows: Iterator[Mapping[str, Any]]
    _reading: Reading
    #: Attributes that a row stated so far.
    _stated: set[str]

    @property
    def sections(self) -> Mapping[str, str]:
        """The section of each criterion."""
        return {criterion.id: section.value for section, criterion in self.icp.sections()}

    def summary(self) -> TableSummary:
        """Summarise the table; call it after the last row."""
        return summary_of(self._reading, [self.icp], self._stated)


def qualify_table(file: str, options: ReadOptions, icp_file: str) -> QualifiedTable:
    """Check each row of a table against a profile; nothing is stored and no database is needed."""
    reading = open_reading(file, options, source=f"file:{Path(file).name}", client_id=None)
    icp = read_icp(icp_file).icp
    stated: set[str] = set()
    rows = ((row.row, name_of(row.facts), row.facts) for row in noting(reading, stated))
    return QualifiedTable(
        icp=icp,
        warning=of_table(icp.company_is),
        rows=qualify_rows(icp, rows, now().date()),
        _reading=reading,
        _stated=stated,
    )


def summary_of(reading: Reading, icps: Sequence[Icp], stated: set[str]) -> TableSummary:
    """Summarise a table that was read to its end; `stated` are the attributes of its rows."""
    return TableSummary(
        file_name=reading.file_name,
        accepted=reading.accepted,
        rejected=reading.rejected,
        reading=summarise(reading),
        not_stated=_not_stated(reading, icps, stated) if reading.accepted else (),
    )


def noting(rows: Iterable[Row], stated: set[str]) -> Iterator[Row]:
    """Pass the rows on, and add the attributes they state to `stated`."""
    for row in rows:
        stated.update(fact.attribute for fact in row.facts)
        yield row


def _not_stated(reading: Reading, icps: Sequence[Icp], stated: set[str]) -> list[str]:
    """List what a column could give: it may have a name that was not recognised."""
    asked = dict.fromkeys(
        name
        for icp in icps
        for section, criterion in icp.sections()
        if section is not Section.MUST_NOT
        for name in criterion.attributes
    )
    possible = [name for name in asked if name in fields() or name.startswith(CUSTOM)]
    return [name for name in possible if name not in stated and not reading.mapping.of(name)]
