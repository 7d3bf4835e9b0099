"""What campaigns may spend, and what they did."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select, update

from leads.clock import now
from leads.prices import Price
from leads.store.among import is_id_among
from leads.store.engine import Tx, chunks
from leads.store.schema import campaign, spending_budget, spending_line, task
from leads.store.spending.lines import PAID
from leads.store.unindexed import unindexed


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """What a campaign may spend: in one run, or automatically in each month."""

    id: UUID
    client_id: UUID
    campaign_id: UUID
    automatic: bool
    amount: Price
    #: None: no bound for one company.
    for_company: Price | None
    by: str
    begun_at: datetime
    ended_at: datetime | None = None


_BUDGET = select(
    spending_budget.c.id,
    spending_budget.c.client_id,
    spending_budget.c.campaign_id,
    spending_budget.c.automatic,
    spending_budget.c.micros,
    spending_budget.c.company_micros,
    spending_budget.c.currency,
    spending_budget.c.by,
    spending_budget.c.begun_at,
    spending_budget.c.ended_at,
)


def add_budget(tx: Tx, one: Budget) -> None:
    """Store a budget; an automatic one takes the place of the campaign's last."""
    if one.automatic:
        end_automatic(tx, one.campaign_id)
    row = {
        "id": one.id,
        "client_id": one.client_id,
        "campaign_id": one.campaign_id,
        "automatic": one.automatic,
        "micros": one.amount.micros,
        "company_micros": None if one.for_company is None else one.for_company.micros,
        "currency": one.amount.currency,
        "by": one.by,
        "begun_at": one.begun_at,
        "ended_at": None,
    }
    tx.execute(insert(spending_budget), [row])


def end_automatic(tx: Tx, campaign_id: UUID) -> bool:
    """Let the background work of a campaign buy nothing more; whether it might."""
    mine = update(spending_budget).where(
        spending_budget.c.campaign_id == campaign_id,
        spending_budget.c.automatic,
        spending_budget.c.ended_at.is_(None),
    )
    return bool(tx.execute(mine.values(ended_at=now())).rowcount)


def end_runs(tx: Tx, campaign_id: UUID) -> None:
    """End the runs of a campaign: what they set aside is settled, and nothing more is bought."""
    mine = update(spending_budget).where(
        spending_budget.c.campaign_id == campaign_id,
        spending_budget.c.automatic.is_(False),
        spending_budget.c.ended_at.is_(None),
    )
    tx.execute(mine.values(ended_at=now()))


def end_idle_runs(tx: Tx) -> int:
    """End the runs that have nothing left to ask: no task of their client can ask more; how many."""
    waiting = select(task.c.id).where(
        task.c.client_id == spending_budget.c.client_id,
        task.c.state.in_(("pending", "running")),
        task.c.kind.in_(("ask", "qualify", "dedupe")),
    )
    idle = update(spending_budget).where(
        spending_budget.c.automatic.is_(False),
        spending_budget.c.ended_at.is_(None),
        ~waiting.exists(),
    )
    return tx.execute(idle.values(ended_at=now())).rowcount


def end_budget(tx: Tx, budget_id: UUID) -> None:
    """End a run: nothing more is bought with its budget."""
    mine = update(spending_budget).where(spending_budget.c.id == budget_id)
    tx.execute(mine.where(spending_budget.c.ended_at.is_(None)).values(ended_at=now()))


def budget(tx: Tx, budget_id: UUID) -> Budget | None:
    """One budget; None if there is no such."""
    row = tx.execute(_BUDGET.where(spending_budget.c.id == budget_id)).one_or_none()
    return None if row is None else _budget(row)


def open_budgets(tx: Tx, campaign_id: UUID) -> list[Budget]:
    """The budgets of a campaign that have not ended, oldest first."""
    mine = _BUDGET.where(
        spending_budget.c.campaign_id == campaign_id, spending_budget.c.ended_at.is_(None)
    )
    return [_budget(row) for row in tx.execute(mine.order_by(spending_budget.c.id))]


def automatic_of(tx: Tx, client_id: UUID) -> list[tuple[str, Budget]]:
    """What campaigns of a client may spend without being told, by the name of the campaign."""
    wanted = (
        _BUDGET.add_columns(campaign.c.name)
        .join(campaign, campaign.c.id == spending_budget.c.campaign_id)
        .where(
            spending_budget.c.client_id == client_id,
            spending_budget.c.automatic,
            spending_budget.c.ended_at.is_(None),
        )
    )
    return [(row.name, _budget(row)) for row in tx.execute(wanted.order_by(campaign.c.name))]


def _budget(row: Any) -> Budget:
    each = row.company_micros
    return Budget(
        id=row.id,
        client_id=row.client_id,
        campaign_id=row.campaign_id,
        automatic=row.automatic,
        amount=Price(row.micros, row.currency),
        for_company=None if each is None else Price(each, row.currency),
        by=row.by,
        begun_at=row.begun_at,
        ended_at=row.ended_at,
    )


def month_start(at: datetime) -> datetime:
    """The first moment of a month, UTC."""
    return at.replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def spent_of_budget(tx: Tx, one: Budget, at: datetime) -> Price:
    """What was spent or is set aside of a budget: of an automatic one, in this month."""
    wanted = select(
        func.coalesce(func.sum(spending_line.c.budget_micros), 0),
    ).where(spending_line.c.client_id == one.client_id, PAID)
    if one.automatic:
        # What was allowed before in the same month counts too.
        same = select(spending_budget.c.id).where(
            spending_budget.c.campaign_id == one.campaign_id,
            spending_budget.c.automatic,
            spending_budget.c.currency == one.amount.currency,
        )
        wanted = wanted.where(
            spending_line.c.budget_id.in_(same), spending_line.c.at >= month_start(at)
        )
    else:
        wanted = wanted.where(spending_line.c.budget_id == one.id)
    return Price(max(int(tx.execute(wanted).scalar_one() or 0), 0), one.amount.currency)


def spent_on_companies(tx: Tx, one: Budget, company_ids: Collection[UUID]) -> dict[UUID, Price]:
    """What of a budget was spent or is set aside for each company, as far as anything was."""
    line, found = spending_line.c, {}
    for some in chunks(sorted(company_ids)):
        mine = (
            select(line.company_id, func.sum(line.budget_micros))
            .where(
                unindexed(line.client_id) == one.client_id,
                unindexed(line.budget_id) == one.id,
                is_id_among(tx, line.company_id, some),
            )
            .group_by(line.company_id)
        )
        for company_id, micros in tx.execute(mine):
            assert company_id is not None
            found[company_id] = Price(max(int(micros or 0), 0), one.amount.currency)
    return found
