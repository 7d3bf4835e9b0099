"""Questions to registers and paid providers: what they would cost and settle, and runs of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter

from actions import enriching
from actions.enriching import Planned
from console.api.callers import Caller, Campaign, needs
from console.api.resources.spending import Money
from console.api.words import Asked, Body, Limit, Word
from leads.prices import Price, parse_budget

router = APIRouter(prefix="/enrich", tags=["enrich"])
Reader = Annotated[Caller, needs("enrich:read")]
Writer = Annotated[Caller, needs("enrich:write")]


class Run(Body):
    """What workers may spend in a run, such as `50 EUR`; without a budget, free sources are asked."""

    budget: Word = ""
    max_per_company: Word = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question that may be asked, and how likely it is answered."""

    source: str
    attributes: Sequence[str]
    price: Money
    known: float


@dataclass(frozen=True, slots=True)
class Company:
    """An open company, what is asked about it in this order, and how likely that settles it."""

    company_id: UUID
    company: str
    questions: Sequence[Question]
    cost: Money
    settles: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a run would ask, as expected."""

    #: Companies whose verdict is open; those of them that must not be contacted.
    open: int
    barred: int
    #: Companies for which answers are there already, at no cost.
    answered: int
    #: Companies that are worth a question, and the first of them.
    worth_asking: int
    companies: Sequence[Company]
    cost: Money
    verdicts: float
    #: How many companies are asked nothing, by reason.
    not_asked: Mapping[str, int]
    #: Why sources are asked nothing, by source.
    left_out: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Started:
    """A run that workers do."""

    id: UUID
    budget: Money
    #: Companies that are asked about first, and those whose answers are there already.
    asked: int
    answered: int


@router.get("/plan")
def plan(
    caller: Reader,
    where: Campaign,
    budget: Asked = "",
    max_per_company: Asked = "",
    limit: Limit = 20,
) -> Plan:
    """Show what a run with a budget would ask, cost and settle; nothing is asked."""
    amount, each = parse_budget(budget, max_per_company)
    found = enriching.plan_as_it_stands(caller.session, where.client, where.campaign, amount, each)
    return _plan(found, limit)


@router.post("/runs", status_code=202)
def run(caller: Writer, where: Campaign, sent: Run) -> Started:
    """Let workers ask sources until verdicts are settled or the budget ends."""
    amount, each = parse_budget(sent.budget, sent.max_per_company)
    done = enriching.start_run(caller.session, where.client, where.campaign, amount, each)
    return Started(done.id, money(done.budget), done.asked, done.answered)


def money(one: Price) -> Money:
    """A price as the API writes it."""
    return Money(str(one.units), one.currency)


def _plan(found: Planned, limit: int) -> Plan:
    look = found.outlook
    return Plan(
        open=look.open,
        barred=look.barred,
        answered=len(look.answered),
        worth_asking=len(look.companies),
        companies=[
            Company(
                UUID(one.key),
                found.names.get(UUID(one.key), ""),
                [
                    Question(
                        asked.source,
                        list(asked.attributes),
                        money(asked.price),
                        round(asked.known, 4),
                    )
                    for asked in one.questions
                ],
                money(one.cost),
                round(one.settles, 4),
            )
            for one in look.companies[:limit]
        ],
        cost=money(look.cost),
        verdicts=round(look.verdicts, 3),
        not_asked=look.not_asked,
        left_out=look.left_out,
    )
