"""Count what was paid for lists."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from actions.actor import Right
from actions.session import Session
from engage.figures.amounts import Amounts
from engage.figures.spending import GROUPINGS, Purchase, Spent, spent_by, whole
from engage.figures.steps import Period
from leads.errors import UsageError
from leads.store.engine import Tx
from leads.store.list_costs import ListCost, list_costs
from leads.yaml_mistakes import did_you_mean

__all__ = ["GROUPINGS", "Period", "Spending", "Spent", "spending"]


@dataclass(frozen=True, slots=True)
class Spending:
    """What was paid, by group, and all together."""

    by: str
    groups: Sequence[Spent]
    whole: Spent


def spending(session: Session, by: str, period: Period, client: str | None = None) -> Spending:
    """Count what lists cost that were added in a period: of one client, or of all that are yours."""
    if by not in GROUPINGS:
        raise UsageError(
            f"lists are not grouped by {by[:60]!r}{did_you_mean(by, GROUPINGS)}",
            f"one of {', '.join(GROUPINGS)}",
        )

    with session.read(Right.LOOK) as work:
        clients = work.actor.clients if client is None else [work.client(client)]
        groups = spent_by(_purchases(work.tx, clients, period), by)
    return Spending(by, groups, whole(groups))


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
