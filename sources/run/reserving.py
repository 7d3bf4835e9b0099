"""Set money aside for questions, within budgets and caps; nothing is sent before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from leads.ids import new_id
from leads.prices import Price
from leads.store import Tx, seat
from leads.store.spending import budgets, caps, lines, questions, unsettled
from leads.store.spending.budgets import Budget
from leads.store.spending.caps import Cap
from leads.store.spending.lines import Line
from leads.store.spending.questions import NewQuestion, State, StoredQuestion
from sources.currency import in_currency
from sources.run.cases import Case, about
from sources.source import Billing, Card


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


def reserve(tx: Tx, asks: Sequence[Ask], at: datetime) -> list[Reserved | Refused]:
    """Set the price of each question aside; refused is what a budget or a cap does not allow."""
    seat.lock_spending(tx)
    purse = _Purse(tx, at)
    return [_reserve(tx, one, purse, at) for one in asks]


def room(tx: Tx, client_id: UUID, campaign_id: UUID, currency: str, at: datetime) -> Price | None:
    """What the caps of a client and a campaign leave, in a currency; None: nothing is capped."""
    purse, left = _Purse(tx, at), None
    for cap in caps.caps(tx, client_id):
        if cap.list_id is not None or cap.campaign_id not in (None, campaign_id):
            continue
        under = purse.under(cap)
        free = Price(max(cap.amount.micros - under.micros, 0), cap.amount.currency)
        converted = in_currency(free, currency, at.date()) or Price(0, currency)
        left = converted if left is None else min(left, converted)
    return left


def _reserve(tx: Tx, ask: Ask, purse: _Purse, at: datetime) -> Reserved | Refused:
    case, card = ask.case, ask.card
    keys = case.keys[card.name]
    old = []
    for question in about(card, keys, questions.held(tx, case.client_id, keys.known_by)):
        found = _of_held(tx, ask, question, at)
        if found is not None:
            return found
        old.append(question.id)

    why = purse.refusal(ask)
    if why:
        return Refused(ask, why)
    questions.let_go(tx, old)
    new = NewQuestion(
        id=new_id(),
        client_id=None if card.shared else case.client_id,
        source=card.name,
        country=case.subject.country or "",
        attributes=sorted(card.attributes),
        budget_id=ask.budget.id,
        task_id=ask.task_id,
        attempt=ask.attempt,
        price=card.price,
        keys=keys.own,
        also=keys.also,
    )
    if not questions.reserve(tx, new):
        return Refused(ask, "it is being asked", is_busy=True)
    if not card.price.micros:
        return Reserved(ask, new.id)
    line = purse.take(ask, new.id)
    lines.add_lines(tx, [line])
    return Reserved(ask, new.id, line.budget_micros or 0)


def _of_held(tx: Tx, ask: Ask, question: StoredQuestion, at: datetime) -> Reserved | Refused | None:
    """What a question about the same company means for a new one; None: it is too old."""
    is_mine = question.task_id == ask.task_id
    if is_mine and question.state == State.RESERVED:
        return _taken_over(tx, ask, question)
    if is_mine and question.state == State.SENT:
        return _sent_before(tx, ask, question)
    if question.state in (State.RESERVED, State.SENT):
        return Refused(ask, "it is being asked", is_busy=True)
    covers = set(ask.card.attributes) <= set(question.attributes)
    if covers and question.is_fresh(at):
        return Refused(ask, "it was asked", is_busy=True)
    return None


def _taken_over(tx: Tx, ask: Ask, question: StoredQuestion) -> Reserved:
    questions.take_over(tx, question.id, ask.task_id, ask.attempt)
    set_aside = sum(one.budget_micros or 0 for one in lines.lines_of(tx, question.id))
    return Reserved(ask, question.id, set_aside)


def _sent_before(tx: Tx, ask: Ask, question: StoredQuestion) -> Reserved | Refused:
    """What becomes of a question whose process died after it was sent."""
    card = ask.card
    if card.billing is Billing.NOTHING or card.repeat_header:
        return _taken_over(tx, ask, question)
    reason = "its process ended before the answer was stored"
    until = question.reserved_at + timedelta(days=card.fresh_days)
    unsettled.leave_unclear(tx, question.id, reason, until)
    # Another source may know what this one may have been paid for.
    return Refused(ask, reason, is_busy=True)


class _Purse:
    """What is left of budgets and caps while questions are reserved, one after another."""

    def __init__(self, tx: Tx, at: datetime) -> None:
        self._tx, self._at = tx, at
        self._budgets: dict[UUID, Budget] = {}
        self._spent: dict[UUID, Price] = {}
        self._on_company: dict[tuple[UUID, UUID], Price] = {}
        self._caps: dict[UUID, list[tuple[Cap, Price]]] = {}

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

    def _company(self, ask: Ask) -> Price:
        company_id = ask.case.company_id
        key = (ask.budget.id, company_id)
        if key not in self._on_company:
            found = budgets.spent_on_companies(self._tx, ask.budget, [company_id])
            self._on_company[key] = found.get(company_id, Price(0, ask.budget.amount.currency))
        return self._on_company[key]

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
