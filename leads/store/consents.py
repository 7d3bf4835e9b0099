"""The consents of each client: the words stay, and a withdrawn one keeps its day."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, delete, exists, insert, select, update

from leads.clock import now
from leads.consents import Consent, NewConsent
from leads.ids import new_id
from leads.store import driver
from leads.store.bound import CLIENT
from leads.store.engine import Tx, chunks
from leads.store.schema import consent
from leads.store.snapshot import once

_COLUMNS = [one for one in consent.c if one.name != "client_id"]


def add(tx: Tx, given: NewConsent) -> UUID:
    """Store a consent; its id."""
    made = new_id()
    row = {"id": made, "recorded_at": now(), "withdrawn_at": None, "withdrawn_by": None}
    tx.execute(insert(consent).values(row | asdict(given)))
    return made


def of_client(tx: Tx, client_id: UUID) -> list[Consent]:
    """The consents of a client, newest first."""
    wanted = _listed(consent.c.client_id == client_id)
    found = [Consent(**row) for row in tx.execute(wanted).mappings()]
    return list(reversed(found))


def page(tx: Tx, client_id: UUID, after: UUID | None, size: int) -> list[Consent]:
    """So many consents of a client by id, from behind one on."""
    which = consent.c.client_id == client_id
    if after is not None:
        which &= consent.c.id > after
    wanted = select(*_COLUMNS).where(which).order_by(consent.c.id).limit(size)
    return [Consent(**row) for row in tx.execute(wanted).mappings()]


#: Whether there is any.
ANY = exists().where(consent.c.client_id == CLIENT)
_ANY = select(ANY)


def any_of_client(tx: Tx, client_id: UUID) -> bool:
    """Whether a client has recorded any consent."""
    given = {"of_client": client_id}
    return once(tx, (any_of_client, client_id), lambda: bool(driver.value(tx, _ANY, given)))


def at_points(tx: Tx, client_id: UUID, points: Collection[str]) -> list[Consent]:
    """The consents of a client at these addresses and numbers, oldest first."""
    found: list[Consent] = []
    for some in chunks(sorted(points)):
        wanted = _listed((consent.c.client_id == client_id) & consent.c.point.in_(some))
        found += [Consent(**row) for row in tx.execute(wanted).mappings()]
    return found


def withdraw(tx: Tx, client_id: UUID, point: str, at: datetime, by: str) -> list[UUID]:
    """End the consents that hold at an address or number; their ids."""
    holds = (consent.c.client_id == client_id) & (consent.c.point == point)
    ending = update(consent).where(holds, consent.c.withdrawn_at.is_(None))
    ended = ending.values(withdrawn_at=at, withdrawn_by=by).returning(consent.c.id)
    return list(tx.execute(ended).scalars())


def erase_at(tx: Tx, points: Collection[str]) -> int:
    """Erase the consents at addresses and numbers at every client; how many."""
    gone = 0
    for some in chunks(sorted(points)):
        gone += tx.execute(delete(consent).where(consent.c.point.in_(some))).rowcount
    return gone


def named(tx: Tx) -> list[tuple[UUID, str]]:
    """The id of every consent of every client that says who gave it, and who."""
    rows = tx.execute(select(consent.c.id, consent.c.who).where(consent.c.who != ""))
    return [(row.id, row.who) for row in rows]


def erase(tx: Tx, ids: Collection[UUID]) -> int:
    """Erase consents; how many."""
    gone = 0
    for some in chunks(sorted(ids)):
        gone += tx.execute(delete(consent).where(consent.c.id.in_(some))).rowcount
    return gone


def _listed(which: ColumnElement[bool]) -> Any:
    return select(*_COLUMNS).where(which).order_by(consent.c.recorded_at, consent.c.id)
