"""Lease the next prospects of a queue: call-backs that are due first, then the best free ones.

A claim leases first and checks then. The lease keeps others away from the prospect while a
transaction that only reads decides whether it may be served. So what must be written takes few
statements, and a suppression that is stored before the check is always seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from leads.clock import now
from leads.errors import NotAllowedError
from leads.store import Tx, claims, dispositions, in_use, leases, queue, seat, supply
from leads.store.campaigns import DailyCaps
from leads.store.claims import Before, Terms
from leads.store.leases import Lease
from leads.store.queue import Place, QueueRow
from outreach.contact import ContactDecision, may_contact
from outreach.run import refresh
from outreach.run.between_clients import wait_for_others
from outreach.run.call_clock import look_up_holidays, misses_holidays
from outreach.run.queue_user import QueueUser, log_each

#: Once a prospect is refused, so many of the next ones are placed anew before another is leased.
PLACED_AHEAD = 5


@dataclass(frozen=True, slots=True)
class Offer:
    """The leases of a user before they are checked."""

    #: Those that the user held before.
    held: Sequence[Lease]
    #: Those that were made now.
    new: Sequence[Lease]
    #: The calendars that are open; None: the time does not matter.
    calendars: Sequence[str] | None
    #: Whether the new ones are call-backs that are due, which are served first.
    new_first: bool = False

    @property
    def leases(self) -> list[Lease]:
        """All of them, in the order in which they are served."""
        return [*self.new, *self.held] if self.new_first else [*self.held, *self.new]


@dataclass(frozen=True, slots=True)
class Checked:
    """What the check of an offer says about its companies."""

    #: The live leases as they are now: a company may have been merged into another one since.
    leases: Sequence[Lease]
    contacts: Mapping[UUID, ContactDecision]
    #: The leases that must not be served, each with where its company belongs.
    refused: Sequence[tuple[Lease, Place]]
    #: New leases that may be served, but whose rows are behind: each with its place now.
    moved: Sequence[tuple[Lease, Place]]
    #: Whether somebody has ended a lease since.
    lost_some: bool
    #: The calendars of new leases whose holidays nobody has looked up for today.
    unknown_days: Sequence[str | None]

    @property
    def may_be_served(self) -> bool:
        """Whether the whole offer may be served as it is."""
        return not (self.refused or self.moved or self.lost_some or self.unknown_days)


def claim(
    tx: Tx,
    user: QueueUser,
    want: int,
    held: Sequence[Lease],
    calendars: Sequence[str] | None,
    known: Before,
) -> list[Lease]:
    """Lease up to so many prospects, not checked yet, to a user who may hold some already.

    Closed calendars hold back everything but call-backs that were promised; so does a daily cap.
    NotAllowedError when the cap leaves nothing at all.
    """
    if known.has_waiting:
        supply.free_waiting(tx, user.seat)
    caps = known.caps
    room = _room(tx, user, caps, want)
    taken = _promised(tx, user, want) if known.has_promises else []
    if (needed := min(want, room) - len(taken)) > 0:
        # Leases that are not known yet were taken at this moment, by a claim of the same user.
        alone = not (known.holds_some or taken)
        taken += claims.first(tx, user.seat, needed, calendars, terms_of(user), alone=alone)
    if not taken and not held and room <= 0:
        raise NotAllowedError(
            f"the day's cap is reached: {caps}",
            "go on tomorrow, or change it with `sluice campaign set --daily-cap N`",
        )
    return taken


def _promised(tx: Tx, user: QueueUser, want: int) -> list[Lease]:
    """Lease call-backs that are due."""
    return _taken(tx, user, supply.promised(tx, user.seat, want))


def claim_due(tx: Tx, user: QueueUser, want: int) -> list[Lease]:
    """Lease the call-backs that the user promised and that are due, up to so many."""
    return _taken(tx, user, supply.own_due(tx, user.seat, want) if want > 0 else [])


def _taken(tx: Tx, user: QueueUser, rows: Sequence[QueueRow]) -> list[Lease]:
    taken = leases.take(tx, rows, user.user, user.lease)
    log_each(tx, user, "leased", [(one.company_id, _said(one.until)) for one in taken])
    return taken


def terms_of(user: QueueUser) -> Terms:
    """What a lease that begins now is like."""
    since = now()
    until = since + user.lease
    return Terms(since, until, _said(until))


def _said(until: datetime) -> str:
    # A format such as %Y takes ten times as long, and this is part of each claim.
    return f"until {until.isoformat(' ', 'minutes')[:16]} UTC"


def _room(tx: Tx, user: QueueUser, caps: DailyCaps, want: int) -> int:
    """How many prospects the caps still allow; `want` when there is no cap."""
    room = want
    if caps.everybody is not None:
        # Nobody else may count at the same moment: together two would go beyond the cap.
        seat.lock_campaign(tx, user.campaign_id)
        worked = dispositions.worked_since(tx, user.campaign_id, user.day_began)
        room = min(room, caps.everybody - worked - len(leases.live(tx, user.campaign_id)))
    if caps.each is not None:
        worked = dispositions.worked_since(tx, user.campaign_id, user.day_began, user.user)
        mine = len(leases.live(tx, user.campaign_id, user.user))
        room = min(room, caps.each - worked - mine)
    return room


def check(tx: Tx, user: QueueUser, offer: Offer) -> Checked:
    """Decide which leases of an offer may be served, as of now.

    A new lease is refused when its row would not be free: a suppression or a list of customers may
    be newer than the row. A lease that was held before is refused when nobody may go on with its
    company; the card warns of everything else.
    """
    in_use.look_up(tx, user.client_id, user.campaign_id)
    now_live = _still_live(tx, offer)
    held, new = now_live.held, now_live.new
    ids = [one.company_id for one in now_live.leases]
    # Claims for other clients that are not committed yet are seen once they are.
    wait_for_others(tx, user.client_id, ids)
    statuses = refresh.statuses_of(tx, user.client_id, user.campaign_id, ids, user.secret)
    places = {one: refresh.stored_place(one, statuses[one]) for one in ids}
    refused = [one for one in held if refresh.takes_away(statuses[one.company_id].contact)]
    refused += [one for one in new if not _is_free(user, places[one.company_id], offer.calendars)]
    return Checked(
        leases=now_live.leases,
        contacts={one: may_contact(statuses[one].contact) for one in ids},
        refused=[(one, places[one.company_id]) for one in refused],
        moved=_moved(tx, user, [one for one in new if one not in refused], places),
        lost_some=len(ids) < len(offer.leases),
        unknown_days=_unknown_days(tx, [places[one.company_id] for one in new]),
    )


def _unknown_days(tx: Tx, places: Iterable[Place]) -> list[str | None]:
    # The card shows the local time. A transaction that reads would look the holidays up each time.
    keys = [one.calendar for one in places]
    return keys if misses_holidays(tx, keys) else []


def _still_live(tx: Tx, offer: Offer) -> Offer:
    """The leases of an offer that nobody has ended, as they are now."""
    rows = leases.of_rows(tx, [one.entry_id for one in offer.leases])
    live = {one.lease_id: one for one in rows}
    held = [live[one.lease_id] for one in offer.held if one.lease_id in live]
    new = [live[one.lease_id] for one in offer.new if one.lease_id in live]
    return replace(offer, held=held, new=new)


def _moved(
    tx: Tx, user: QueueUser, new: Sequence[Lease], places: Mapping[UUID, Place]
) -> list[tuple[Lease, Place]]:
    rows = queue.entries(tx, user.campaign_id, [one.company_id for one in new])
    now_there = [(one, replace(places[one.company_id], state="leased")) for one in new]
    return [
        (one, place)
        for one, place in now_there
        if (row := rows.get(one.company_id)) is not None and row.place != place
    ]


def _is_free(user: QueueUser, place: Place, calendars: Sequence[str] | None) -> bool:
    """Whether the user may call now; a promise counts at any time."""
    if not place.may_be_taken(user.user, now()):
        return False
    return calendars is None or place.promised_by is not None or place.calendar in calendars


def settle(tx: Tx, user: QueueUser, offer: Offer) -> list[Lease]:
    """End the leases of an offer that must not be served, and bring rows up to date; the leases
    that the user keeps.
    """
    # What was refused a moment ago may be free again: only this transaction's view counts.
    checked = check(tx, user, offer)
    look_up_holidays(tx, checked.unknown_days)
    for one, place in checked.moved:
        leases.move(tx, one, place)
    ended = [
        (one, place) for one, place in checked.refused if leases.end(tx, one, "withdrawn", place)
    ]
    log_each(tx, user, "lease withdrawn", _reasons(ended))
    log_each(tx, user, "left the queue", _reasons(one for one in ended if one[1].state == "out"))

    ids = dict.fromkeys(one.company_id for one, _ in (*checked.moved, *ended))
    if ended:
        rows = supply.promised(tx, user.seat, PLACED_AHEAD)
        rows += supply.best(tx, user.seat, PLACED_AHEAD, offer.calendars)
        ids |= dict.fromkeys(row.company_id for row in rows)
    wait_for_others(tx, user.client_id, list(ids))
    refresh.refresh(tx, user.client_id, user.campaign_id, list(ids), user.secret)
    refused = [one for one, _ in checked.refused]
    return [one for one in checked.leases if one not in refused]


def _reasons(ended: Iterable[tuple[Lease, Place]]) -> list[tuple[UUID, str]]:
    return [(one.company_id, place.reason) for one, place in ended]
