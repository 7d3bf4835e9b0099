"""Count what was paid for lists, and for questions to sources."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from actions.actor import Right
from actions.session import Session, Transaction
from actions.source_spending import Readers, bearings, worth
from engage.figures import source_spending
from engage.figures.amounts import Amounts
from engage.figures.source_spending import SourceSpent
from engage.figures.spending import GROUPINGS as LIST_GROUPINGS
from engage.figures.spending import Purchase, Spent, spent_by, whole
from engage.figures.steps import Period
from leads.errors import UsageError
from leads.prices import Price
from leads.store.engine import Tx
from leads.store.list_costs import ListCost, list_costs
from leads.store.spending.names import names_of
from leads.yaml_mistakes import did_you_mean
from sources.allocation import Allocation

__all__ = [
    "ALLOCATIONS",
    "GROUPINGS",
    "Period",
    "Price",
    "SourceSpent",
    "SourcesSpending",
    "Spending",
    "Spent",
    "spending",
]

#: What spending can be grouped by: lists have no source and no campaign, and questions no vendor.
GROUPINGS = tuple(dict.fromkeys([*LIST_GROUPINGS, *source_spending.GROUPINGS]))
#: Who bears an answer that several clients used.
ALLOCATIONS = tuple(one.value for one in Allocation)


@dataclass(frozen=True, slots=True)
class SourcesSpending:
    """What questions to sources cost, by group, and all together."""

    allocated: str
    groups: Sequence[SourceSpent]
    whole: SourceSpent


@dataclass(frozen=True, slots=True)
class Spending:
    """What was paid for lists and for questions, by group, and all together.

    One of both has no groups where it is not grouped by that.
    """

    by: str
    groups: Sequence[Spent]
    whole: Spent
    sources: SourcesSpending


def spending(
    session: Session,
    by: str,
    period: Period,
    client: str | None = None,
    allocated: str = Allocation.FIRST.value,
) -> Spending:
    """Count what the lists cost that were added in a period, and the questions that were asked in
    it: of one client, or of all that are yours.
    """
    _check("spending is not grouped by", by, GROUPINGS)
    _check("spending is not allocated by", allocated, ALLOCATIONS)

    with session.read(Right.LOOK) as work:
        clients = work.actor.clients if client is None else [work.client(client)]
        bought = list(_purchases(work.tx, clients, period))
        groups = spent_by(bought, by) if by in LIST_GROUPINGS else []
        asked = _asked(work, clients, by, period, Allocation(allocated))
    return Spending(by, groups, whole(spent_by(bought, "client")), asked)


def _check(what: str, named: str, known: Sequence[str]) -> None:
    if named not in known:
        raise UsageError(
            f"{what} {named[:60]!r}{did_you_mean(named, known)}", f"one of {', '.join(known)}"
        )


def _asked(
    work: Transaction,
    clients: Collection[UUID] | None,
    by: str,
    period: Period,
    how: Allocation,
) -> SourcesSpending:
    readers = Readers(clients, names_of(work.tx, clients))
    grouping = by if by in source_spending.GROUPINGS else None
    each = bearings(work.tx, readers, period, how)
    groups, every = source_spending.spent_by(each, grouping)
    if by == "source" and groups:
        known = worth(work.tx, [one.group for one in groups], clients, period)
        groups = [source_spending.with_worth(one, known) for one in groups]
    return SourcesSpending(how.value, groups, every)


def _purchases(tx: Tx, clients: Collection[UUID] | None, period: Period) -> Iterator[Purchase]:
    for one in list_costs(tx, clients, period.since, period.until):
        yield Purchase(
            client=one.client,
            name=one.name,
            vendor=one.vendor,
            at=one.at,
            cost=_cost(one),
        )


def _cost(one: ListCost) -> Amounts | None:
    if one.minor is None or one.currency is None:
        return None
    return Amounts.of(one.minor, one.currency)
