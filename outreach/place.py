"""Where a company is placed: in the queue, or out of it with the reason."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from outreach.contact import Barrier, ContactFacts, may_contact

FITS = "it fits the profile"
ASKS = "a suspect with questions that only asking answers"
#: Why a company is in the queue; any other reason of a row says why it must not be there.
READY_REASONS = frozenset({FITS, ASKS})


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyStatus:
    """Everything that decides where a company is placed: its verdict, and what bars contact."""

    #: `fit`, `no_fit`, `unknown`; None before the first verdict.
    verdict: str | None = None
    fit_stage: str = "name"
    asks: bool = False
    why_not: str = ""
    score_worst: int = 0
    score_best: int = 0
    contact: ContactFacts = field(default_factory=ContactFacts)


@dataclass(frozen=True, slots=True)
class QueuePlace:
    """`ready` with the earliest moment, or `out` or `done`; each with its reason."""

    state: str
    reason: str
    not_before: datetime | None = None


def fits(status: CompanyStatus) -> bool:
    """Whether the profile alone would put the company into the queue."""
    if status.verdict == "fit":
        return True
    return status.verdict == "unknown" and status.fit_stage == "suspect" and status.asks


def place(status: CompanyStatus) -> QueuePlace:
    """Place a company: the contact rule decides first, then the profile."""
    decision = may_contact(status.contact)
    if decision.barrier in (Barrier.HANDED_OVER, Barrier.CLOSED):
        return QueuePlace("done", decision.reason)
    if not decision.allowed:
        return QueuePlace("out", decision.reason)
    if status.verdict == "fit":
        return QueuePlace("ready", FITS, decision.not_before)
    if fits(status):
        return QueuePlace("ready", ASKS, decision.not_before)
    return QueuePlace("out", status.why_not or "no verdict yet")


def rank(score_worst: int, score_best: int) -> int:
    """The order of the queue, smallest first: the higher worst score, then the higher best score."""
    return -(score_worst * 101 + score_best)
