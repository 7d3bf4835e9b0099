"""Which company each cluster is, given the companies its records sat on before: ids survive merges
and splits.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Assignment:
    """What becomes of the companies."""

    #: For each cluster, in order, the company it is.
    company_of: tuple[UUID, ...]
    #: Companies that are part of another now: the one that goes, the one that stays.
    merged: tuple[tuple[UUID, UUID], ...]
    #: Companies whose records went to several: the old one, the ones that left it.
    split: tuple[tuple[UUID, tuple[UUID, ...]], ...]
    #: Ids that did not exist before.
    made: frozenset[UUID]


def assign(
    clusters: Sequence[Sequence[UUID]],
    before: Mapping[UUID, UUID | None],
    new_id: Callable[[], UUID],
) -> Assignment:
    """Give each cluster of records a company.

    A company stays with the cluster that holds most of its records (the earlier cluster when
    equal); a cluster that several companies stay with is the oldest of them, and the others
    redirect to it; a cluster nobody stays with is new.
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
