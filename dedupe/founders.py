"""Forenames of founders behind the legal form: `Mogara GmbH, Robert` is `Robert Mogara GmbH`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from dedupe.name_parts import NameParts, is_known_city, place_key
from dedupe.record import MatchRecord
from leads.lexicon.names.company_names import parse_name


def with_forenames(
    records: Sequence[MatchRecord],
    parts: dict[int, NameParts],
    places: Collection[str],
    stated: Collection[str] | None = None,
) -> dict[int, NameParts]:
    """Put a word behind the form in front of the name if another row has it there.

    Without such a row, it may as well be a small town. `stated` are the names of the rows that have
    it there; None: look for them among `records`.
    """
    in_front = names_in_front(parts, places)
    if not in_front:
        return parts
    if stated is None:
        stated = names_that_begin(records, first_words(in_front.values()))
    forenames = {
        at: replace(parts[at], name=name, seat="")
        for at, name in in_front.items()
        if parse_name(name).core in stated
    }
    return parts | forenames


def names_in_front(parts: Mapping[int, NameParts], places: Collection[str]) -> dict[int, str]:
    """Return the names with the word behind the form in front, where it may be a forename."""
    return {
        at: f"{apart.seat} {apart.name}" for at, apart in parts.items() if _may_be(apart, places)
    }


def first_words(names: Iterable[str]) -> frozenset[str]:
    """Return the first word of each name."""
    return frozenset(name.split(" ", 1)[0].casefold() for name in names)


def _may_be(apart: NameParts, places: Collection[str]) -> bool:
    """Check for a seat of one word that no table and no row knows as a place."""
    seat = apart.seat
    return seat.isalpha() and place_key(seat) not in places and not is_known_city(seat)


def names_that_begin(records: Sequence[MatchRecord], firsts: Collection[str]) -> frozenset[str]:
    """Return the cores of the rows whose names begin with one of these words."""
    return frozenset(
        parse_name(record.name).core
        for record in records
        if record.name.split(" ", 1)[0].casefold() in firsts
    )
