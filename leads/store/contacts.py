"""Contacts of companies: roles and persons, with their source and the day a notice is due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, delete, insert, or_, select, update

from leads.clock import now
from leads.contacts import ContactRow, NewContact
from leads.ids import new_id
from leads.store import contact_notices
from leads.store.bound import CLIENT, COMPANY
from leads.store.engine import Tx, chunks
from leads.store.schema import company, contact, list_import, raw_list, record, signal


def add(tx: Tx, client_id: UUID, contacts: Sequence[NewContact]) -> None:
    """Store the contacts of records that have none yet."""
    there = _records_with(tx, [one.record_id for one in contacts])
    at = now()
    told = contact_notices.known(tx, client_id, contacts)
    rows = [
        {"id": new_id(), "client_id": client_id, "created_at": at, "noticed_at": None}
        | {name: getattr(one, name) for name in NewContact.__slots__}
        | told.get(one.record_id, {})
        for one in contacts
        if one.record_id not in there
    ]
    for some in chunks(rows):
        tx.execute(insert(contact), some)


def _records_with(tx: Tx, record_ids: Sequence[UUID]) -> set[UUID]:
    found: set[UUID] = set()
    for some in chunks(list(record_ids)):
        found.update(
            tx.execute(select(contact.c.record_id).where(contact.c.record_id.in_(some))).scalars()
        )
    return found


def of_client(tx: Tx, client_id: UUID) -> list[ContactRow]:
    """The contacts of a client, by the day their notice is due."""
    wanted = _listed().where(contact.c.client_id == client_id)
    ordered = wanted.order_by(contact.c.notice_due_at.is_(None), contact.c.notice_due_at)
    return _rows(tx, ordered.order_by(contact.c.id))


def of_company(tx: Tx, client_id: UUID, company_id: UUID) -> list[ContactRow]:
    """The contacts that the records of a company name."""
    return _rows(tx, _of_company(), {"of_client": client_id, "of_company": company_id})


@cache
def _of_company() -> Select[Any]:
    mine = (contact.c.client_id == CLIENT) & (record.c.company_id == COMPANY)
    return _listed().where(mine).order_by(contact.c.id)


def with_email(tx: Tx, client_id: UUID, email: str) -> list[ContactRow]:
    """The contacts of a client with an address."""
    mine = (contact.c.client_id == client_id) & (contact.c.email == email)
    return _rows(tx, _listed().where(mine).order_by(contact.c.id))


def named(tx: Tx) -> list[tuple[UUID, str]]:
    """The id and the name of every named contact of every client."""
    rows = tx.execute(select(contact.c.id, contact.c.name).where(contact.c.name.is_not(None)))
    return [(row.id, row.name) for row in rows if row.name is not None]


def names_with(tx: Tx, email: str) -> list[str]:
    """The names of the contacts with this address at every client."""
    found = tx.execute(select(contact.c.name).where(contact.c.email == email).distinct())
    return sorted(name for name in found.scalars() if name)


def note_sent(tx: Tx, ids: Sequence[UUID], at: datetime) -> int:
    """Store that these contacts were told; how many were not told before."""
    sent = 0
    for some in chunks(list(ids)):
        told = update(contact).where(contact.c.id.in_(some), contact.c.noticed_at.is_(None))
        sent += tx.execute(told.values(noticed_at=at)).rowcount
    return sent


def erase(tx: Tx, ids: Sequence[UUID]) -> int:
    """Erase contacts; how many. Their signals stay with the company."""
    gone = 0
    for some in chunks(list(ids)):
        tx.execute(update(signal).where(signal.c.contact_id.in_(some)).values(contact_id=None))
        gone += tx.execute(delete(contact).where(contact.c.id.in_(some))).rowcount
    return gone


def erase_of_client(tx: Tx, client_id: UUID, kinds: Sequence[str]) -> int:
    """Erase the contacts of a client that are of these kinds; how many."""
    mine = (contact.c.client_id == client_id) & contact.c.kind.in_(kinds)
    return erase(tx, list(tx.execute(select(contact.c.id).where(mine)).scalars()))


def erase_of_records(tx: Tx, record_ids: Sequence[UUID]) -> int:
    """Erase the contacts that these records name; how many."""
    ids: list[UUID] = []
    for some in chunks(list(record_ids)):
        ids += tx.execute(select(contact.c.id).where(contact.c.record_id.in_(some))).scalars()
    return erase(tx, ids)


def erase_with(tx: Tx, value: str) -> int:
    """Erase the contacts with this e-mail address or phone number at every client; how many."""
    with_it = or_(contact.c.email == value, contact.c.phone == value)
    return erase(tx, list(tx.execute(select(contact.c.id).where(with_it)).scalars()))


def _listed() -> Select[Any]:
    stored = [one for one in contact.c if one.name not in ("client_id", "record_id")]
    imported = list_import.c.id == record.c.import_id
    joined = (
        contact.join(record, record.c.id == contact.c.record_id)
        .join(list_import, imported)
        .join(raw_list, raw_list.c.id == record.c.list_id)
        .outerjoin(company, company.c.id == record.c.company_id)
    )
    return (
        select(
            *stored,
            record.c.company_id,
            company.c.name.label("company"),
            list_import.c.file_name,
            record.c.line,
            raw_list.c.vendor,
        )
        .select_from(joined)
        .where(record.c.ended_at.is_(None))
    )


def _rows(tx: Tx, wanted: Select[Any], given: Mapping[str, Any] | None = None) -> list[ContactRow]:
    found: list[Mapping[Any, Any]] = list(tx.execute(wanted, given or {}).mappings())
    return [ContactRow(**{str(name): value for name, value in row.items()}) for row in found]
