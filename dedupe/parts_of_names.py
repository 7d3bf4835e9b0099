"""Take the names of rows apart, knowing what other rows of the list tell."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from dedupe.founders import with_forenames
from dedupe.name_parts import EDGES, Beside, NameParts, place_key
from dedupe.part_signs import has_sign, may_have_parts
from dedupe.record import MatchRecord
from dedupe.take_apart import take_apart
from leads.lexicon.places.countries import compared

#: What stands between a name and the place behind it.
_PIECES = re.compile(r",|\s-\s|[–—(]")


class Around(NamedTuple):
    """What the names of a list tell about each other."""

    #: The cities of all rows, and the seats behind their names, as `compared` writes them.
    places: frozenset[str]
    seats: frozenset[str]
    #: The names of rows that begin with a forename that others have behind.
    with_forenames: frozenset[str]
    #: Names without the initials beside them.
    cores: Collection[str]
    #: The countries of the rows with a name that has a legal form in front.
    countries: Mapping[str, Collection[str]]


def parts_of_names(
    records: Sequence[MatchRecord], around: Around | None = None
) -> dict[int, NameParts]:
    """Take every name apart, knowing the cities of all rows and the seats behind other names."""
    places = around.places if around else places_of({record.city for record in records})
    looked_at, parts = parts_by_places(records, places)
    seats = around.seats if around else seats_of(parts) - places
    # A seat behind a legal form in one row is a place in the others.
    signed = [at for at in looked_at if has_sign(records[at].name)] if seats else []
    parts |= _with_seats(records, signed, places, seats)
    return with_forenames(records, parts, places, around.with_forenames if around else None)


def places_of(cities: Iterable[str]) -> frozenset[str]:
    """Return the cities of a list as `compared` writes them."""
    return frozenset(filter(None, map(compared, cities)))


def seats_of(parts: Mapping[int, NameParts]) -> frozenset[str]:
    """Return the seats behind names, as `compared` writes them."""
    return frozenset(compared(apart.seat) for apart in parts.values() if apart.seat)


def parts_by_places(
    records: Sequence[MatchRecord], places: frozenset[str]
) -> tuple[list[int], dict[int, NameParts]]:
    """Return the rows whose names may have parts, and the parts that the cities of all rows tell."""
    beside = {city: Beside.of(city, places) for city in {record.city for record in records}}
    looked_at = [
        at
        for at, record in enumerate(records)
        if may_have_parts(record.name, beside[record.city].city)
    ]
    parts: dict[int, NameParts] = {}
    for at, known in zip(looked_at, _besides(records, looked_at, places), strict=True):
        if apart := take_apart(records[at].name, known):
            parts[at] = apart
    return looked_at, parts


def texts_of(records: Sequence[MatchRecord], parts: Mapping[int, NameParts]) -> list[str]:
    """Return the name of each row without the parts behind it."""
    texts = [record.name for record in records]
    for at, apart in parts.items():
        texts[at] = apart.name
    return texts


def _besides(
    records: Sequence[MatchRecord], rows: Sequence[int], places: frozenset[str]
) -> list[Beside]:
    """Return what is known beside the name of each row."""
    stated = [(records[at].city, records[at].country) for at in rows]
    known = {pair: Beside.of(pair[0], places, pair[1]) for pair in set(stated)}
    return list(map(known.__getitem__, stated))


def _with_seats(
    records: Sequence[MatchRecord],
    signed: Sequence[int],
    places: frozenset[str],
    seats: frozenset[str],
) -> dict[int, NameParts]:
    """Take the names apart that end in a seat of another row."""
    known = places | seats
    parts: dict[int, NameParts] = {}
    for at in signed:
        record = records[at]
        if place_key(_PIECES.split(record.name)[-1].strip(EDGES)) in seats:
            apart = take_apart(record.name, Beside.of(record.city, known, record.country))
            parts |= {at: apart} if apart else {}
    return parts
