"""A question that a task wants to ask, and what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from leads.store.spending.budgets import Budget
from sources.run.cases import Case
from sources.source import Card


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A question that a task wants to ask."""

    case: Case
    card: Card
    budget: Budget
    campaign_id: UUID
    task_id: UUID
    attempt: int


@dataclass(frozen=True, slots=True)
class Reserved:
    """A question whose price is set aside."""

    ask: Ask
    question_id: UUID
    #: What is set aside, in millionths of the currency of the budget.
    budget_micros: int = 0


@dataclass(frozen=True, slots=True)
class Refused:
    """A question that is not asked, and why."""

    ask: Ask
    reason: str
    #: The company is worth looking at again soon: another task asks it, or another source may know.
    is_busy: bool = False
