"""The facts of many companies as columns of numbers: what the vectorised evaluator reads.

One column holds all facts of one attribute, sorted by company, source, method and day. Texts,
industries and technologies are codes into a vocabulary; counts and money are two whole numbers.
Nothing is judged here: ages and scopes are, when it is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from leads.attributes import Kind, attribute
from leads.facts import Evidence, Fact, Method, Scope
from leads.values import IndustryCode, MoneyRange, Range, TechnologyUse, Value

Ints = NDArray[np.int64]
METHODS, SCOPES = tuple(Method), tuple(Scope)
#: Open ends of a range.
LOWEST, HIGHEST = np.iinfo(np.int64).min, np.iinfo(np.int64).max
EPOCH = date(1970, 1, 1).toordinal()
DAY = 86_400_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NUMBERS = (Kind.RANGE, Kind.MONEY)
_TYPES: dict[Kind, type] = {
    Kind.TEXT: str,
    Kind.RANGE: Range,
    Kind.MONEY: MoneyRange,
    Kind.INDUSTRY: IndustryCode,
    Kind.TECHNOLOGY: TechnologyUse,
}


@dataclass(frozen=True, slots=True)
class Column:
    """All facts of one attribute; arrays of one length, sorted by company."""

    name: str
    company: NDArray[np.int32]
    source: NDArray[np.int32]
    method: NDArray[np.int8]
    scope: NDArray[np.int8]
    #: Microseconds since 1970, UTC.
    moment: Ints
    #: Day as `date.toordinal`, 0 where the source gives none.
    as_of: NDArray[np.int32]
    #: Code into the table of confidences.
    confidence: NDArray[np.int16]
    #: Code into `vocabulary`; for money of the currency.
    code: NDArray[np.int32]
    #: Bounds of counts and money; empty for other kinds.
    low: Ints
    high: Ints
    vocabulary: Sequence[Value]

    @property
    def seen(self) -> NDArray[np.int32]:
        """The day each fact was seen."""
        return (self.moment // DAY + EPOCH).astype(np.int32)

    def rows_of(self, first: int, last: int) -> slice:
        """The rows of the companies from `first` up to, not including, `last`."""
        # Numbers of another type would have the whole array copied.
        start, stop = np.searchsorted(self.company, np.array([first, last], dtype=np.int32))
        return slice(int(start), int(stop))

    def part(self, rows: slice, first: int) -> Column:
        """Some rows as a column of their own, companies counted from `first`; views, no copies but
        of the companies.
        """
        arrays = {
            one.name: getattr(self, one.name)
            for one in fields(self)
            if one.name not in ("name", "vocabulary")
        }
        cut = {name: array[rows] if len(array) else array for name, array in arrays.items()}
        return replace(self, **cut | {"company": (cut["company"] - first).astype(np.int32)})


@dataclass(frozen=True, slots=True)
class Frames:
    """The facts of companies 0 to `size` - 1."""

    size: int
    columns: Mapping[str, Column]
    sources: Sequence[str]
    confidences: NDArray[np.float64]
    #: Companies that are counted with another, and so are not judged; None: there are none.
    elsewhere: NDArray[np.bool_] | None = None

    def part(self, first: int, last: int) -> Frames:
        """The companies from `first` up to, not including, `last`."""
        cut = {}
        for name, column in self.columns.items():
            cut[name] = column.part(column.rows_of(first, last), first)
        elsewhere = None if self.elsewhere is None else self.elsewhere[first:last]
        return replace(self, size=last - first, columns=cut, elsewhere=elsewhere)

    def with_more(self, other: Frames) -> Frames:
        """The same companies with the columns of `other` too, which are about other attributes."""
        moved = {
            name: replace(
                column,
                source=column.source + np.int32(len(self.sources)),
                confidence=column.confidence + np.int16(len(self.confidences)),
            )
            for name, column in other.columns.items()
        }
        return replace(
            self,
            columns={**self.columns, **moved},
            sources=(*self.sources, *other.sources),
            confidences=np.concatenate([self.confidences, other.confidences]),
        )

    def facts(self, company: int, names: Iterable[str]) -> list[Fact]:
        """The facts of one company about some attributes, as values; ids are made up."""
        found = []
        for name in dict.fromkeys(names):
            if column := self.columns.get(name):
                rows = column.rows_of(company, company + 1)
                found += [self._fact(column, row) for row in range(rows.start, rows.stop)]
        return found

    def _fact(self, column: Column, row: int) -> Fact:
        as_of = int(column.as_of[row])
        evidence = Evidence(
            source=self.sources[column.source[row]],
            method=METHODS[column.method[row]],
            observed_at=_EPOCH + timedelta(microseconds=int(column.moment[row])),
            as_of=date.fromordinal(as_of) if as_of else None,
            confidence=float(self.confidences[column.confidence[row]]),
            scope=SCOPES[column.scope[row]],
        )
        return Fact(
            id=UUID(int=row), attribute=column.name, value=value_of(column, row), evidence=evidence
        )


def value_of(column: Column, row: int) -> Value:
    """The value that one row of a column states."""
    if not len(column.low):
        value: Value = column.vocabulary[int(column.code[row])]
        return value
    low, high = int(column.low[row]), int(column.high[row])
    known = Range(None if low == LOWEST else low, None if high == HIGHEST else high)
    return (
        MoneyRange(known, str(column.vocabulary[column.code[row]]))
        if attribute(column.name).kind is Kind.MONEY
        else known
    )


class Builder:
    """Collects facts row by row into frames."""

    def __init__(self) -> None:
        """Nothing is known yet."""
        self._rows: dict[str, list[tuple[int, ...]]] = {}
        self._words: dict[str, dict[Value, int]] = {}
        self._sources: dict[str, int] = {}
        self._confidences: dict[float, int] = {}

    def add(self, company: int, fact: Fact) -> None:
        """One fact of the company of that number; a value of another kind than its attribute's is
        left out, as it never counts.
        """
        seen = fact.evidence
        stated = self.encoded(fact.attribute, fact.value)
        if stated is None:
            return
        moment = (seen.observed_at - _EPOCH) // timedelta(microseconds=1)
        self._rows.setdefault(fact.attribute, []).append(
            (
                company,
                self.source(seen.source),
                METHODS.index(seen.method),
                SCOPES.index(seen.scope),
                moment,
                seen.as_of.toordinal() if seen.as_of else 0,
                self.confidence(seen.confidence),
                *stated,
            )
        )

    def source(self, name: str) -> int:
        """The number of a source."""
        return self._sources.setdefault(name, len(self._sources))

    def confidence(self, share: float) -> int:
        """The number of a confidence."""
        return self._confidences.setdefault(share, len(self._confidences))

    def encoded(self, name: str, value: Value) -> tuple[int, int, int] | None:
        """The value as code, low and high; None when it is not of the attribute's kind."""
        words = self._words.setdefault(name, {})
        if not isinstance(value, _TYPES[attribute(name).kind]):
            return None
        if not isinstance(value, Range | MoneyRange):
            return words.setdefault(value, len(words)), 0, 0
        known, word = (
            (value.amount, words.setdefault(value.currency, len(words)))
            if isinstance(value, MoneyRange)
            else (value, 0)
        )
        return (
            word,
            LOWEST if known.low is None else known.low,
            HIGHEST if known.high is None else known.high,
        )

    def frames(self, size: int) -> Frames:
        """All of it as frames of `size` companies."""
        return self.framed(size, {})

    def framed(self, size: int, tables: Mapping[str, Ints]) -> Frames:
        """Rows that were encoded here, and facts that were added, as frames; one table an
        attribute, with the columns of `column_of`.
        """
        added = {name: np.array(rows, dtype=np.int64) for name, rows in self._rows.items()}
        tables = {
            name: np.concatenate([of[name] for of in (tables, added) if name in of])
            for name in dict.fromkeys((*tables, *added))
        }
        columns = {
            name: column_of(name, table, tuple(self._words[name])) for name, table in tables.items()
        }
        return Frames(
            size, columns, tuple(self._sources), np.array([*self._confidences], dtype=np.float64)
        )


def column_of(name: str, rows: Ints, vocabulary: Sequence[Value]) -> Column:
    """One column of rows in the order of its arrays, company to high; sorted here."""
    company, source, method, scope, moment, as_of, confidence, code, low, high = rows.T
    seen = moment // DAY + EPOCH
    day = np.where((as_of > 0) & (as_of < seen), as_of, seen)
    # Coverage tells of looks by source and day, whatever the method.
    keys = (
        (moment, day, source, company)
        if name == "coverage"
        else (moment, day, method, source, company)
    )
    order = np.lexsort(keys)
    numbers = attribute(name).kind in _NUMBERS
    none = np.empty(0, dtype=np.int64)
    return Column(
        name=name,
        company=company[order].astype(np.int32),
        source=source[order].astype(np.int32),
        method=method[order].astype(np.int8),
        scope=scope[order].astype(np.int8),
        moment=moment[order],
        as_of=as_of[order].astype(np.int32),
        confidence=confidence[order].astype(np.int16),
        code=code[order].astype(np.int32),
        low=low[order] if numbers else none,
        high=high[order] if numbers else none,
        vocabulary=vocabulary,
    )


def frames_of(companies: Sequence[Sequence[Fact]]) -> Frames:
    """The facts of each company, the first one number 0."""
    builder = Builder()
    for number, facts in enumerate(companies):
        for fact in facts:
            builder.add(number, fact)
    return builder.frames(len(companies))
