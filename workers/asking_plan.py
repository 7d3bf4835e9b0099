"""What a budget would be spent on: the plan over all open companies of a campaign."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from leads.clock import now
from leads.prices import Price
from leads.store import Tx
from leads.store.spending import budgets, turns
from leads.store.spending.budgets import Budget
from outreach.run.site_visits import companies_to_visit
from sources.planner.offer import OpenCompany
from sources.planner.plan import CompanyPlan, plan
from sources.planner.why import Why
from sources.run.cases import Case, read_cases
from sources.run.purse import room
from workers.asking_jobs import open_company
from workers.context import Context
from workers.open_companies import experience_of, open_verdicts
from workers.source_offers import offers_of, sources_of

_ORDER = (
    Why.BUDGET,
    Why.CAP,
    Why.FAILED,
    Why.UNCLEAR,
    Why.ASKED,
    Why.UNKNOWN_KEY,
    Why.NO_OFFER,
    Why.NOT_NEEDED,
)
#: Companies whose facts are read at a time.
_BATCH = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What would be asked, and what that is expected to cost and to settle."""

    #: Companies whose verdict is open, and those of them that may not be contacted.
    open: int
    barred: int
    #: The plans of companies that are worth a question, the best first.
    companies: Sequence[CompanyPlan]
    #: Companies for which answers are there already, or are waited for by another run.
    answered: Sequence[UUID]
    #: As expected.
    cost: Price
    verdicts: float
    #: Sources that are asked nothing, and why.
    left_out: Mapping[str, str]
    #: What the caps of the client and the campaign leave; None: there are none.
    capped: Price | None
    #: Reasons why companies are asked nothing, with how many they hold.
    not_asked: Mapping[str, int]

    @property
    def asked(self) -> list[UUID]:
        """The companies that are asked about."""
        return [UUID(one.key) for one in self.companies]

    @property
    def sources(self) -> set[str]:
        """The sources that are asked."""
        return {question.source for one in self.companies for question in one.questions}

    @property
    def worth_asking(self) -> list[UUID]:
        """Those, and those whose answers are there already."""
        return [*self.answered, *self.asked]


def outlook_of(tx: Tx, context: Context, budget: Budget, company_ids: Sequence[UUID]) -> Outlook:
    """Plan what to ask about open companies with a budget; nothing is asked or stored."""
    at = now()
    offered = sources_of(context.settings, turns.rests(tx), at)
    offers, without_rate = offers_of(offered.sources, budget.amount.currency, at.date())
    wanted = sorted(companies_to_visit(tx, budget.client_id, company_ids))
    cases: list[OpenCompany] = []
    answered: list[UUID] = []
    nothing = Price(0, budget.amount.currency)
    for start in range(0, len(wanted), _BATCH):
        some = wanted[start : start + _BATCH]
        waiting = open_verdicts(tx, budget.campaign_id, some)
        found = read_cases(
            tx, budget.client_id, sorted(waiting), offered.sources, context.secret, at, {}
        )
        answered += [one for one, case in found.items() if _has_answer(case)]
        cases += [
            open_company(case, waiting[one], nothing)
            for one, case in found.items()
            if not _has_answer(case)
        ]
    left = budget.amount.micros - min(
        budgets.spent_of_budget(tx, budget, at).micros, budget.amount.micros
    )
    capped = room(tx, budget.client_id, budget.campaign_id, budget.amount.currency, at)
    left = left if capped is None else min(left, capped.micros)
    made = plan(
        cases,
        offers,
        experience_of(tx, budget.client_id, budget.campaign_id, offered.sources),
        Price(left, budget.amount.currency),
        budget.for_company,
    )
    return Outlook(
        open=len(company_ids),
        barred=len(company_ids) - len(wanted),
        companies=[one for one in made.companies if one.questions],
        answered=answered,
        cost=made.cost,
        verdicts=made.verdicts,
        left_out={**offered.left_out, **without_rate},
        capped=capped,
        not_asked=_reasons(made.companies),
    )


def _has_answer(case: Case) -> bool:
    return bool(case.unused) or case.is_awaited


def _reasons(companies: Sequence[CompanyPlan]) -> Mapping[str, int]:
    """Why companies are asked nothing, each with its first reason: what money or time may change
    comes before what nothing changes.
    """
    counted: Counter[str] = Counter()
    for one in companies:
        if not one.questions:
            said = {left.why for left in one.left_out}
            why = next((reason for reason in _ORDER if reason in said), Why.NO_OFFER)
            counted[why.value] += 1
    return dict(counted.most_common())
