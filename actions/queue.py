"""Work one campaign's queue: take a prospect, return it, report what came of it."""

from __future__ import annotations

from dataclasses import dataclass

from actions.actor import Right
from actions.follow_up import WorkedOff, work_off
from actions.lifting import lift
from actions.session import Session
from actions.where import Where, queue_user
from leads.errors import NotAllowedError, NotFoundError
from outreach.card import Card, CardAnswer, CardEvidence, CardPromise, ScoreRange
from outreach.card_parts import CardContact
from outreach.run import disposing, leasing
from outreach.run.cards import card_of_lease
from outreach.run.disposing import DispositionRequest, DispositionResult

__all__ = [
    "Card",
    "CardAnswer",
    "CardContact",
    "CardEvidence",
    "CardPromise",
    "Disposed",
    "DispositionRequest",
    "DispositionResult",
    "ScoreRange",
    "Where",
]


@dataclass(frozen=True, slots=True)
class Disposed:
    """What a disposition led to."""

    result: DispositionResult
    work: WorkedOff


def take_next(session: Session, where: Where, want: int = 1) -> list[Card]:
    """Lease prospects until the actor holds as many as wanted; NotFoundError when none is free."""
    lift(session, Right.WORK_QUEUE)
    with session.write(Right.WORK_QUEUE) as work:
        cards = leasing.take_next(work.tx, queue_user(work, where), want)

    if not cards:
        raise NotFoundError(
            "no prospect is free right now",
            "see `sluice queue stats` for what is held or waits for its time",
        )
    return cards


def next_card(session: Session, where: Where) -> Card | None:
    """Lease the next prospect to the actor; None when none is free, or the day's cap is reached."""
    try:
        return take_next(session, where)[0]
    except (NotFoundError, NotAllowedError):
        return None


def held_card(session: Session, where: Where, company: str) -> Card:
    """The card of a prospect that the actor holds; NotFoundError when that is not so."""
    with session.write(Right.WORK_QUEUE) as work:
        user = queue_user(work, where)
        return card_of_lease(work.tx, user, leasing.held_by(work.tx, user, company))


def report(session: Session, where: Where, request: DispositionRequest) -> Disposed:
    """Close the actor's prospect with a disposition, and do what follows from it."""
    with session.write(Right.WORK_QUEUE) as work:
        result, changes = disposing.done(work.tx, queue_user(work, where), request)
        work.follow(changes)
    return Disposed(result, work_off(session))


def reopen(session: Session, where: Where, company: str) -> WorkedOff:
    """Reopen what a disposition closed; NotAllowedError when a suppression forbids it."""
    with session.write(Right.WORK_QUEUE) as work:
        work.follow(disposing.reopen(work.tx, queue_user(work, where), company))
    return work_off(session)
