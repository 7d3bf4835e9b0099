"""What the names of all rows tell about each other, collected from partitions."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import Any

import pyarrow as pa

from dedupe.foreign_fronts import foreign_front
from dedupe.founders import first_words, names_in_front, names_that_begin
from dedupe.partitions.columns import TEXT, as_texts, table_of, texts
from dedupe.partitions.flow import Flow
from dedupe.parts_of_names import (
    Around,
    parts_by_places,
    parts_of_names,
    places_of,
    seats_of,
    texts_of,
)
from dedupe.record import MatchRecord
from dedupe.repeated_initials import may_repeat_initials, without_first_or_last
from leads.lexicon.names.company_names import parse_name

_FRONTS = pa.schema([("text", pa.string()), ("country", pa.string())])
_NOTHING = Around(frozenset(), frozenset(), frozenset(), frozenset(), {})
#: No country has this code.
_NOWHERE = "??"


def records_of(table: pa.Table) -> list[MatchRecord]:
    """Return the rows of a table as records."""
    columns = [texts(table, one) for one in table.schema.names]
    lists = [at for at, one in enumerate(table.schema) if pa.types.is_list(one.type)]
    for at in lists:
        columns[at] = [tuple(row or ()) for row in columns[at]]
    named = table.schema.names
    return [MatchRecord(**dict(zip(named, row, strict=True))) for row in zip(*columns, strict=True)]


def around_of(flow: Flow, records: Any) -> Around:
    """Return what the names of all rows tell; each step asks the rows once."""
    places = places_of(_texts_of(flow, records, _cities))
    found = _NOTHING._replace(places=places)
    seats = _texts_of(flow, records, _Seats(flow.shared(found)))
    found = found._replace(seats=frozenset(seats) - places)

    in_front = _texts_of(flow, records, _InFront(flow.shared(found)))
    if in_front:
        stated = _texts_of(flow, records, _ThatBegin(flow.shared(first_words(in_front))))
        cores = {parse_name(name).core for name in in_front}
        found = found._replace(with_forenames=frozenset(cores & stated))
    shared = flow.shared(found)
    wanted = _texts_of(flow, records, _Wanted(shared))
    known = _texts_of(flow, records, _Known(shared, flow.shared(frozenset(wanted))))
    fronts = flow.collect(flow.each(records, _Fronts(shared), _FRONTS))
    countries: dict[str, set[str]] = {}
    for text, country in zip(texts(fronts, "text"), texts(fronts, "country"), strict=True):
        countries.setdefault(text, set()).add(country)
    return found._replace(cores=frozenset(known), countries=countries)


def _texts_of(flow: Flow, records: Any, work: Callable[[pa.Table], pa.Table]) -> set[str]:
    return set(texts(flow.collect(flow.each(records, work, TEXT)), "text"))


def _cities(table: pa.Table) -> pa.Table:
    return as_texts(texts(table, "city"))


class _Asked(ABC):
    """Work that knows what was found before."""

    def __init__(self, shared: Callable[[], Any]) -> None:
        self._shared = shared

    def __call__(self, table: pa.Table) -> pa.Table:
        """Run on the rows of a table."""
        return self.of(records_of(table), self._shared())

    @abstractmethod
    def of(self, records: Sequence[MatchRecord], found: Any) -> pa.Table:
        """Run on records."""


class _Seats(_Asked):
    def of(self, records: Sequence[MatchRecord], found: Around) -> pa.Table:
        return as_texts(list(seats_of(parts_by_places(records, found.places)[1])))


class _InFront(_Asked):
    def of(self, records: Sequence[MatchRecord], found: Around) -> pa.Table:
        parts = parts_of_names(records, found)
        return as_texts(list(names_in_front(parts, found.places).values()))


class _ThatBegin(_Asked):
    def of(self, records: Sequence[MatchRecord], found: frozenset[str]) -> pa.Table:
        return as_texts(list(names_that_begin(records, found)))


def _names(records: Sequence[MatchRecord], found: Around) -> list[str]:
    return texts_of(records, parts_of_names(records, found))


class _Wanted(_Asked):
    def of(self, records: Sequence[MatchRecord], found: Around) -> pa.Table:
        cores = [parse_name(text).core or " " for text in set(_names(records, found))]
        return as_texts(list(without_first_or_last(may_repeat_initials(cores))))


class _Known(_Asked):
    def __init__(self, shared: Callable[[], Any], wanted: Callable[[], Any]) -> None:
        super().__init__(shared)
        self._wanted = wanted

    def of(self, records: Sequence[MatchRecord], found: Around) -> pa.Table:
        wanted = self._wanted()
        cores = {parse_name(text).core or " " for text in set(_names(records, found))}
        return as_texts(list(cores & wanted))


class _Fronts(_Asked):
    """The countries of names in front of which may stand a form of another country."""

    def of(self, records: Sequence[MatchRecord], found: Around) -> pa.Table:
        pairs = {
            (text, record.country)
            for text, record in zip(_names(records, found), records, strict=True)
        }
        named = {text: parse_name(text) for text, _ in pairs}
        told = sorted(pair for pair in pairs if foreign_front(named[pair[0]], (_NOWHERE,)))
        return table_of(
            _FRONTS, text=[text for text, _ in told], country=[country for _, country in told]
        )
