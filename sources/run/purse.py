"""What is left of budgets and caps while questions are reserved, one after another."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from leads.prices import Price
from leads.store import Tx
from leads.store.spending import budgets, caps
from leads.store.spending.budgets import Budget
from leads.store.spending.caps import Cap
from leads.store.spending.lines import Line
from sources.currency import in_currency
from sources.run.asks import Ask


def room(tx: Tx, client_id: UUID, campaign_id: UUID, currency: str, at: datetime) -> Price | None:
    """What the caps of a client and a campaign leave, in a currency; None: nothing is capped."""
    purse, left = Purse(tx, at), None
    for cap in caps.caps(tx, client_id):
        if cap.list_id is not None or cap.campaign_id not in (None, campaign_id):
            continue
        under = purse.under(cap)
        free = Price(max(cap.amount.micros - under.micros, 0), cap.amount.currency)
        converted = in_currency(free, currency, at.date()) or Price(0, currency)
        left = converted if left is None else min(left, converted)
    return left


class Purse:
    """What is left of budgets and caps while questions are reserved, one after another."""

    def __init__(self, tx: Tx, at: datetime, asks: Iterable[Ask] = ()) -> None:
        self._tx, self._at = tx, at
        self._budgets: dict[UUID, Budget] = {}
        self._spent: dict[UUID, Price] = {}
        self._on_company: dict[tuple[UUID, UUID], Price] = {}
        self._caps: dict[UUID, list[tuple[Cap, Price]]] = {}
        self._read_companies(asks)

    def refusal(self, ask: Ask) -> str:
        """Why a question may not be paid; empty if it may."""
        if not ask.card.price.micros:
            return ""
        budget = self._now(ask.budget)
        if budget.ended_at is not None:
            return "its budget has ended"
        price = self._price(ask, budget.amount.currency)
        if price is None:
            return f"there is no rate from {ask.card.price.currency} to {budget.amount.currency}"
        if self._budget(budget) + price > budget.amount:
            return f"the budget of {budget.amount} is spent"
        company = self._company(ask)
        if budget.for_company is not None and company + price > budget.for_company:
            return f"a company may cost at most {budget.for_company}"
        return next(filter(None, (self._over(ask, cap, spent) for cap, spent in self._of(ask))), "")

    def take(self, ask: Ask, question_id: UUID) -> Line:
        """Set the price of a question aside; the line of it."""
        price = self._price(ask, ask.budget.amount.currency)
        assert price is not None
        budget, key = ask.budget, (ask.budget.id, ask.case.company_id)
        self._spent[budget.id] = self._budget(budget) + price
        self._on_company[key] = self._company(ask) + price
        self._caps[ask.case.client_id] = [
            (cap, self._more(ask, cap, spent)) for cap, spent in self._every(ask)
        ]
        return Line(
            client_id=ask.case.client_id,
            question_id=question_id,
            campaign_id=ask.campaign_id,
            budget_id=budget.id,
            company_id=ask.case.company_id,
            list_id=ask.case.list_id,
            why="reserved",
            micros=ask.card.price.micros,
            currency=ask.card.price.currency,
            budget_micros=price.micros,
        )

    def _now(self, budget: Budget) -> Budget:
        """The budget as it is now that no other reservation goes on."""
        if budget.id not in self._budgets:
            self._budgets[budget.id] = budgets.budget(self._tx, budget.id) or budget
        return self._budgets[budget.id]

    def _price(self, ask: Ask, currency: str) -> Price | None:
        return in_currency(ask.card.price, currency, self._at.date())

    def _budget(self, budget: Budget) -> Price:
        if budget.id not in self._spent:
            self._spent[budget.id] = budgets.spent_of_budget(self._tx, budget, self._at)
        return self._spent[budget.id]

    def _read_companies(self, asks: Iterable[Ask]) -> None:
        """What was spent on the companies of questions that cost something, for all at once."""
        companies: dict[UUID, tuple[Budget, set[UUID]]] = {}
        for ask in asks:
            if ask.card.price.micros:
                _, ids = companies.setdefault(ask.budget.id, (ask.budget, set()))
                ids.add(ask.case.company_id)
        for budget, ids in companies.values():
            for company_id, spent in budgets.spent_on_companies(self._tx, budget, ids).items():
                self._on_company[budget.id, company_id] = spent

    def _company(self, ask: Ask) -> Price:
        key = (ask.budget.id, ask.case.company_id)
        return self._on_company.get(key, Price(0, ask.budget.amount.currency))

    def _every(self, ask: Ask) -> list[tuple[Cap, Price]]:
        client_id = ask.case.client_id
        if client_id not in self._caps:
            self._caps[client_id] = [
                (cap, self.under(cap)) for cap in caps.caps(self._tx, client_id)
            ]
        return self._caps[client_id]

    def _of(self, ask: Ask) -> list[tuple[Cap, Price]]:
        return [(cap, spent) for cap, spent in self._every(ask) if _holds(cap, ask)]

    def under(self, cap: Cap) -> Price:
        """What was spent under a cap, in its currency; what has no rate fills it."""
        spent = Price(0, cap.amount.currency)
        for one in caps.spent_under(self._tx, cap, self._at):
            converted = in_currency(one, cap.amount.currency, self._at.date())
            spent = cap.amount if converted is None else spent + converted
        return spent

    def _over(self, ask: Ask, cap: Cap, spent: Price) -> str:
        price = self._price(ask, cap.amount.currency)
        if price is None:
            return f"there is no rate from {ask.card.price.currency} to {cap.amount.currency}"
        if spent + price <= cap.amount:
            return ""
        whom = cap.name or "the client"
        when = " a month" if cap.period == caps.MONTH else ""
        return f"the cap of {cap.amount}{when} for {whom} is reached"

    def _more(self, ask: Ask, cap: Cap, spent: Price) -> Price:
        price = self._price(ask, cap.amount.currency)
        return spent + price if price is not None and _holds(cap, ask) else spent


def _holds(cap: Cap, ask: Ask) -> bool:
    """Whether a question counts under a cap."""
    of_campaign = cap.campaign_id in (None, ask.campaign_id)
    return of_campaign and cap.list_id in (None, ask.case.list_id)
