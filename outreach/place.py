"""Where a company is placed: in the queue, or out of it with the reason."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from leads import grid
from outreach.contact import WORKED_LATELY, Barrier, ContactFacts, may_contact

#: The place of the company that a prediction puts last.
_LAST = 10_000
FITS = "it fits the profile"
ASKS = "a suspect with questions that only asking answers"
#: In the queue, but nobody gets it before its time.
HELD = f"held: {WORKED_LATELY}"
#: Why a company is in the queue; any other reason of a row says why it must not be there.
READY_REASONS = frozenset({FITS, ASKS, HELD})


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
    #: The day of the newest fact that the verdict rests on.
    newest: date | None = None
    #: Whose clocks and holidays count; empty: unknown.
    calendar: str = ""
    contact: ContactFacts = field(default_factory=ContactFacts)
    #: Of the grid of fit and engagement; None: the campaign scores no signals.
    cell: str | None = None
    #: Its place within the cell by a prediction, from 0 to 10,000; None: by the score.
    predicted: int | None = None


@dataclass(frozen=True, slots=True)
class QueuePlace:
    """`ready` with the earliest moment, or `out` or `done`; each with its reason."""

    state: str
    reason: str
    not_before: datetime | None = None
    #: Who promised to call then, and from when anybody may keep the promise.
    promised_by: str | None = None
    shared_at: datetime | None = None


def fits(status: CompanyStatus) -> bool:
    """Whether the profile alone would put the company into the queue."""
    if status.verdict == "fit":
        return True
    return status.verdict == "unknown" and status.fit_stage == "suspect" and status.asks


def place(status: CompanyStatus, at: datetime) -> QueuePlace:
    """Place a company as of a moment: the contact rule decides first, then the profile."""
    decision = may_contact(status.contact)
    if decision.barrier in (Barrier.HANDED_OVER, Barrier.CLOSED):
        return QueuePlace("done", decision.reason)
    if decision.barrier is Barrier.HELD and fits(status):
        return QueuePlace("ready", HELD, decision.not_before)
    if not decision.allowed and decision.barrier is not Barrier.HELD:
        return QueuePlace("out", decision.reason)
    if status.verdict == "fit":
        return _ready(FITS, status.contact, decision.not_before, at)
    if fits(status):
        return _ready(ASKS, status.contact, decision.not_before, at)
    return QueuePlace("out", status.why_not or "no verdict yet")


def _ready(
    reason: str, contact: ContactFacts, not_before: datetime | None, at: datetime
) -> QueuePlace:
    """A promise keeps its time, by which it is handed out; any other time that has come is over."""
    if not_before is None:
        return QueuePlace("ready", reason)
    if contact.promised_by is not None:
        return QueuePlace(
            "ready", reason, not_before, contact.promised_by, contact.shared_at or not_before
        )
    return QueuePlace("ready", reason, not_before if not_before > at else None)


def rank(
    score_worst: int, score_best: int, cell: str | None = None, predicted: int | None = None
) -> int:
    """The order of the queue, smallest first: the cell of the grid, where the campaign scores
    signals, then the place by a prediction, else the higher worst score and the higher best score.
    """
    before = grid.ORDER.index(cell) * grid.RANKS if cell else 0
    if cell and predicted is not None:
        return before - (_LAST - predicted)
    return before - (score_worst * 101 + score_best)


def fresh(newest: date | None) -> int:
    """The order within a rank, smallest first: the newer fact first, no fact at all last."""
    return -newest.toordinal() if newest else 0
