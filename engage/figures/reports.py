"""The funnel and the cost of a campaign, as a whole and by group."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from engage.figures.amounts import Amounts
from engage.figures.companies import Company, Lists, grouped, lists_of_groups
from engage.figures.costs import Cost, bought, cost, rows_of
from engage.figures.steps import Period, StepFigures, funnel
from leads.shares import Share

_NOTHING = Amounts()


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """The funnel and the cost of some companies."""

    #: `all`, or the name of the list, vendor, SDR and so on.
    group: str
    steps: Sequence[StepFigures]
    cost: Cost

    @property
    def leads(self) -> Share:
        """The leads among the names."""
        counts = {one.step: one.companies for one in self.steps}
        return Share(counts["lead"], counts["name"])


def listed_in(companies: Iterable[Company], period: Period) -> list[Company]:
    """The companies that were listed in a period."""
    return [one for one in companies if not period or period.holds(one.path.at.get("name"))]


def whole(
    companies: Sequence[Company],
    lists: Lists,
    hour: Amounts | None,
    period: Period,
    at: datetime | None = None,
    others: Amounts = _NOTHING,
) -> GroupFigures:
    """The figures of all companies together; `others` is what questions about companies cost that
    are not there any more, and of which nobody knows when they were listed.
    """
    some = listed_in(companies, period)
    every = [one.path for one in companies]
    return GroupFigures(
        "all",
        funnel([one.path for one in some], period if period else None, every, at),
        cost(some, bought(rows_of(some), lists), hour, _NOTHING if period else others),
    )


def by_group(
    companies: Sequence[Company],
    lists: Lists,
    hour: Amounts | None,
    period: Period,
    by: str,
    at: datetime | None = None,
) -> list[GroupFigures]:
    """The figures of each group. A list is paid for by its own group, also for companies that another
    list named first.
    """
    some = listed_in(companies, period)
    every = grouped(companies, lists, by) if period else {}
    counted = rows_of(some)
    of_lists = lists_of_groups(lists, by)
    found = []
    for name, members in grouped(some, lists, by).items():
        paid = (
            bought(counted, of_lists.get(name, {})) if of_lists else bought(rows_of(members), lists)
        )
        paths = [one.path for one in members]
        before = [one.path for one in every.get(name, ())]
        steps = funnel(paths, period if period else None, before, at)
        found.append(GroupFigures(name, steps, cost(members, paid, hour)))
    return found
