"""Lease the next prospects of a queue: call-backs that are due first, then the best free ones."""

from __future__ import annotations

from collections.abc import Sequence

from leads.clock import now
from leads.errors import NotAllowedError
from leads.store import Tx, campaigns, dispositions, leases, queue, seat, supply
from leads.store.campaigns import DailyCaps
from leads.store.leases import Lease
from leads.store.queue import QueueRow
from outreach.run import refresh
from outreach.run.between_clients import wait_for_others
from outreach.run.opening import open_calendars
from outreach.run.queue_user import QueueUser, log_each

#: Once a row turned out not to be free, at least so many are checked at a time.
CHECKED_AT_ONCE = 5


def claim(tx: Tx, user: QueueUser, want: int, held: int, *, any_time: bool = False) -> list[Lease]:
    """Lease up to so many prospects to a user who holds `held` already.

    Call hours hold back everything but call-backs that were promised, unless `any_time`; so does a
    daily cap. NotAllowedError when the cap leaves nothing at all.
    """
    supply.free_waiting(tx, user.seat)
    caps = campaigns.daily_caps(tx, user.campaign_id)
    room = _room(tx, user, caps, want)
    calendars = None if any_time else open_calendars(tx, user)
    taken = _take_checked(tx, user, want, room, calendars)
    if not taken and not held and room <= 0:
        raise NotAllowedError(
            f"the day's cap is reached: {caps}",
            "go on tomorrow, or change it with `sluice campaign set --daily-cap N`",
        )
    lines = [(one.company_id, f"until {one.until:%Y-%m-%d %H:%M} UTC") for one in taken]
    log_each(tx, user, "leased", lines)
    return taken


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


def _take_checked(
    tx: Tx, user: QueueUser, want: int, room: int, calendars: Sequence[str] | None
) -> list[Lease]:
    taken: list[Lease] = []
    # Nearly every row is as free as it looks, and those that are locked here nobody else can take.
    at_once = 1
    while len(taken) < want:
        needed = want - len(taken)
        rows = supply.promised(tx, user.seat, max(needed, at_once))
        if not rows and room > len(taken):
            needed = min(needed, room - len(taken))
            rows = supply.best(tx, user.seat, max(needed, at_once), calendars)
        if not rows:
            break
        at_once = CHECKED_AT_ONCE
        free = [one for one in _still_free(tx, user, rows) if _may_be_called(one, calendars)]
        taken += leases.take(tx, free[:needed], user.user, user.lease)
    return taken


def _may_be_called(row: QueueRow, calendars: Sequence[str] | None) -> bool:
    """Whether a row is open now; a promise counts at any time, and a row may have moved."""
    return calendars is None or row.promised_by is not None or row.calendar in calendars


def _still_free(tx: Tx, user: QueueUser, rows: Sequence[QueueRow]) -> list[QueueRow]:
    # A suppression or a list of customers may be newer than the row: check again now. Rows that
    # must not be handed out are placed elsewhere by that.
    ids = [row.company_id for row in rows]
    wait_for_others(tx, user.client_id, ids)
    refresh.refresh(tx, user.client_id, user.campaign_id, ids, user.secret)
    current = queue.entries(tx, user.campaign_id, ids)
    at = now()
    checked = [current[row.company_id] for row in rows]
    return [row for row in checked if row.may_be_taken(user.user, at)]
