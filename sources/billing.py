"""What a question is charged, by what came of it."""

from __future__ import annotations

from datetime import datetime, timedelta

from leads.prices import Price
from sources.answers import ANSWERED, Answer, Outcome
from sources.source import Billing, Card

#: After a failure the same question waits so long.
AFTER_FAILURE = timedelta(hours=1)
#: How long a source rests that does not say how long.
_RESTS = {
    Outcome.RATE_LIMITED: timedelta(minutes=1),
    Outcome.QUOTA_USED_UP: timedelta(hours=12),
    Outcome.NOT_ALLOWED: timedelta(hours=24),
}
#: No source is believed that it rests for longer.
_LONGEST_REST = timedelta(days=31)


def charged(card: Card, answer: Answer) -> Price:
    """What an answer costs: as the source says, else by its way of billing."""
    nothing = Price(0, card.price.currency)
    if card.billing is Billing.NOTHING:
        return nothing
    if answer.billed is not None:
        return card.price.times(max(answer.billed, 0))
    if card.billing is Billing.HIT:
        return card.price if answer.outcome is Outcome.FOUND else nothing
    return card.price if answer.outcome in ANSWERED else nothing


def fresh_until(card: Card, answer: Answer, at: datetime) -> datetime:
    """Until when the same question is not asked again."""
    if answer.outcome in ANSWERED:
        return at + timedelta(days=card.fresh_days)
    return at + AFTER_FAILURE


def rests_until(answer: Answer, at: datetime) -> datetime | None:
    """Until when the source is asked nothing at all; None: it may be asked."""
    if answer.outcome not in _RESTS:
        return None
    until = answer.not_before or at + _RESTS[answer.outcome]
    return min(max(until, at), at + _LONGEST_REST)
