"""Work one campaign's queue: take a prospect, return it, report what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from actions.actor import Right
from actions.card_interest import with_interest
from actions.follow_up import WorkedOff, work_off
from actions.lifting import lift
from actions.nothing_free import nothing_free
from actions.own_defaults import own_settings_of
from actions.session import Session
from actions.where import Where, queue_user
from leads.errors import NotAllowedError, NotFoundError, SluiceError
from leads.interest import Interest
from leads.store import Store
from outreach.card import Card, CardAnswer, CardEvidence, CardPromise, ScoreRange
from outreach.card_parts import CardContact
from outreach.hours.card import MomentThere
from outreach.people import CardPeople
from outreach.run import disposing, leasing
from outreach.run.cards import card_of_lease
from outreach.run.disposing import DispositionRequest, DispositionResult
from outreach.run.opening import next_opening
from outreach.run.queue_user import QueueUser

__all__ = [
    "Card",
    "CardAnswer",
    "CardContact",
    "CardEvidence",
    "CardPeople",
    "CardPromise",
    "Disposed",
    "DispositionRequest",
    "DispositionResult",
    "Interest",
    "MomentThere",
    "NextCard",
    "ScoreRange",
    "Where",
]


@dataclass(frozen=True, slots=True)
class NextCard:
    """The next prospect; without one, why there is none."""

    card: Card | None
    why_none: str = ""


@dataclass(frozen=True, slots=True)
class Disposed:
    """What a disposition led to."""

    result: DispositionResult
    work: WorkedOff


def take_next(
    session: Session, where: Where, want: int = 1, *, any_time: bool = False
) -> list[Card]:
    """Lease prospects until the actor holds as many as wanted; NotFoundError when none is free, or
    none is open for calls and `any_time` does not allow the others.
    """
    user, store = _ready_to_lease(session, where)
    if cards := leasing.take_next(store, user, want, any_time=any_time):
        with session.read(Right.WORK_QUEUE) as work:
            return with_interest(work.tx, user, cards)
    raise _nothing_free(session, user, any_time=any_time)


def take(session: Session, where: Where, want: int, *, any_time: bool = False) -> list[UUID]:
    """Lease as `take_next` does; the companies, without their cards."""
    user, store = _ready_to_lease(session, where)
    if taken := leasing.take(store, user, want, any_time=any_time):
        return taken
    raise _nothing_free(session, user, any_time=any_time)


def _ready_to_lease(session: Session, where: Where) -> tuple[QueueUser, Store]:
    lift(session, Right.WORK_QUEUE)
    with session.read(Right.WORK_QUEUE) as work:
        return queue_user(work, where), session.store_of(work.actor)


def _nothing_free(session: Session, user: QueueUser, *, any_time: bool) -> SluiceError:
    with session.read(Right.WORK_QUEUE) as work:
        opening = None if any_time else next_opening(work.tx, user)
        settings = own_settings_of(work.tx, session.settings, user.user)
    return nothing_free(opening, settings)


def next_card(session: Session, where: Where, *, any_time: bool = False) -> NextCard:
    """Lease the next prospect to the actor, or say why there is none."""
    try:
        return NextCard(take_next(session, where, any_time=any_time)[0])
    except (NotFoundError, NotAllowedError) as error:
        return NextCard(None, error.message)


def held_card(session: Session, where: Where, company: str) -> Card:
    """The card of a prospect that the actor holds; NotFoundError when that is not so."""
    with session.write(Right.WORK_QUEUE) as work:
        user = queue_user(work, where)
        card = card_of_lease(work.tx, user, leasing.held_by(work.tx, user, company))
        return with_interest(work.tx, user, [card])[0]


def report(session: Session, where: Where, request: DispositionRequest) -> Disposed:
    """Close the actor's prospect with a disposition, and do what follows from it."""
    return Disposed(close(session, where, request), work_off(session))


def close(session: Session, where: Where, request: DispositionRequest) -> DispositionResult:
    """Close the actor's prospect with a disposition; what follows from it is left to `work_off`."""
    with session.write(Right.WORK_QUEUE) as work:
        result, changes = disposing.done(work.tx, queue_user(work, where), request)
        work.follow(changes)
    return result


def reopen(session: Session, where: Where, company: str) -> WorkedOff:
    """Reopen what a disposition closed; NotAllowedError when a suppression forbids it."""
    with session.write(Right.WORK_QUEUE) as work:
        work.follow(disposing.reopen(work.tx, queue_user(work, where), company))
    return work_off(session)
