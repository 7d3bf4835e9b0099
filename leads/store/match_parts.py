"""How the packed parts of a key index are laid out, as far as something is taken out of them.

All numbers have four bytes, the lowest first. A part of keys: the lower half of each key, then the
number of a company for each. A part of rows: how many companies it has, how many records each has,
then the ids of the records, 16 bytes each.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Collection
from itertools import accumulate
from uuid import UUID

_NUMBER, _ID = 4, 16
_NO_ID = bytes(_ID)


def companies_of(body: bytes, ids: Collection[UUID]) -> dict[UUID, int]:
    """The place of the company of each of these records that a part of rows has."""
    found: dict[UUID, int] = {}
    for one in ids:
        at = _place(body, one)
        if at is not None:
            sizes = _numbers(body[_NUMBER : _start(body)])
            ends = accumulate(sizes)
            found[one] = next(place for place, end in enumerate(ends) if at < end)
    return found


def without_records(body: bytes, ids: Collection[UUID]) -> bytes:
    """A part of rows with nothing in the place of these records."""
    for one in ids:
        at = _place(body, one)
        if at is not None:
            start = _start(body) + at * _ID
            body = body[:start] + _NO_ID + body[start + _ID :]
    return body


def records_in(body: bytes, company: int) -> list[UUID]:
    """The records of the company at a place of a part of rows."""
    sizes = _numbers(body[_NUMBER : _start(body)])
    first = _start(body) + sum(sizes[:company]) * _ID
    ids = body[first : first + sizes[company] * _ID]
    every = [ids[at : at + _ID] for at in range(0, len(ids), _ID)]
    return [UUID(bytes=one) for one in every if one != _NO_ID]


def without_companies(body: bytes, companies: Collection[int]) -> bytes:
    """A part of keys without those of some companies."""
    half = len(body) // 2
    keys, holders = _numbers(body[:half]), _numbers(body[half:])
    if not any(company in holders for company in companies):
        return body
    kept = [at for at, holder in enumerate(holders) if holder not in companies]
    left = array("I", [keys[at] for at in kept]), array("I", [holders[at] for at in kept])
    return b"".join(_as_bytes(one) for one in left)


def _start(body: bytes) -> int:
    """Where the ids of a part of rows begin."""
    return (int.from_bytes(body[:_NUMBER], "little") + 1) * _NUMBER


def _place(body: bytes, record_id: UUID) -> int | None:
    """Where among the ids of a part of rows a record is."""
    start = _start(body)
    at = body.find(record_id.bytes, start)
    while at >= 0 and (at - start) % _ID:
        at = body.find(record_id.bytes, at + 1)
    return (at - start) // _ID if at >= 0 else None


def _numbers(body: bytes) -> array[int]:
    found = array("I", body)
    if sys.byteorder == "big":
        found.byteswap()
    return found


def _as_bytes(numbers: array[int]) -> bytes:
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()
