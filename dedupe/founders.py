"""Forenames of founders behind the legal form: `Mogara GmbH, Robert` is `Robert Mogara GmbH`."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from dedupe.name_parts import NameParts, is_known_city, place_key
from dedupe.record import MatchRecord
from leads.lexicon.names.company_names import parse_name


def with_forenames(
    records: Sequence[MatchRecord], parts: dict[int, NameParts], places: Collection[str]
) -> dict[int, NameParts]:
    """Put a word behind the form in front of the name if another row has it there.

    Without such a row, it may as well be a small town.
    """
    in_front = {
        at: f"{apart.seat} {apart.name}" for at, apart in parts.items() if _may_be(apart, places)
    }
    if not in_front:
        return parts
    stated = _names_that_begin(records, in_front)
    forenames = {
        at: replace(parts[at], name=name, seat="")
        for at, name in in_front.items()
        if parse_name(name).core in stated
    }
    return parts | forenames


def _may_be(apart: NameParts, places: Collection[str]) -> bool:
    """Check for a seat of one word that no table and no row knows as a place."""
    seat = apart.seat
    return seat.isalpha() and place_key(seat) not in places and not is_known_city(seat)


def _names_that_begin(
    records: Sequence[MatchRecord], in_front: Mapping[int, str]
) -> frozenset[str]:
    """Return the cores of the rows whose names begin as one of these names does."""
    firsts = frozenset(name.split(" ", 1)[0].casefold() for name in in_front.values())
    return frozenset(
        parse_name(record.name).core
        for record in records
        if record.name.split(" ", 1)[0].casefold() in firsts
    )
