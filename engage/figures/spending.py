"""What was paid for lists, by client, vendor, list or week."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from engage.figures.amounts import Amounts, total
from engage.figures.weeks import week_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Purchase:
    """One list that was bought; `cost` None: nobody said what it cost."""

    client: str
    name: str
    vendor: str | None
    at: datetime
    cost: Amounts | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What one group of lists cost."""

    group: str
    lists: int
    #: How many of them state no cost: the amounts lack it.
    unstated: int
    cost: Amounts


#: What purchases can be grouped by.
GROUPINGS: Mapping[str, Callable[[Purchase], str]] = {
    "client": lambda one: one.client,
    "vendor": lambda one: one.vendor or "not stated",
    "list": lambda one: f"{one.client}: {one.name}",
    "week": lambda one: week_name(one.at.date()),
}


def spent_by(purchases: Iterable[Purchase], grouping: str) -> list[Spent]:
    """Add up what was paid by group, in the order of the groups' names."""
    group_of = GROUPINGS[grouping]
    groups: dict[str, list[Purchase]] = {}
    for one in purchases:
        groups.setdefault(group_of(one), []).append(one)

    return [_spent(name, groups[name]) for name in sorted(groups)]


def whole(spent: Sequence[Spent]) -> Spent:
    """All groups together."""
    return Spent(
        group="all",
        lists=sum(one.lists for one in spent),
        unstated=sum(one.unstated for one in spent),
        cost=total(one.cost for one in spent),
    )


def _spent(name: str, purchases: Sequence[Purchase]) -> Spent:
    stated = [one.cost for one in purchases if one.cost is not None]
    return Spent(
        group=name,
        lists=len(purchases),
        unstated=len(purchases) - len(stated),
        cost=total(stated),
    )
