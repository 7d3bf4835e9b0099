"""Which parts share a key that few enough have."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from dedupe.key_index import CROWDED, Holders, Link, Part, link_of
from dedupe.keys import MOST


def sharing(
    of_key: Mapping[int, Sequence[Part]], holders: Holders, new: Collection[Part]
) -> tuple[set[Link], set[Part]]:
    """Return what shares a key with the parts that have it.

    Also return the fresh rows with a key that too many have since the `new` rows came.
    """
    known, fresh = _companies_by_key(holders), _rows_by_key(holders)
    found: set[Link] = set()
    again: set[Part] = set()
    for key, parts in of_key.items():
        companies, faces = known.get(key, set()), fresh.get(key, {})
        if CROWDED in companies:
            continue
        if len(companies) + len(set(faces.values())) <= MOST:
            found.update(_links(parts, companies, _two_of_each(faces)))
        elif len(companies) + _before(faces, new) <= MOST:
            again |= faces.keys()
    return found, again


def _companies_by_key(holders: Holders) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for key, company in zip(holders.keys, holders.companies, strict=True):
        found.setdefault(key, set()).add(company)
    return found


def _rows_by_key(holders: Holders) -> dict[int, dict[str, int]]:
    """Return the fresh rows with each key, and what each states."""
    found: dict[int, dict[str, int]] = {}
    every = zip(holders.fresh_keys, holders.fresh_rows, holders.fresh_faces, strict=True)
    for key, row, face in every:
        found.setdefault(key, {})[row] = face
    return found


def _before(faces: Mapping[str, int], new: Collection[Part]) -> int:
    """Return how many different rows had a key before the new ones came."""
    return len({face for row, face in faces.items() if row not in new})


def _links(
    parts: Sequence[Part], companies: Collection[int], rows: Collection[str]
) -> Iterator[Link]:
    for part in parts:
        yield from (link_of(part, row) for row in rows if row != part)
        # Companies of the base were compared with one another.
        if isinstance(part, str):
            yield from (link_of(part, company) for company in companies)


def _two_of_each(faces: Mapping[str, int]) -> list[str]:
    """Return of the rows that state the same the two with the smallest keys: one is another row."""
    found: dict[int, list[str]] = {}
    for row in sorted(faces):
        found.setdefault(faces[row], []).append(row)
    return [row for some in found.values() for row in some[:2]]
