"""Look at one campaign's queue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from actions.card_interest import interests_of, with_interest
from actions.session import Session
from actions.where import Where, queue_user
from leads.clock import now
from leads.interest import Interest
from leads.store import (
    Tx,
    company_search,
    dispositions,
    fact_doubts,
    leases,
    profiles,
    queue,
    queue_lines,
)
from leads.store.leases import Lease
from leads.store.queue_lines import QueueLine
from outreach.card import Card
from outreach.hours.card import CardLocalTime
from outreach.place import HELD
from outreach.reach import UNREACHABLE
from outreach.run import cards
from outreach.run.local_time import clock_there, local_time_of
from outreach.run.opening import clock_of
from outreach.run.queue_user import QueueUser
from qualify.run.profiles import profile_of

__all__ = ["Lease", "Mine", "QueueLine", "QueueRows", "QueueStats"]

#: Call-backs that `mine` lists.
MOST = 500


@dataclass(frozen=True, slots=True)
class QueueRows:
    """The first rows of a queue, and whether its profile gives points."""

    rows: Sequence[QueueLine]
    scored: bool
    #: Whether its companies may be called now; None: their country is not known.
    is_open: Mapping[UUID, bool | None]
    #: Empty: the campaign scores no signals.
    interests: Mapping[UUID, Interest]


@dataclass(frozen=True, slots=True)
class QueueStats:
    """How many rows are in each state, who holds what, and what came of the work."""

    states: Mapping[str, int]
    #: Of those out of the queue, how many no channel may reach.
    unreachable: int
    held: Sequence[Lease]
    dispositions: Mapping[str, int]
    #: How many facts of each source of the client were said to be wrong.
    doubts: Mapping[str, int]
    #: How many ready rows wait because the agency worked their company for another client.
    worked_lately: int = 0


def show_queue(
    session: Session, where: Where, limit: int, after: Sequence[Any] | None = None
) -> QueueRows:
    """List the queue, best first; `after` is the key of an earlier row."""
    with session.read() as work:
        return waiting_for(work.tx, queue_user(work, where), limit, after)


def waiting_for(
    tx: Tx, user: QueueUser, limit: int, after: Sequence[Any] | None = None
) -> QueueRows:
    """The same for a user whose transaction is open."""
    icp = profiles.in_force(tx, user.campaign_id)
    rows = queue_lines.ready(tx, user.campaign_id, limit, after)
    times = _local_times(tx, user, rows)
    return QueueRows(
        rows=rows,
        scored=icp is None or bool(profile_of(icp).score),
        is_open={one: local.is_open for one, local in times.items()},
        interests=interests_of(tx, user, [one.company_id for one in rows]),
    )


def key_of(line: QueueLine) -> tuple[int, int, datetime, UUID]:
    """What orders a row of the queue."""
    return line.rank, line.fresh, line.entered_at, line.id


def why_held(line: QueueLine) -> str:
    """Why nobody gets a ready row yet; empty when it is free, or waits for a time that a user
    named.
    """
    waits = line.not_before is not None and not line.is_due
    return HELD if waits and line.reason == HELD else ""


@dataclass(frozen=True, slots=True)
class Mine:
    """What a user holds, and the call-backs that the user promised, by time."""

    held: Sequence[QueueLine]
    call_backs: Sequence[QueueLine]
    #: What time it is there, by company; what it shows at the time of a call-back.
    local_times: Mapping[UUID, CardLocalTime]
    at_call_back: Mapping[UUID, str]


def mine(session: Session, where: Where) -> Mine:
    """List what the actor holds and promised in a campaign."""
    with session.read() as work:
        user = queue_user(work, where)
        held = queue_lines.held(work.tx, user.seat)
        promised = queue_lines.promised(work.tx, user.seat, MOST)
        return Mine(
            held,
            promised,
            local_times=_local_times(work.tx, user, [*held, *promised]),
            at_call_back={one.company_id: _at_call_back(one, user.grace) for one in promised},
        )


def count_held(session: Session, where: Where) -> int:
    """How many prospects the actor holds in a campaign."""
    with session.read() as work:
        return len(queue_lines.held(work.tx, queue_user(work, where).seat))


def _local_times(tx: Tx, user: QueueUser, lines: Sequence[QueueLine]) -> dict[UUID, CardLocalTime]:
    calendars = dict.fromkeys(one.calendar for one in lines)
    clock = clock_of(tx, user, list(calendars))
    # Few calendars serve many companies, and to find when one opens takes long.
    there = {one: local_time_of(clock, one) for one in calendars}
    return {one.company_id: there[one.calendar] for one in lines}


def _at_call_back(line: QueueLine, grace: timedelta) -> str:
    """What clocks show there at a call-back; empty when it was promised for a whole day."""
    if line.not_before is None or line.shared_at is None:
        return ""
    is_day = line.shared_at - line.not_before > grace
    return "" if is_day else clock_there(line.calendar, line.not_before)


def show_card(session: Session, where: Where, company: str) -> Card:
    """Show one company's card, in the queue or not."""
    with session.read() as work:
        user = queue_user(work, where)
        company_id = company_search.find(work.tx, user.client_id, company).id
        return with_interest(work.tx, user, [cards.card_of(work.tx, user, company_id)])[0]


def stats(session: Session, where: Where) -> QueueStats:
    """Count the queue by state and outcome."""
    with session.read() as work:
        client_id, campaign_id = work.campaign(where.client, where.campaign)
        states = queue.counts(work.tx, campaign_id)
        held = leases.live(work.tx, campaign_id)
        at = now()
        expired = {one.lease_id for one in held if one.until <= at}

        return QueueStats(
            # An expired lease is returned by the next one who takes a prospect.
            states=_without_expired(states, len(expired)),
            unreachable=queue.count_out(work.tx, campaign_id, UNREACHABLE),
            held=[one for one in held if one.lease_id not in expired],
            dispositions=dispositions.counts(work.tx, campaign_id),
            doubts=fact_doubts.by_source(work.tx, client_id),
            worked_lately=queue.count_waiting(work.tx, campaign_id, HELD),
        )


def _without_expired(states: Mapping[str, int], expired: int) -> dict[str, int]:
    if not expired:
        return dict(states)
    return dict(states) | {
        "leased": states.get("leased", 0) - expired,
        "ready": states.get("ready", 0) + expired,
    }
