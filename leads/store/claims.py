"""Lease the first rows of a queue to a user, with as few statements as the database allows: many
users claim at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Any
from uuid import UUID

from sqlalchemy import Select

from leads.ids import new_hex, new_id
from leads.store import claim_statements, driver, supply
from leads.store.campaigns import DailyCaps
from leads.store.direct import Direct
from leads.store.engine import Tx
from leads.store.leases import Lease
from leads.store.seat import LOCK, Seat, user_lock


@dataclass(frozen=True, slots=True)
class Before:
    """What a claim must do first in its queue."""

    #: Leases whose time is up.
    has_expired: bool
    #: Live leases of the user.
    holds_some: bool
    #: Rows whose time has come, that nobody promised to call.
    has_waiting: bool
    #: Call-backs that are due.
    has_promises: bool
    caps: DailyCaps


@dataclass(frozen=True, slots=True)
class Terms:
    """From when until when a lease lasts, and its line in the log."""

    since: datetime
    until: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a claim is to lease."""

    most: int
    #: The calendars that are open; None: all.
    calendars: Sequence[str] | None
    #: The campaign's call hours by which they are; then nothing is leased if others are set now.
    hours: CallHoursText | None = None


@dataclass(frozen=True, slots=True)
class CallHoursText:
    """The stored call hours of a campaign; None: it has none of its own."""

    text: str | None


def lease_at_once(tx: Tx | Direct, seat: Seat, wanted: Wanted, terms: Terms) -> list[Lease]:
    """Lease the first free rows to a user for whom there is nothing to do first; else none. Fewer
    than wanted says nothing about the rest. Other claims of the user wait until the end.
    """
    reaches = supply.reaches(tx, wanted.most, wanted.calendars)
    free = supply.free_rows(tx, wanted.most, wanted.calendars, *reaches[:1]) if reaches else None
    if free is None:
        return []
    rows = claim_statements.undisturbed(free, same_hours=wanted.hours is not None)
    given = _given(seat, wanted.most, wanted.calendars)
    given |= {"hours": wanted.hours.text} if wanted.hours else {}
    return _take(tx, seat, rows, given, terms, locks=True)


def before(tx: Tx, seat: Seat) -> Before:
    """What the next claim of a user must do first; other claims of the user wait from here on."""
    ask = (claim_statements.BEFORE, supply.values(seat, 1))
    lock = (LOCK, user_lock(seat))
    *_, (row,) = driver.run_together(tx, [ask] if tx.dialect.name == "sqlite" else [lock, ask])
    return Before(
        has_expired=bool(row[0]),
        holds_some=bool(row[1]),
        has_waiting=bool(row[2]),
        has_promises=bool(row[3]),
        caps=DailyCaps(row[4], row[5]),
    )


def first(
    tx: Tx,
    seat: Seat,
    want: int,
    calendars: Sequence[str] | None,
    terms: Terms,
    *,
    alone: bool = False,
) -> list[Lease]:
    """Lease the first free rows of these calendars, None: of all; `alone`: none to a user who holds
    some already.
    """
    taken: list[Lease] = []
    for reach in supply.reaches(tx, want, calendars):
        needed = want - len(taken)
        free = supply.free_rows(tx, needed, calendars, reach)
        rows = claim_statements.to_lease(free, alone=alone and not taken)
        taken += _take(tx, seat, rows, _given(seat, needed, calendars), terms)
        if len(taken) == want:
            break
    return taken


def _given(seat: Seat, want: int, calendars: Sequence[str] | None) -> dict[str, Any]:
    return supply.values(seat, want) | supply.named(calendars)


def _take(
    tx: Tx | Direct,
    seat: Seat,
    rows: Select[Any],
    given: dict[str, Any],
    terms: Terms,
    *,
    locks: bool = False,
) -> list[Lease]:
    """Lease these rows and log it; `locks`: other claims of the user wait from here on."""
    if tx.dialect.name == "sqlite":
        return _take_alone(tx, seat, rows, given, terms)
    lease_ids = [new_id() for _ in range(given["most"])]
    take = (claim_statements.take_at_once(rows), given | _said(terms) | _ids(lease_ids))
    lock = (claim_statements.LOCK_AND_PLAN_ONCE, user_lock(seat))
    *_, found = driver.run_together(tx, [lock, take] if locks else [take])
    return [_lease(seat, row, lease_ids[row[3] - 1], terms) for row in found]


def _take_alone(
    tx: Tx | Direct, seat: Seat, rows: Select[Any], given: dict[str, Any], terms: Terms
) -> list[Lease]:
    """Lease these rows on SQLite, where a write transaction is alone and a statement is near."""
    take = claim_statements.take(rows)
    statements = (take, claim_statements.LEASE, claim_statements.LOG)
    # Ids stay as they are stored: to make values of all costs more. Others wait from the first
    # statement on, so all that needs no database is made before it.
    values = driver.stored(tx, statements, given | _said(terms))
    lease_ids = [new_id() for _ in range(given["most"])]
    event_ids = [new_hex() for _ in lease_ids]
    taken = driver.run_stored(tx, take, values)
    if not taken:
        return []
    # They come in any order.
    taken.sort(key=itemgetter(slice(3, None)))
    leased = [
        {"lease_id": one.hex, "row_id": row[0], "its_token": row[2]}
        for one, row in zip(lease_ids, taken, strict=False)
    ]
    driver.add_stored(tx, claim_statements.LEASE, values, leased)
    lines = [
        {"event_id": one, "of_company": _dashed(row[1])}
        for one, row in zip(event_ids, taken, strict=False)
    ]
    driver.add_stored(tx, claim_statements.LOG, values, lines)
    return [
        _lease(seat, [UUID(row[0]), UUID(row[1]), row[2]], one, terms)
        for one, row in zip(lease_ids, taken, strict=False)
    ]


def _dashed(stored: str) -> str:
    """An id as a text, from what SQLite stores: to make an id of it costs more."""
    parts = (stored[:8], stored[8:12], stored[12:16], stored[16:20], stored[20:])
    return "-".join(parts)


def _said(terms: Terms) -> dict[str, Any]:
    return {"begins": terms.since, "ends": terms.until, "said": terms.reason}


def _ids(lease_ids: Sequence[UUID]) -> dict[str, str]:
    leased = ",".join(one.hex for one in lease_ids)
    logged = ",".join(new_hex() for _ in lease_ids)
    return {"lease_ids": f"{{{leased}}}", "event_ids": f"{{{logged}}}"}


def _lease(seat: Seat, row: Sequence[Any], lease_id: UUID, terms: Terms) -> Lease:
    entry_id, company_id, token = row[:3]
    return Lease(
        lease_id=lease_id,
        entry_id=entry_id,
        client_id=seat.client_id,
        campaign_id=seat.campaign_id,
        company_id=company_id,
        user=seat.user,
        token=token,
        since=terms.since,
        until=terms.until,
    )
