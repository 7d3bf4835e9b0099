"""Store what sources answered: the question, what it cost, and the facts of the company."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from leads.ids import new_id
from leads.prices import Price
from leads.store import Tx
from leads.store.spending import lines, questions, turns
from leads.store.spending.budgets import Budget
from leads.store.spending.lines import Line
from leads.store.spending.questions import Settlement, StoredQuestion
from leads.store.spending.used import USED
from sources.answers import ANSWERED, Answer, Outcome
from sources.billing import charged, fresh_until, rests_until
from sources.currency import in_currency
from sources.identity import Proof, prove
from sources.run.applying import Applied, Finding, apply, erase
from sources.run.cases import Case
from sources.run.reserving import Reserved
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


_NOTHING = Applied()
#: So many questions in a row that fail mean that the source is down, and how long it is left.
_DOWN, _WHILE_DOWN = 5, timedelta(minutes=10)


def settle(tx: Tx, answered: Sequence[Answered], at: datetime) -> list[Settled]:
    """Store answers, what they cost and their facts, in the caller's transaction."""
    findings: list[Finding] = []
    said: list[tuple[UUID, Outcome, str]] = []
    book: list[Line] = []
    for one in answered:
        ask, answer = one.reserved.ask, one.answer
        if one.may_be_owed and answer.outcome is Outcome.FAILED and ask.card.price.micros:
            fresh = at + timedelta(days=ask.card.fresh_days)
            questions.leave_unclear(tx, one.reserved.question_id, answer.reason, fresh)
            said.append((ask.case.company_id, answer.outcome, answer.reason))
            continue
        proof = prove(ask.case.subject, answer.entries)
        cost = charged(ask.card, answer) if one.was_sent else Price(0, ask.card.price.currency)
        _store(tx, one, cost, at)
        book += _lines(one, cost, at)
        if until := rests_until(answer, at):
            turns.rest(tx, ask.card.name, until, answer.reason or answer.outcome.value)
        if answer.outcome in ANSWERED:
            book.append(_use(ask.case, one.reserved.question_id, ask.budget))
        if answer.erased:
            erase(tx, ask.card, ask.case.subject.country or "", answer.erased)
        found = _finding(ask.case, ask.card, proof, cost) if answer.entries else None
        if found is not None:
            findings.append(found)
        said.append((ask.case.company_id, answer.outcome, _why(answer, proof)))
    _rest_if_down(tx, answered, at)
    lines.add_lines(tx, book)
    applied = apply(tx, findings, at)
    return [
        Settled(company_id, outcome, why, applied.get(company_id, _NOTHING))
        for company_id, outcome, why in said
    ]


def _rest_if_down(tx: Tx, answered: Sequence[Answered], at: datetime) -> None:
    """Let sources rest that answered none of several questions: they are down."""
    by_source: dict[str, list[Answer]] = {}
    for one in answered:
        by_source.setdefault(one.reserved.ask.card.name, []).append(one.answer)
    for name, answers in by_source.items():
        failed = [one for one in answers if one.outcome is Outcome.FAILED]
        if len(failed) >= _DOWN and len(failed) == len(answers):
            turns.rest(tx, name, at + _WHILE_DOWN, failed[-1].reason)


def use(
    tx: Tx, wanted: Sequence[tuple[Case, Card, StoredQuestion]], budget: Budget, at: datetime
) -> dict[UUID, Applied]:
    """Use answers that are there already: nothing is asked and nothing is paid."""
    findings = []
    for case, card, question in wanted:
        proof = prove(case.subject, entries_of(question.answer or ()))
        found = _finding(case, card, proof, Price(0, question.currency))
        if found is not None:
            findings.append(found)
    lines.add_lines(tx, [_use(case, question.id, budget) for case, _, question in wanted])
    return apply(tx, findings, at)


def _store(tx: Tx, one: Answered, cost: Price, at: datetime) -> None:
    card, answer = one.reserved.ask.card, one.answer
    found = {fact.attribute for entry in answer.entries for fact in entry.facts}
    is_failure = answer.outcome is Outcome.FAILED and one.was_sent
    settlement = Settlement(
        outcome=answer.outcome.value,
        reason=answer.reason,
        charged=cost,
        found=sorted(found & set(card.attributes)),
        answer=entries_json(answer.entries) if answer.entries else None,
        fresh_until=fresh_until(card, answer, at),
        # What failed is not asked again at once; what the source did not want to hear may be.
        answered=answer.outcome in ANSWERED or is_failure or cost.micros > 0,
    )
    questions.settle(tx, one.reserved.question_id, settlement)


def _lines(one: Answered, cost: Price, at: datetime) -> list[Line]:
    """What differs from the price that was set aside."""
    ask = one.reserved.ask
    micros = cost.micros - ask.card.price.micros
    if micros == 0:
        return []
    currency = ask.budget.amount.currency
    size = in_currency(Price(abs(micros), ask.card.price.currency), currency, at.date())
    sign = 1 if micros > 0 else -1
    return [
        Line(
            client_id=ask.case.client_id,
            question_id=one.reserved.question_id,
            campaign_id=ask.campaign_id,
            budget_id=ask.budget.id,
            company_id=ask.case.company_id,
            list_id=ask.case.list_id,
            why="charged" if micros > 0 else "refunded",
            micros=micros,
            currency=cost.currency,
            budget_micros=None if size is None else sign * size.micros,
        )
    ]


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


def _finding(case: Case, card: Card, proof: Proof, cost: Price) -> Finding | None:
    if not proof.accepted or proof.entry is None:
        return None
    return Finding(id=new_id(), case=case, card=card, entry=proof.entry, why=proof.why, cost=cost)


def _why(answer: Answer, proof: Proof) -> str:
    return proof.why if answer.entries else answer.reason
