"""The facts of all companies of a client out of the store and into frames."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from uuid import UUID

from leads.facts import Method, Scope
from leads.store import Tx, bare_facts
from leads.store.bare_facts import BareRow
from leads.store.codec import from_json
from qualify.frames import Builder, Frames
from qualify.icp import Icp
from qualify.told import PREFIX

_METHODS = {method.value: place for place, method in enumerate(Method)}
_SCOPES = {scope.value: place for place, scope in enumerate(Scope)}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Loaded:
    """Frames, and who their companies are."""

    frames: Frames
    ids: Sequence[UUID]
    names: Sequence[str]


def load(tx: Tx, client_id: UUID, profiles: Sequence[Icp]) -> Loaded:
    """What every company of a client is known by, of the attributes that the profiles ask about."""
    companies = bare_facts.companies(tx, client_id)
    loader = _Loader({key: place for place, (key, _, _) in enumerate(companies)})
    asked = sorted({name for icp in profiles for _, criterion in icp.sections() for name in criterion.attributes} | {"coverage"})
    for row in bare_facts.of_companies(tx, client_id, [*asked, "domain"], PREFIX):
        loader.add(row)
    for row in bare_facts.of_sites(tx, asked):
        for place in loader.sites.get(row.of, ()):
            loader.put(place, row)
    return Loaded(loader.builder.frames(len(companies)), [one for _, one, _ in companies], [name for _, _, name in companies])


@dataclass(slots=True)
class _Loader:
    """Turns rows of the database into rows of columns; each value is read once, however often it is stated."""

    numbers: dict[str, int]
    builder: Builder = field(default_factory=Builder)
    sites: dict[str, list[int]] = field(default_factory=dict)
    values: dict[tuple[str, str], tuple[int, int, int] | None] = field(default_factory=dict)

    def add(self, row: BareRow) -> None:
        """What is said of a company; its domain is where our own crawl may have looked."""
        place = self.numbers.get(row.of)
        if place is None:
            return
        if row.attribute == "domain":
            known = self.sites.setdefault(json.loads(row.value), [])
            if place not in known:
                known.append(place)
            return
        self.put(place, row)

    def put(self, place: int, row: BareRow) -> None:
        """One fact of the company of that number."""
        said = (row.attribute, row.value)
        if said not in self.values:
            self.values[said] = self.builder.encoded(row.attribute, from_json(row.attribute, json.loads(row.value)))
        stated = self.values[said]
        if stated is not None:
            when = _moment(row.observed_at), _day(row.as_of)
            who = self.builder.source(row.source), _METHODS[row.method], _SCOPES[row.scope]
            self.builder.add_row(row.attribute, (place, *who, *when, self.builder.confidence(row.confidence), *stated))


@lru_cache(maxsize=1 << 16)
def _moment(text: str) -> int:
    read = datetime.fromisoformat(text)
    return ((read if read.tzinfo else read.replace(tzinfo=UTC)) - _EPOCH) // timedelta(microseconds=1)


@lru_cache(maxsize=1 << 14)
def _day(text: str | None) -> int:
    return date.fromisoformat(text[:10]).toordinal() if text else 0
