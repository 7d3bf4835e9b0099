"""How much the background work got done over the last hours."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from actions.actor import Right
from actions.session import Session
from leads.clock import now
from leads.store.ledger import pace
from leads.store.ledger.pace import Span

__all__ = ["Span"]

SPAN = timedelta(minutes=10)
SPANS = 36


def spans(session: Session) -> Sequence[Span]:
    """The last six hours in spans of ten minutes, oldest first."""
    until = now()
    bounds = [until - SPAN * left for left in range(SPANS, -1, -1)]
    with session.read(Right.OPERATE) as work:
        return pace.spans(work.tx, bounds)
