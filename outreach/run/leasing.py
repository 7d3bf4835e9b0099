"""Lease the next prospect, find what a user holds, and end it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar
from uuid import UUID

from leads.errors import NotAllowedError, NotFoundError
from leads.store import Tx, claims, companies, company_search, leases, supply
from leads.store.claims import Wanted
from leads.store.direct import Direct
from leads.store.leases import Lease
from leads.store.queue import Place
from outreach.card import Card
from outreach.run import refresh
from outreach.run.cards import card_of_lease
from outreach.run.claiming import Checked, Offer, check, claim, claim_due, settle, terms_of
from outreach.run.opening import likely_hours, look_up, must_look_up, open_calendars
from outreach.run.queue_user import QueueUser, log_expired
from outreach.run.transactions import Transactions

Shown = TypeVar("Shown")


def take_next(
    store: Transactions, user: QueueUser, want: int = 1, *, any_time: bool = False
) -> list[Card]:
    """Lease prospects until the user holds as many as wanted, and return their cards.

    What the user holds already comes first, and its lease is renewed: asking twice does not lease
    twice.
    """

    def cards(tx: Tx, checked: Checked) -> list[Card]:
        return [card_of_lease(tx, user, one, checked.contacts) for one in checked.leases]

    return _served(store, user, want, cards, any_time=any_time)


def take(
    store: Transactions, user: QueueUser, want: int = 1, *, any_time: bool = False
) -> list[UUID]:
    """The same without the cards: the companies."""

    def companies_of(tx: Tx, checked: Checked) -> list[UUID]:
        return [_survivor(tx, user, one) for one in checked.leases]

    return _served(store, user, want, companies_of, any_time=any_time)


def _served(
    store: Transactions,
    user: QueueUser,
    want: int,
    show: Callable[[Tx, Checked], list[Shown]],
    *,
    any_time: bool,
) -> list[Shown]:
    offer = lease_next(store, user, want, any_time=any_time)
    while True:
        with store.read() as tx:
            checked = check(tx, user, offer)
            if checked.may_be_served:
                return show(tx, checked)
        with store.write() as tx:
            settle(tx, user, offer)
        with store.write() as tx:
            offer = offered(tx, user, want, offer.calendars)


def lease_next(
    store: Transactions, user: QueueUser, want: int = 1, *, any_time: bool = False
) -> Offer:
    """What the user holds, and new leases up to what is wanted; none is checked yet."""
    hours = None if any_time else likely_hours(user)
    calendars = None if any_time or hours else open_now(store, user)
    wanted = Wanted(want, calendars, hours)

    def quickly(tx: Direct) -> Sequence[Lease]:
        return claims.lease_at_once(tx, user.seat, wanted, terms_of(user))

    new = store.at_once(quickly) or ()
    if len(new) == want:
        return Offer([], new, calendars)
    # Something must be done first, or there are not enough where this claim has looked.
    if hours and not new:
        calendars = open_now(store, user)
    with store.write() as tx:
        return offered(tx, user, want, calendars, new)


def open_now(store: Transactions, user: QueueUser) -> list[str] | None:
    """The calendars that may be called now; None: all, at any time."""
    with store.read() as tx:
        if not must_look_up(tx, user):
            return open_calendars(tx, user)
    with store.write() as tx:
        look_up(tx, user)
        return open_calendars(tx, user)


def offered(
    tx: Tx,
    user: QueueUser,
    want: int,
    calendars: Sequence[str] | None,
    fresh: Sequence[Lease] = (),
) -> Offer:
    """What the user holds, and new leases up to what is wanted; `fresh`: those made just before."""
    known = claims.before(tx, user.seat)
    if known.has_expired:
        return_expired(tx, user)
    mine = _renewed(tx, user) if known.holds_some else []
    made = _among(mine, fresh)
    held = [one for one in mine if one not in made]
    want -= len(made)
    due = supply.due_of(tx, user.seat, [one.entry_id for one in held]) if held else set()
    held.sort(key=lambda one: one.entry_id not in due)
    if len(held) >= want:
        # A call-back that is due waits for no card that is held already.
        new = claim_due(tx, user, want - len(due))
        return Offer(held[: want - len(new)], [*made, *new], calendars, new_first=bool(new))
    new = [*made, *claim(tx, user, want - len(held), mine, calendars, known)]
    # The user may have taken some while this claim waited; then it has taken none.
    held = held or ([] if new else _renewed(tx, user))
    return Offer(held[:want], new, calendars)


def _among(mine: Sequence[Lease], fresh: Sequence[Lease]) -> list[Lease]:
    """Those of the user's live leases that were made just before."""
    ids = {one.lease_id for one in fresh}
    return [one for one in mine if one.lease_id in ids]


def _renewed(tx: Tx, user: QueueUser) -> list[Lease]:
    """The user's live leases, which last from now on."""
    return leases.renew(tx, leases.live(tx, user.campaign_id, user.user), user.lease)


def return_expired(tx: Tx, user: QueueUser) -> int:
    """Put prospects with an expired lease back into the queue; how many."""
    returned = 0
    for held in leases.over(tx, user.campaign_id):
        # Somebody else may put it back at the same moment.
        if leases.end(tx, held, "expired", place_now(tx, user, held)):
            log_expired(tx, user.client_id, held.company_id, held.user)
            returned += 1
    return returned


def held_by(tx: Tx, user: QueueUser, company: str | None) -> Lease:
    """The user's live lease, of that company or the oldest; NotFoundError when there is none.

    Every lease of the user is renewed: who acts is at work.
    """
    return_expired(tx, user)
    mine = _renewed(tx, user)
    wanted = company_search.find(tx, user.client_id, company).id if company else None
    mine = [one for one in mine if wanted in (None, _survivor(tx, user, one))]
    if not mine:
        raise _holds_none(tx, user, wanted)
    return mine[0]


def _holds_none(tx: Tx, user: QueueUser, wanted: UUID | None) -> NotFoundError:
    """The error for a user without a lease; it says how the lease of the wanted company ended."""
    lost = leases.expired_of(tx, user.campaign_id, user.user) if wanted else []
    ended = next((one.how for one in lost if _survivor(tx, user, one.lease) == wanted), None)
    if wanted is None or ended is None:
        return NotFoundError(
            f"{user.user} holds no prospect{' of that name' if wanted else ''}",
            "take one with `sluice queue next --as NAME`",
        )
    name = company_search.get(tx, user.client_id, wanted).name
    how = "expired" if ended == "expired" else "was withdrawn"
    return NotFoundError(
        f"{user.user} holds {name} no more: the lease {how}",
        "`sluice queue show` says why, and `sluice queue done` still takes a result",
    )


def end_lease(tx: Tx, user: QueueUser, held: Lease, how: str) -> None:
    """End a live lease and place its row; NotAllowedError when it has ended already."""
    if not leases.end(tx, held, how, place_now(tx, user, held)):
        raise NotAllowedError(
            "the lease has expired", "take the prospect again with `sluice queue next`"
        )


def place_now(tx: Tx, user: QueueUser, held: Lease) -> Place:
    """Where the company of a lease is placed now."""
    return place_of(tx, user, held.company_id)


def place_of(tx: Tx, user: QueueUser, company_id: UUID) -> Place:
    """Where a company is placed now."""
    statuses = refresh.statuses_of(tx, user.client_id, user.campaign_id, [company_id], user.secret)
    return refresh.stored_place(company_id, statuses[company_id])


def _survivor(tx: Tx, user: QueueUser, held: Lease) -> UUID:
    return companies.survivor(tx, user.client_id, held.company_id)
