"""The book of questions: each with what it cost, who asked it, and who used its answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import select

from leads.prices import Price
from leads.store.engine import Tx
from leads.store.schema import source_question, spending_budget, spending_line
from leads.store.spending.questions import State
from leads.store.spending.used import USED

#: Rows that a server sends at a time.
_FETCH = 5_000


@dataclass(frozen=True, slots=True)
class Whose:
    """A client, with the campaign and the list that led to a question; None: not known."""

    client_id: UUID | None
    campaign_id: UUID | None = None
    list_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BookedQuestion:
    """One question with its lines."""

    source: str
    state: State
    outcome: str | None
    at: datetime
    #: What it cost; while it is not settled, what is set aside for it.
    cost: Price
    asker: Whose
    #: Who used its answer, for one company each, in the order of use.
    used: tuple[Whose, ...]

    @property
    def reuses(self) -> tuple[Whose, ...]:
        """The uses but the one that it was asked for."""
        who = self.asker.client_id
        own = next((at for at, one in enumerate(self.used) if one.client_id == who), None)
        return tuple(one for at, one in enumerate(self.used) if at != own)


def booked(
    tx: Tx, since: datetime | None = None, until: datetime | None = None
) -> Iterator[BookedQuestion]:
    """The questions that were asked in a period, of every client, oldest first.

    It reads what several clients share: what it finds of other clients must not be shown.
    """
    asked, line, budget = source_question.c, spending_line.c, spending_budget.c
    wanted = (
        select(
            asked.id,
            asked.source,
            asked.state,
            asked.outcome,
            asked.reserved_at,
            asked.currency,
            budget.client_id.label("by_client"),
            budget.campaign_id.label("by_campaign"),
            line.client_id,
            line.campaign_id,
            line.list_id,
            line.why,
            line.micros,
        )
        .outerjoin(spending_budget, budget.id == asked.budget_id)
        .outerjoin(spending_line, line.question_id == asked.id)
        .order_by(asked.id, line.id)
    )
    if since is not None:
        wanted = wanted.where(asked.reserved_at >= since)
    if until is not None:
        wanted = wanted.where(asked.reserved_at < until)

    rows = tx.execution_options(yield_per=_FETCH).execute(wanted)
    for _, lines in groupby(rows, key=lambda row: row.id):
        yield _booked(list(lines))


def _booked(rows: list[Any]) -> BookedQuestion:
    first = rows[0]
    lines = [row for row in rows if row.why is not None]
    uses = tuple(_whose(row) for row in lines if row.why == USED)
    paying = [row for row in lines if row.why != USED]
    micros = sum(row.micros for row in paying)
    by_budget = Whose(first.by_client, first.by_campaign)
    own = (_whose(row) for row in lines if row.client_id == first.by_client)
    return BookedQuestion(
        source=first.source,
        state=State(first.state),
        outcome=first.outcome,
        at=first.reserved_at,
        cost=Price(max(micros, 0), first.currency),
        asker=_whose(paying[0]) if paying else next(own, by_budget),
        used=uses,
    )


def _whose(row: Any) -> Whose:
    return Whose(row.client_id, row.campaign_id, row.list_id)
