"""A part of a report: a table, its notes, and the chart above it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a chart, with a text next to it."""

    label: str
    value: int
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Bars:
    """Counts as bars, from the top down."""

    title: str
    bars: Sequence[Bar]


@dataclass(frozen=True, slots=True)
class Spread:
    """A share with its interval; None: too few to say."""

    label: str
    share: float | None
    low: float | None
    high: float | None
    beside: str


@dataclass(frozen=True, slots=True)
class Spreads:
    """Shares with their intervals, one under the other on one scale."""

    title: str
    rows: Sequence[Spread]


@dataclass(frozen=True, slots=True)
class Columns:
    """Counts over time: a column for each week, a chart for each series."""

    title: str
    labels: Sequence[str]
    series: Mapping[str, Sequence[int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One table of a report, and what belongs to it."""

    title: str
    #: Headings by the key of the rows; the first column names the row.
    columns: Mapping[str, str]
    rows: Sequence[Mapping[str, Any]]
    #: The same as in JSON, for files that a program reads.
    records: Sequence[Mapping[str, Any]]
    #: Sentences above and below the table.
    intro: str = ""
    notes: Sequence[str] = ()
    chart: Bars | Spreads | Columns | None = None
    empty: str = "nothing yet"
    #: A column that a page shows below the name of the row.
    beneath: str | None = None
