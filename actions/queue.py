"""Work one campaign's queue: take a prospect, return it, report what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from actions.actor import Right
from actions.follow_up import WorkedOff, work_off
from actions.session import Session, Transaction
from leads.clock import now
from leads.errors import NotFoundError
from leads.store import company_search, dispositions, leases, profiles, queue
from outreach.run import cards, disposing, leasing
from outreach.run.disposing import DispositionRequest
from outreach.run.queue_user import QueueUser
from qualify.run.profiles import profile_of


@dataclass(frozen=True, slots=True)
class Where:
    """The queue of one client's campaign; None: the client's only campaign."""

    client: str = "default"
    campaign: str | None = None


@dataclass(frozen=True, slots=True)
class Disposed:
    """What a disposition led to."""

    result: Mapping[str, Any]
    work: WorkedOff


@dataclass(frozen=True, slots=True)
class QueueRows:
    """The first rows of a queue, and whether its profile gives points."""

    rows: Sequence[Mapping[str, Any]]
    scored: bool


@dataclass(frozen=True, slots=True)
class QueueStats:
    """How many rows are in each state, who holds what, and what came of the work."""

    states: Mapping[str, int]
    held: Sequence[leases.Lease]
    dispositions: Mapping[str, int]


def take_next(session: Session, where: Where) -> Mapping[str, Any]:
    """Lease the best free prospect to the actor; NotFoundError when none is free."""
    with session.write(Right.WORK_QUEUE) as work:
        card = leasing.take_next(work.tx, _queue_user(work, where))

    if card is None:
        raise NotFoundError(
            "no prospect is free right now",
            "see `sluice queue stats` for what is held or waits for its time",
        )
    return card.to_json()


def release(session: Session, where: Where, company: str | None) -> str:
    """Return a prospect to the queue; its name."""
    with session.write(Right.WORK_QUEUE) as work:
        user = _queue_user(work, where)
        company_id = leasing.release(work.tx, user, company)
        return company_search.find(work.tx, user.client_id, str(company_id)).name


def report(
    session: Session,
    where: Where,
    disposition: str,
    *,
    note: str = "",
    again: datetime | None = None,
    company: str | None = None,
) -> Disposed:
    """Close the actor's prospect with a disposition, and do what follows from it."""
    request = DispositionRequest(kind=disposition, note=note, at=again, company=company)
    with session.write(Right.WORK_QUEUE) as work:
        result, changes = disposing.done(work.tx, _queue_user(work, where), request)
        work.follow(changes)
    return Disposed(result.to_json(), work_off(session))


def reopen(session: Session, where: Where, company: str) -> WorkedOff:
    """Reopen what a disposition closed; NotAllowedError when a suppression forbids it."""
    with session.write(Right.WORK_QUEUE) as work:
        work.follow(disposing.reopen(work.tx, _queue_user(work, where), company))
    return work_off(session)


def show_queue(session: Session, where: Where, limit: int) -> QueueRows:
    """List the queue, best first."""
    with session.read() as work:
        _, campaign_id = work.campaign(where.client, where.campaign)
        icp = profiles.in_force(work.tx, campaign_id)
        return QueueRows(
            rows=[asdict(row) for row in queue.ready(work.tx, campaign_id, limit)],
            scored=icp is None or bool(profile_of(icp).score),
        )


def show_card(session: Session, where: Where, company: str) -> Mapping[str, Any]:
    """Show one company's card, in the queue or not."""
    with session.read() as work:
        user = _queue_user(work, where)
        company_id = company_search.find(work.tx, user.client_id, company).id
        return cards.card_of(work.tx, user, company_id).to_json()


def stats(session: Session, where: Where) -> QueueStats:
    """Count the queue by state and outcome."""
    with session.read() as work:
        _, campaign_id = work.campaign(where.client, where.campaign)
        states = queue.counts(work.tx, campaign_id)
        held = leases.live(work.tx, campaign_id)
        at = now()
        expired = {one.lease_id for one in held if one.until <= at}

        return QueueStats(
            # An expired lease is returned by the next one who takes a prospect.
            states=_without_expired(states, len(expired)),
            held=[one for one in held if one.lease_id not in expired],
            dispositions=dispositions.counts(work.tx, campaign_id),
        )


def _queue_user(work: Transaction, where: Where) -> QueueUser:
    client_id, campaign_id = work.campaign(where.client, where.campaign)
    session = work.session
    return QueueUser(client_id, campaign_id, work.actor.name, session.secret, session.lease)


def _without_expired(states: Mapping[str, int], expired: int) -> dict[str, int]:
    if not expired:
        return dict(states)
    return dict(states) | {
        "leased": states.get("leased", 0) - expired,
        "ready": states.get("ready", 0) + expired,
    }
