"""The tasks that ask sources about companies, and whom they are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from leads.store import Tx, verdicts
from leads.store.ledger.asking import AT_ONCE
from leads.store.ledger.tasks import Wanted
from leads.store.spending import budgets
from leads.store.spending.budgets import Budget


def ask_task(budget: Budget, company_id: UUID, at: datetime = AT_ONCE) -> Wanted:
    """The task to ask about a company with a budget, not before a time."""
    return Wanted(
        kind="ask",
        key=f"{budget.id}:{company_id}",
        queue="ask",
        client_id=budget.client_id,
        not_before=at,
    )


def ask_tasks(tx: Tx, campaign_id: UUID, company_ids: Sequence[UUID]) -> list[Wanted]:
    """Tasks to ask about those of the companies whose verdict is open, where a budget allows it."""
    allowed = budgets.open_budgets(tx, campaign_id)
    if not allowed:
        return []
    briefs = verdicts.brief(tx, campaign_id, company_ids)
    waiting = [one for one, row in briefs.items() if row.verdict == "unknown" and not row.asks]
    # A run that somebody began, before what the background work may spend.
    budget = max(allowed, key=lambda one: (not one.automatic, one.id))
    return [ask_task(budget, one) for one in waiting]
