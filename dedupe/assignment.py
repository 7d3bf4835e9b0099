"""Assign a company to each cluster. Company ids survive merges and splits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Assignment:
    """The result of assigning companies to clusters."""

    #: The company of each cluster, in order.
    company_of: tuple[UUID, ...]
    #: Merged companies: (old id, surviving id).
    merged: tuple[tuple[UUID, UUID], ...]
    #: Split companies: the old id, and the ids of the new parts.
    split: tuple[tuple[UUID, tuple[UUID, ...]], ...]
    #: Newly created ids.
    made: frozenset[UUID]


def assign(
    clusters: Sequence[Sequence[UUID]],
    before: Mapping[UUID, UUID | None],
    new_id: Callable[[], UUID],
) -> Assignment:
    """Assign a company to each cluster of records.

    A company goes to the cluster with most of its records (the first such cluster on a tie). If
    several companies go to one cluster, the oldest wins and the others redirect to it. A cluster
    without a company gets a new one.
    """
    shares = _count_records(clusters, before)
    home = {company: _largest_share(counts) for company, counts in shares.items()}

    staying: dict[int, list[UUID]] = {}
    for company in sorted(home):
        staying.setdefault(home[company], []).append(company)
    company_of = [
        staying[place][0] if place in staying else new_id() for place in range(len(clusters))
    ]

    merged = [
        (company, company_of[place])
        for place, companies in staying.items()
        for company in companies[1:]
    ]
    return Assignment(
        company_of=tuple(company_of),
        merged=tuple(sorted(merged)),
        split=tuple(_split_companies(shares, home, company_of)),
        made=frozenset(company_of) - set(home),
    )


def _count_records(
    clusters: Sequence[Sequence[UUID]], before: Mapping[UUID, UUID | None]
) -> dict[UUID, Counter[int]]:
    """Count the records of each company by cluster."""
    shares: dict[UUID, Counter[int]] = {}
    for place, members in enumerate(clusters):
        for member in members:
            if company := before.get(member):
                shares.setdefault(company, Counter())[place] += 1
    return shares


def _largest_share(counts: Counter[int]) -> int:
    return min(counts, key=lambda place: (-counts[place], place))


def _split_companies(
    shares: Mapping[UUID, Counter[int]], home: Mapping[UUID, int], company_of: Sequence[UUID]
) -> Iterator[tuple[UUID, tuple[UUID, ...]]]:
    """Yield each company that loses records, with the companies that get them."""
    for company, counts in sorted(shares.items()):
        parts = tuple(company_of[place] for place in sorted(counts) if place != home[company])
        if parts:
            yield company, parts
