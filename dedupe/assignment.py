"""Assign a company to each cluster. Company ids survive merges and splits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
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
    shares: dict[UUID, Counter[int]] = {}
    for place, members in enumerate(clusters):
        for member in members:
            if company := before.get(member):
                shares.setdefault(company, Counter())[place] += 1
    home = {
        company: min(counts, key=lambda place: (-counts[place], place))
        for company, counts in shares.items()
    }

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
    left = {
        company: tuple(company_of[place] for place in sorted(counts) if place != home[company])
        for company, counts in shares.items()
    }
    return Assignment(
        company_of=tuple(company_of),
        merged=tuple(sorted(merged)),
        split=tuple((company, parts) for company, parts in sorted(left.items()) if parts),
        made=frozenset(company_of) - set(home),
    )
