"""The most that may be spent for a client, a campaign or a list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, insert, select

from leads.prices import Price, sum_of
from leads.store.engine import Tx
from leads.store.schema import campaign, raw_list, spending_cap, spending_line
from leads.store.spending.budgets import month_start
from leads.store.spending.lines import PAID

MONTH, EVER = "month", "ever"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cap:
    """The most that may be spent."""

    id: UUID
    client_id: UUID
    campaign_id: UUID | None
    list_id: UUID | None
    #: `month` (by calendar, UTC) or `ever`.
    period: str
    amount: Price
    by: str
    at: datetime
    #: The name of its campaign or list; empty: the whole client.
    name: str = ""


def put_cap(tx: Tx, one: Cap) -> None:
    """Store a cap in place of the one of the same client, campaign, list and period."""
    drop_cap(tx, one.client_id, one.campaign_id, one.list_id, one.period)
    row = {
        "id": one.id,
        "client_id": one.client_id,
        "campaign_id": one.campaign_id,
        "list_id": one.list_id,
        "period": one.period,
        "micros": one.amount.micros,
        "currency": one.amount.currency,
        "by": one.by,
        "at": one.at,
    }
    tx.execute(insert(spending_cap), [row])


def drop_cap(
    tx: Tx, client_id: UUID, campaign_id: UUID | None, list_id: UUID | None, period: str
) -> bool:
    """Lift a cap; whether there was one."""
    mine = delete(spending_cap).where(
        spending_cap.c.client_id == client_id,
        spending_cap.c.campaign_id.is_not_distinct_from(campaign_id),
        spending_cap.c.list_id.is_not_distinct_from(list_id),
        spending_cap.c.period == period,
    )
    return bool(tx.execute(mine).rowcount)


def caps(tx: Tx, client_id: UUID) -> list[Cap]:
    """The caps of a client: its own first, then by campaign and list."""
    wanted = (
        select(
            spending_cap,
            func.coalesce(campaign.c.name, raw_list.c.name, "").label("named"),
        )
        .outerjoin(campaign, campaign.c.id == spending_cap.c.campaign_id)
        .outerjoin(raw_list, raw_list.c.id == spending_cap.c.list_id)
        .where(spending_cap.c.client_id == client_id)
        .order_by("named", spending_cap.c.period)
    )
    return [
        Cap(
            id=row.id,
            client_id=row.client_id,
            campaign_id=row.campaign_id,
            list_id=row.list_id,
            period=row.period,
            amount=Price(row.micros, row.currency),
            by=row.by,
            at=row.at,
            name=row.named,
        )
        for row in tx.execute(wanted)
    ]


def spent_under(tx: Tx, cap: Cap, at: datetime) -> tuple[Price, ...]:
    """What was spent or is set aside under a cap, by currency."""
    mine = (
        select(spending_line.c.currency, func.sum(spending_line.c.micros))
        .where(spending_line.c.client_id == cap.client_id, PAID)
        .group_by(spending_line.c.currency)
    )
    if cap.campaign_id is not None:
        mine = mine.where(spending_line.c.campaign_id == cap.campaign_id)
    if cap.list_id is not None:
        mine = mine.where(spending_line.c.list_id == cap.list_id)
    if cap.period == MONTH:
        mine = mine.where(spending_line.c.at >= month_start(at))
    return sum_of(Price(max(int(micros), 0), currency) for currency, micros in tx.execute(mine))
