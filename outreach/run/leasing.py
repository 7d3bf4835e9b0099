"""Lease the next prospect, and give it back."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from leads.clock import now
from leads.errors import NotAllowedError, NotFoundError
from leads.store import Tx, companies, company_search, leases, queue
from leads.store.leases import Lease
from leads.store.queue import Place, QueueRow
from outreach.card import Card
from outreach.run import refresh
from outreach.run.cards import card_of_lease
from outreach.run.queue_user import QueueUser, log

#: Rows that are checked again before one is handed out; more only when none of them is free.
CHECKED_AT_ONCE = 20


def take_next(tx: Tx, user: QueueUser) -> Card | None:
    """Lease the best free prospect and return its card; None when there is none.

    What the user holds already comes first: asking twice does not lease two.
    """
    leases.lock_queue(tx, user.campaign_id)
    return_expired(tx, user)
    mine = leases.live(tx, user.campaign_id, user.user)
    if mine:
        return card_of_lease(tx, user, mine[0])
    while rows := queue.due(tx, user.campaign_id, CHECKED_AT_ONCE):
        held = _take_first_free(tx, user, rows)
        if held:
            log(tx, user, "leased", held.company_id, f"until {held.until:%Y-%m-%d %H:%M} UTC")
            return card_of_lease(tx, user, held)
    return None


def _take_first_free(tx: Tx, user: QueueUser, rows: Sequence[QueueRow]) -> Lease | None:
    # A suppression or a list of customers may be newer than the row: check again now.
    ids = [row.company_id for row in rows]
    refresh.refresh(tx, user.client_id, user.campaign_id, ids, user.secret)
    current = queue.entries(tx, user.campaign_id, ids)
    for row in rows:
        if current[row.company_id].state != "ready":
            continue
        held = leases.take(tx, row, user.user, user.lease)
        if held:
            return held
    return None


def release(tx: Tx, user: QueueUser, company: str | None) -> UUID:
    """Give a prospect back to the queue; the company's id."""
    held = held_by(tx, user, company)
    end_lease(tx, user, held, "released")
    log(tx, user, "released", held.company_id)
    return held.company_id


def return_expired(tx: Tx, user: QueueUser) -> int:
    """Put prospects with an expired lease back into the queue; how many."""
    at = now()
    returned = 0
    for held in leases.live(tx, user.campaign_id):
        if held.until > at:
            continue
        # Somebody else may put it back at the same moment.
        if leases.end(tx, held, "expired", place_now(tx, user, held)):
            log(tx, user, "lease expired", held.company_id, f"held by {held.user}")
            returned += 1
    return returned


def held_by(tx: Tx, user: QueueUser, company: str | None) -> Lease:
    """The user's live lease, of that company or the oldest; NotFoundError when there is none."""
    return_expired(tx, user)
    mine = leases.live(tx, user.campaign_id, user.user)
    if company is not None:
        wanted = company_search.find(tx, user.client_id, company).id
        mine = [one for one in mine if _survivor(tx, user, one) == wanted]
    if not mine:
        raise NotFoundError(
            f"{user.user} holds no prospect{' of that name' if company else ''}",
            "take one with `sluice queue next --as NAME`",
        )
    return mine[0]


def end_lease(tx: Tx, user: QueueUser, held: Lease, how: str) -> None:
    """End a live lease and place its row; NotAllowedError when it has ended already."""
    if not leases.end(tx, held, how, place_now(tx, user, held)):
        raise NotAllowedError(
            "the lease has expired", "take the prospect again with `sluice queue next`"
        )


def place_now(tx: Tx, user: QueueUser, held: Lease) -> Place:
    """Where the company of a lease is placed now."""
    statuses = refresh.statuses_of(
        tx, user.client_id, user.campaign_id, [held.company_id], user.secret
    )
    return refresh.stored_place(held.company_id, statuses[held.company_id])


def _survivor(tx: Tx, user: QueueUser, held: Lease) -> UUID:
    return companies.survivor(tx, user.client_id, held.company_id)
