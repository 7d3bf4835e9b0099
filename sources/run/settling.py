"""Store what sources answered: the question, what it cost, and the facts of the company."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from leads.prices import Price
from leads.store import Tx
from leads.store.spending import lines, questions, turns, unsettled
from leads.store.spending.budgets import Budget
from leads.store.spending.lines import Line
from leads.store.spending.questions import Settlement, StoredQuestion
from leads.store.spending.turns import Rest
from leads.store.spending.used import USED
from sources.answers import ANSWERED, Answer, Outcome
from sources.billing import charged, fresh_until, rests_until
from sources.currency import in_currency
from sources.identity import Proof, prove
from sources.run.applying import Applied, Finding, apply, erase
from sources.run.asks import Reserved
from sources.run.cases import Case
from sources.source import Card
from sources.stored_answers import entries_json, entries_of


@dataclass(frozen=True, slots=True)
class Answered:
    """A reserved question and what came of it."""

    reserved: Reserved
    answer: Answer
    #: Whether anything was sent: otherwise nothing can be owed.
    was_sent: bool = True
    #: Whether the source may have billed it though nobody can read its answer.
    may_be_owed: bool = False


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a company's question."""

    company_id: UUID
    outcome: Outcome
    #: Why the entry was taken as the company or not, or what went wrong.
    why: str
    applied: Applied


_NOT_PROVEN = "what it sent is about another company, or does not prove which one"
_NOTHING = Applied()
#: So many questions in a row that fail mean that the source is down, and how long it is left.
_DOWN, _WHILE_DOWN = 5, timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class _Judged:
    """A question that is answered, or surely not owed."""

    answered: Answered
    proof: Proof
    cost: Price

    @property
    def id(self) -> UUID:
        return self.answered.reserved.question_id


def settle(tx: Tx, answered: Sequence[Answered], at: datetime) -> list[Settled]:
    """Store answers, what they cost and their facts, in the caller's transaction."""
    judged = [_judged(one) for one in answered if not _is_unclear(one)]
    for one in filter(_is_unclear, answered):
        fresh = at + timedelta(days=one.reserved.ask.card.fresh_days)
        unsettled.leave_unclear(tx, one.reserved.question_id, one.answer.reason, fresh)
    questions.settle(tx, {one.id: _settlement(one, at) for one in judged})
    turns.rest(tx, [*_of_those_down(answered, at), *_of_those_refusing(judged, at)])
    lines.add_lines(tx, [line for one in judged for line in _lines(one, at)])
    erased = _erase(tx, judged)
    applied = apply(tx, [found for one in judged if (found := _found(one, at))])
    proofs = {one.id: one.proof for one in judged}
    return [
        Settled(
            one.reserved.ask.case.company_id,
            one.answer.outcome,
            _why(one.answer, proofs.get(one.reserved.question_id)),
            applied.get(one.reserved.ask.case.company_id, _NOTHING)
            + erased.get(one.reserved.ask.case.company_id, _NOTHING),
        )
        for one in answered
    ]


def _is_unclear(one: Answered) -> bool:
    """Whether nobody knows if the question is owed: it was taken, and its answer is unreadable."""
    is_failure = one.answer.outcome is Outcome.FAILED
    return is_failure and one.may_be_owed and one.reserved.ask.card.price.micros > 0


def _judged(one: Answered) -> _Judged:
    ask = one.reserved.ask
    cost = charged(ask.card, one.answer) if one.was_sent else Price(0, ask.card.price.currency)
    return _Judged(one, prove(ask.case.subject, one.answer.entries), cost)


def _erase(tx: Tx, judged: Sequence[_Judged]) -> dict[UUID, Applied]:
    """Erase what registers want erased; what that changes, by company."""
    found: dict[UUID, Applied] = {}
    for one in judged:
        ask, numbers = one.answered.reserved.ask, one.answered.answer.erased
        if numbers:
            gone = erase(tx, ask.card, ask.case.subject.country or "", numbers)
            found[ask.case.company_id] = found.get(ask.case.company_id, _NOTHING) + gone
    return found


def _of_those_refusing(judged: Sequence[_Judged], at: datetime) -> list[Rest]:
    """The rests of sources that want to be asked nothing for a while."""
    rests = []
    for one in judged:
        answer = one.answered.answer
        if until := rests_until(answer, at):
            name = one.answered.reserved.ask.card.name
            rests.append(Rest(name, until, answer.reason or answer.outcome.value))
    return rests


def _of_those_down(answered: Sequence[Answered], at: datetime) -> list[Rest]:
    """The rests of sources that answered none of several questions: they are down."""
    rests = []
    by_source: dict[str, list[Answer]] = {}
    for one in answered:
        by_source.setdefault(one.reserved.ask.card.name, []).append(one.answer)
    for name, answers in by_source.items():
        failed = [one for one in answers if one.outcome is Outcome.FAILED]
        if len(failed) >= _DOWN and len(failed) == len(answers):
            rests.append(Rest(name, at + _WHILE_DOWN, failed[-1].reason))
    return rests


def use(
    tx: Tx, wanted: Sequence[tuple[Case, Card, StoredQuestion]], budget: Budget, at: datetime
) -> dict[UUID, Applied]:
    """Use answers that are there already: nothing is asked and nothing is paid."""
    findings = []
    for case, card, question in wanted:
        proof = prove(case.subject, entries_of(question.answer or ()))
        # The answer is as old as the question, however late it is used.
        answered_at = question.settled_at or at
        found = _finding(case, card, proof, Price(0, question.currency), answered_at)
        if found is not None:
            findings.append(found)
    lines.add_lines(tx, [_use(case, question.id, budget) for case, _, question in wanted])
    return apply(tx, findings)


def _settlement(one: _Judged, at: datetime) -> Settlement:
    card, answer = one.answered.reserved.ask.card, one.answered.answer
    found = {fact.attribute for entry in answer.entries for fact in entry.facts}
    is_failure = answer.outcome is Outcome.FAILED and one.answered.was_sent
    return Settlement(
        outcome=answer.outcome.value,
        reason=_kept_reason(one),
        charged=one.cost,
        found=sorted(found & set(card.attributes)),
        answer=entries_json(answer.entries) if answer.entries else None,
        fresh_until=fresh_until(card, answer, at),
        # What failed is not asked again at once; what the source did not want to hear may be.
        answered=answer.outcome in ANSWERED or is_failure or one.cost.micros > 0,
    )


def _kept_reason(one: _Judged) -> str:
    """Why, without a word about the company: questions are kept for all clients."""
    answer = one.answered.answer
    is_other = answer.entries and not (one.proof.accepted and one.proof.entry)
    return _NOT_PROVEN if is_other else answer.reason


def _lines(one: _Judged, at: datetime) -> list[Line]:
    """What differs from the price that was set aside, and whether the answer is used."""
    ask = one.answered.reserved.ask
    found = []
    micros = one.cost.micros - ask.card.price.micros
    if micros:
        found.append(_difference(one, micros, at))
    if one.answered.answer.outcome in ANSWERED:
        found.append(_use(ask.case, one.id, ask.budget))
    return found


def _difference(one: _Judged, micros: int, at: datetime) -> Line:
    ask = one.answered.reserved.ask
    currency = ask.budget.amount.currency
    # What is given back whole leaves nothing, whatever became of the rate.
    cost = in_currency(one.cost, currency, at.date())
    set_aside = one.answered.reserved.budget_micros
    return Line(
        client_id=ask.case.client_id,
        question_id=one.id,
        campaign_id=ask.campaign_id,
        budget_id=ask.budget.id,
        company_id=ask.case.company_id,
        list_id=ask.case.list_id,
        why="charged" if micros > 0 else "refunded",
        micros=micros,
        currency=one.cost.currency,
        budget_micros=(0 if cost is None else cost.micros) - set_aside,
    )


def _use(case: Case, question_id: UUID, budget: Budget) -> Line:
    return Line(
        client_id=case.client_id,
        question_id=question_id,
        campaign_id=budget.campaign_id,
        budget_id=budget.id,
        company_id=case.company_id,
        list_id=case.list_id,
        why=USED,
        micros=0,
        currency=budget.amount.currency,
        budget_micros=0,
    )


def _finding(case: Case, card: Card, proof: Proof, cost: Price, at: datetime) -> Finding | None:
    if not proof.accepted or proof.entry is None:
        return None
    return Finding(case=case, card=card, entry=proof.entry, why=proof.why, cost=cost, at=at)


def _found(one: _Judged, at: datetime) -> Finding | None:
    ask = one.answered.reserved.ask
    return _finding(ask.case, ask.card, one.proof, one.cost, at)


def _why(answer: Answer, proof: Proof | None) -> str:
    return proof.why if proof is not None and answer.entries else answer.reason
