"""Load the facts of a client's companies from the store into frames."""

from __future__ import annotations

import json
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import numpy as np

from leads.codec import from_json
from leads.facts import Method, Scope
from leads.store import Tx
from leads.store.facts import gathered as gathered_facts
from leads.store.facts.gathered import FACTS, PARTS, Gathered, Some
from qualify.bulk.frames import Builder, Frames, Ints
from qualify.bulk.part_file import WIDTH, Part
from qualify.decide.lasting import Lasting
from qualify.profile.icp import Icp
from qualify.run.grouping import Grouping, Whole, grouping
from qualify.run.held_facts import moment

_METHODS = {method.value: place for place, method in enumerate(Method)}
_SCOPES = {scope.value: place for place, scope in enumerate(Scope)}
_EPOCH = moment("1970-01-01")
#: Times kept as numbers.
_MOST = 500_000


def load(tx: Tx, some: Some, profiles: Sequence[Icp], today: date) -> Frames:
    """Load the facts that the profiles ask about; the oldest company is number 0.

    Linked companies are counted together as the first of the profiles does it.
    """
    asked = {name for icp in profiles for name in Lasting(icp, today).attributes}
    return load_about(tx, some, profiles[0], asked)


def load_about(tx: Tx, some: Some, profile: Icp, attributes: Collection[str]) -> Frames:
    """Load the facts about these attributes; linked companies are counted together as the profile
    does it.
    """
    numbers = _numbers(tx, some)
    grouped = _grouped(tx, some, profile)
    return _load(tx, some, attributes, numbers, _Linked(grouped, numbers) if grouped else None)


def load_apart(tx: Tx, some: Some, attributes: Collection[str]) -> Part:
    """Load the facts about these attributes, each company's by themselves, with their ids."""
    numbers = _numbers(tx, some)
    ids = b"".join(UUID(key).bytes for key in numbers)
    frames = _load(tx, some, attributes, numbers, None)
    return Part(np.frombuffer(ids, np.uint8).reshape(-1, WIDTH), frames)


def _numbers(tx: Tx, some: Some) -> dict[str, int]:
    return {key: number for number, key in enumerate(gathered_facts.companies(tx, some))}


def _load(
    tx: Tx,
    some: Some,
    attributes: Collection[str],
    numbers: Mapping[str, int],
    linked: _Linked | None,
) -> Frames:
    asked = sorted(attributes)
    reading = _Reading(asked, linked.members if linked else ())
    for gathered in (gathered_facts.of_own, gathered_facts.of_entries):
        reading.add(gathered(tx, some, asked), numbers)
    reading.add_sites(gathered_facts.of_sites(tx, some, asked), numbers)
    if linked:
        for number, whole in linked.wholes(tx, some.client_id):
            reading.add_whole(number, whole)
    return reading.frames(len(numbers), linked.elsewhere if linked else ())


class _Linked:
    """The companies that are counted together, by their numbers."""

    def __init__(self, grouped: Grouping, numbers: Mapping[str, int]) -> None:
        places = {UUID(key): number for key, number in numbers.items()}
        self._grouped, self._places = grouped, places
        self._roots = [one for one in grouped.below if one in places]
        #: Those counted with another company.
        self.elsewhere = [places[one] for one in grouped.above if one in places]
        #: Those whose facts are combined with those of others.
        self.members = {*self.elsewhere, *(places[one] for one in self._roots)}

    def wholes(self, tx: Tx, client_id: UUID) -> Iterator[tuple[int, Whole]]:
        """Load the combined facts of each company that others are counted with."""
        found = self._grouped.wholes(tx, client_id, self._roots)
        for root, whole in found.items():
            yield self._places[root], whole


def _grouped(tx: Tx, some: Some, profile: Icp) -> Grouping | None:
    """Group the companies as a profile counts them; None when it counts each by itself."""
    found = grouping(tx, some.client_id, profile, None)
    return found if found.above else None


#: The numbers that encode a statement: its attribute (-1 when it never counts), then the columns of
#: a frame from source to high.
_PARTS = 9
_SOURCE = 1


class _Statements(dict[str, int]):
    """The different statements of facts, numbered in the order they are met; each is parsed once."""

    def __init__(self, asked: Sequence[str]) -> None:
        self.asked = list(asked)
        self.builder = Builder()
        self._numbers = {name: number for number, name in enumerate(asked)}
        self._parts = array("q")

    def __missing__(self, text: str) -> int:
        name, value, source, method, scope, confidence, as_of = text.split(PARTS)
        number = self[text] = len(self)
        stated = self.builder.encoded(name, from_json(name, json.loads(value)))
        self._parts.extend(
            (
                self._numbers[name] if stated else -1,
                self.builder.source(source),
                _METHODS[method],
                _SCOPES[scope],
                date.fromisoformat(as_of[:10]).toordinal() if as_of else 0,
                self.builder.confidence(float(confidence)),
                *(stated or (0, 0, 0)),
            )
        )
        return number

    def parts(self) -> Ints:
        """One row for each statement."""
        return np.frombuffer(self._parts, np.int64).reshape(-1, _PARTS)


class _Moments(dict[str, int]):
    """Times as microseconds since 1970."""

    def __missing__(self, text: str) -> int:
        if len(self) > _MOST:
            self.clear()
        found = self[text] = (moment(text) - _EPOCH) // timedelta(microseconds=1)
        return found


class _Reading:
    """Parses the texts of the store into columns."""

    def __init__(self, asked: Sequence[str], apart: Collection[int]) -> None:
        self._said, self._moments, self._asked, self._apart = (
            _Statements(asked),
            _Moments(),
            frozenset(asked),
            apart,
        )
        # One entry a fact: company, statement, time seen, and which of the company's own sites.
        self._of, self._what, self._seen, self._site = (
            array("i"),
            array("i"),
            array("q"),
            array("i"),
        )

    def add(self, gathered: Iterable[Gathered], numbers: Mapping[str, int]) -> None:
        """Add facts of companies."""
        for of, said, seen in gathered:
            self._add(numbers[of], said, seen, 0)

    def add_sites(self, gathered: Iterable[Gathered], numbers: Mapping[str, int]) -> None:
        """Add facts of companies' own sites, one site after the other."""
        met: dict[int, int] = {}
        for of, said, seen in gathered:
            number = numbers[of]
            place = met[number] = met.get(number, -1) + 1
            self._add(number, said, seen, place)

    def add_whole(self, number: int, whole: Whole) -> None:
        """Add the combined facts of a company and those counted with it."""
        for fact in whole.facts:
            if fact.attribute in self._asked:
                self._said.builder.add(number, fact)

    def _add(self, number: int, said: str, seen: str, site: int) -> None:
        if number in self._apart:
            return
        what = [self._said[one] for one in said.split(FACTS)]
        self._what.extend(what)
        self._seen.extend([self._moments[one] for one in seen.split(FACTS)])
        self._of.extend([number] * len(what))
        self._site.extend([site] * len(what))

    def frames(self, size: int, elsewhere: Sequence[int]) -> Frames:
        """Make frames of everything that was read; `elsewhere` are counted with another company."""
        said, builder = np.frombuffer(self._what, np.int32), self._said.builder
        site, moments = np.frombuffer(self._site, np.int32), np.frombuffer(self._seen, np.int64)
        company, parts = np.frombuffer(self._of, np.int32), self._said.parts()
        # Facts of a company's own sites name no source: its first site is one, its second another.
        own = np.array(
            [builder.source(f"site:{number}") for number in range(int(site.max(initial=0)) + 1)]
        )
        unnamed = builder.source("")
        attribute, tables = parts[said, 0], dict[str, Ints]()
        for code, name in enumerate(self._said.asked):
            at = np.flatnonzero(attribute == code)
            if len(at):
                table = parts[said[at]]
                source = np.where(table[:, _SOURCE] == unnamed, own[site[at]], table[:, _SOURCE])
                tables[name] = np.column_stack(
                    [company[at], source, table[:, 2:4], moments[at], table[:, 4:]]
                )
        made = builder.framed(size, tables)
        if not elsewhere:
            return made
        marked = np.zeros(size, dtype=np.bool_)
        marked[elsewhere] = True
        return replace(made, elsewhere=marked)
