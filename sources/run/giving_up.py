"""Questions whose process died or that a person decides about: refunded, or known to be owed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from leads.prices import Price
from leads.store import Tx
from leads.store.spending import lines, questions, unsettled
from leads.store.spending.questions import Settlement, State, StoredQuestion

#: Days that a question which nobody knows the answer of is not asked again.
_FRESH = timedelta(days=90)


def release(tx: Tx, question: StoredQuestion, reason: str) -> None:
    """Give back what was set aside for a question; the same one may be asked again."""
    nothing = Price(0, question.currency)
    said = Settlement(outcome="failed for now", reason=reason, charged=nothing, answered=False)
    questions.settle(tx, {question.id: said})
    refund(tx, question)


def refund(tx: Tx, question: StoredQuestion) -> None:
    """Append the lines that bring what a question cost back to nothing, in the month it was set
    aside.
    """
    owed: dict[tuple[UUID, UUID | None, UUID | None], lines.Line] = {}
    for one in lines.lines_of(tx, question.id):
        if one.why == "used":
            continue
        key = (one.client_id, one.budget_id, one.company_id)
        before = owed.get(key)
        owed[key] = one if before is None else _plus(before, one)
    back = [
        replace(
            one,
            why="refunded",
            micros=-one.micros,
            budget_micros=None if one.budget_micros is None else -one.budget_micros,
        )
        for one in owed.values()
        if one.micros
    ]
    lines.add_lines(tx, back, question.reserved_at)


def _plus(one: lines.Line, other: lines.Line) -> lines.Line:
    budget = (one.budget_micros or 0) + (other.budget_micros or 0)
    return replace(one, micros=one.micros + other.micros, budget_micros=budget)


def give_up_abandoned(tx: Tx) -> tuple[int, int]:
    """Settle questions whose task is over: how many were given back, and how many are unclear."""
    released = unclear = 0
    for one in unsettled.abandoned(tx):
        if one.state == State.RESERVED or one.price_micros == 0:
            release(tx, one, "its task ended before it was answered")
            released += 1
        else:
            reason = "its process ended before the answer was stored"
            unsettled.leave_unclear(tx, one.id, reason, one.reserved_at + _FRESH)
            unclear += 1
    return released, unclear


def reconcile(tx: Tx, question: StoredQuestion, *, owed: bool) -> None:
    """Note whether the source charged an unclear question."""
    if not owed:
        release(tx, question, "a person said that it was not charged")
        return
    said = Settlement(
        outcome="failed for now",
        reason="a person said that it was charged",
        charged=question.price,
        fresh_until=question.fresh_until,
    )
    questions.settle(tx, {question.id: said})
