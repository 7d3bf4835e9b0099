"""Lease the first rows of a queue to a user, with as few statements as the database allows: many
users claim at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select

from leads.ids import new_id
from leads.store import claim_statements, driver, leases, supply
from leads.store.campaigns import DailyCaps
from leads.store.engine import Tx
from leads.store.leases import Lease
from leads.store.seat import Seat, lock_user, user_lock


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


def lease_at_once(
    tx: Tx, seat: Seat, want: int, calendars: Sequence[str] | None, terms: Terms
) -> list[Lease]:
    """Lease the first free rows of these calendars, None: of all, to a user for whom there is
    nothing to do first; else none. Other claims of the user wait from here on.
    """
    reaches = supply.reaches(tx, want, calendars)
    if not reaches:
        lock_user(tx, seat)
        return []
    rows = claim_statements.undisturbed(supply.free_rows(tx, want, calendars, reaches[0]))
    taken = _take(tx, seat, rows, _given(seat, want, calendars), terms, locks=True)
    if taken and len(taken) < want and len(reaches) > 1:
        taken += first(tx, seat, want - len(taken), calendars, terms)
    return taken


def before(tx: Tx, seat: Seat) -> Before:
    """What the next claim of a user must do first."""
    statements = [(claim_statements.BEFORE, supply.values(seat, 1))]
    if tx.dialect.name != "sqlite":
        statements.insert(0, (claim_statements.PLAN_AS_USUAL, {}))
    *_, (row,) = driver.run_together(tx, statements)
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
    tx: Tx,
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
    take = (claim_statements.take_at_once(rows), given | _said(lease_ids, terms))
    lock = (claim_statements.LOCK_AND_PLAN_ONCE, user_lock(seat))
    *_, found = driver.run_together(tx, [lock, take] if locks else [take])
    return [_lease(seat, row, lease_ids[row[3] - 1], terms) for row in found]


def _take_alone(
    tx: Tx, seat: Seat, rows: Select[Any], given: dict[str, Any], terms: Terms
) -> list[Lease]:
    """Lease these rows on SQLite, where a write transaction is alone and a statement is near."""
    found = driver.run(tx, claim_statements.take(rows), given)
    # They come in any order.
    found.sort(key=lambda row: tuple(row[3:]))
    made = [_lease(seat, row, new_id(), terms) for row in found]
    if made:
        leases.add(tx, made)
        driver.add(tx, claim_statements.LOG, [_line(one, terms) for one in made])
    return made


def _said(lease_ids: Sequence[UUID], terms: Terms) -> dict[str, Any]:
    return {
        "lease_ids": _listed(lease_ids),
        "event_ids": _listed([new_id() for _ in lease_ids]),
        "begins": terms.since,
        "ends": terms.until,
        "said": terms.reason,
    }


def _listed(ids: Sequence[UUID]) -> str:
    return f"{{{','.join(map(str, ids))}}}"


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


def _line(one: Lease, terms: Terms) -> dict[str, Any]:
    return {
        "id": new_id(),
        "at": one.since,
        "who": one.user,
        "client_id": one.client_id,
        "verb": "leased",
        "thing": "company",
        "thing_id": str(one.company_id),
        "reason": terms.reason,
        "data": {},
        "trace_id": "",
    }
