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
from leads.store import claim_statements, events, leases, supply
from leads.store.campaigns import DailyCaps
from leads.store.connections import at_once
from leads.store.engine import Tx
from leads.store.leases import Lease
from leads.store.seat import Seat, seat_number


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


def begin(
    tx: Tx, seat: Seat, want: int, calendars: Sequence[str] | None, terms: Terms
) -> tuple[Before, list[Lease]]:
    """What the next claim of a user must do first, and the first free rows, leased already, where
    there is nothing to do first. Other claims of the user wait from here on.

    A lease that the user took while this claim waited is not seen. Nothing is leased then.
    """
    given = supply.values(seat, want)
    # On SQLite a write transaction is alone anyway.
    if tx.dialect.name != "postgresql":
        return _found(tx.execute(claim_statements.before(locks=False), given).one()), []

    statements = [(claim_statements.before(locks=True), given | {"lock": seat_number(seat)})]
    lease_ids = [new_id() for _ in range(want)]
    if calendars is None:
        rows = claim_statements.undisturbed(supply.FREE)
        wanted = claim_statements.take_at_once(rows)
        statements.append((wanted, given | _said(lease_ids, terms)))
    found, *taken = at_once(tx, statements)
    new = [_lease(seat, row, lease_ids[row[5] - 1], terms) for rows in taken for row in rows]
    return _found(found[0]), new


def _found(row: Sequence[Any]) -> Before:
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
    if calendars is None:
        free = claim_statements.to_lease(supply.FREE, alone=alone)
        return _take(tx, seat, free, supply.values(seat, want), terms)

    taken: list[Lease] = []
    for reach in supply.reaches(want, calendars):
        ids = supply.open_ids(tx, seat, reach, calendars)
        still_free = claim_statements.to_lease(supply.FREE_AMONG, alone=alone and not taken)
        given = supply.values(seat, want - len(taken)) | {"ids": ids}
        taken += _take(tx, seat, still_free, given, terms)
        if len(taken) == want or len(ids) < reach:
            break
    return taken


def _take(
    tx: Tx, seat: Seat, rows: Select[Any], given: dict[str, Any], terms: Terms
) -> list[Lease]:
    if tx.dialect.name == "postgresql":
        return _take_at_once(tx, seat, rows, given, terms)
    found = sorted(tx.execute(claim_statements.take(rows), given), key=lambda row: row[5:])
    made = [_lease(seat, row, new_id(), terms) for row in found]
    if made:
        leases.add(tx, made)
        events.log(tx, [_line(one, terms) for one in made])
    return made


def _take_at_once(
    tx: Tx, seat: Seat, rows: Select[Any], given: dict[str, Any], terms: Terms
) -> list[Lease]:
    lease_ids = [new_id() for _ in range(given["most"])]
    found = tx.execute(claim_statements.take_at_once(rows), given | _said(lease_ids, terms))
    return [_lease(seat, row, lease_ids[row[5] - 1], terms) for row in found]


def _said(lease_ids: Sequence[UUID], terms: Terms) -> dict[str, Any]:
    return {
        "lease_ids": lease_ids,
        "event_ids": [new_id() for _ in lease_ids],
        "begins": terms.since,
        "ends": terms.until,
        "said": terms.reason,
    }


def _lease(seat: Seat, row: Sequence[Any], lease_id: UUID, terms: Terms) -> Lease:
    entry_id, client_id, campaign_id, company_id, token = row[:5]
    return Lease(
        lease_id=lease_id,
        entry_id=entry_id,
        client_id=client_id,
        campaign_id=campaign_id,
        company_id=company_id,
        user=seat.user,
        token=token,
        since=terms.since,
        until=terms.until,
    )


def _line(one: Lease, terms: Terms) -> events.Happened:
    return events.Happened(
        verb="leased",
        thing="company",
        thing_id=one.company_id,
        client_id=one.client_id,
        who=one.user,
        reason=terms.reason,
    )
