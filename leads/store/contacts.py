"""Contacts of companies: roles and persons, with their source and the day a notice is due."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from operator import attrgetter
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, delete, exists, insert, or_, select, update

from leads.clock import now
from leads.contacts import ContactRow, NewContact
from leads.ids import new_id
from leads.store import companies, contact_notices
from leads.store.bound import CLIENT, COMPANIES
from leads.store.engine import Tx, chunks
from leads.store.facts import facts
from leads.store.schema import company, contact, list_import, raw_list, record, signal
from leads.store.snapshot import once


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
        wanted = select(contact.c.record_id).where(contact.c.record_id.in_(some))
        found.update(one for one in tx.execute(wanted).scalars() if one)
    return found


def of_client(tx: Tx, client_id: UUID) -> list[ContactRow]:
    """The contacts of a client, by the day their notice is due."""
    wanted = _listed().where(contact.c.client_id == client_id)
    ordered = wanted.order_by(contact.c.notice_due_at.is_(None), contact.c.notice_due_at)
    return _rows(tx, client_id, ordered.order_by(contact.c.id))


def page(
    tx: Tx, client_id: UUID, after: UUID | None, size: int, due_by: datetime | None = None
) -> list[ContactRow]:
    """So many contacts of a client by id, from behind one on; only those whose notice was due by a
    moment and was not sent.
    """
    wanted = _listed().where(contact.c.client_id == client_id)
    if after is not None:
        wanted = wanted.where(contact.c.id > after)
    if due_by is not None:
        wanted = wanted.where(contact.c.notice_due_at <= due_by, contact.c.noticed_at.is_(None))
    return _rows(tx, client_id, wanted.order_by(contact.c.id).limit(size))


#: Whether there is any.
ANY = exists().where(contact.c.client_id == CLIENT)


def any_of_client(tx: Tx, client_id: UUID) -> bool:
    """Whether a client keeps any contact."""
    wanted, given = select(ANY), {"of_client": client_id}
    return once(tx, (any_of_client, client_id), lambda: bool(tx.execute(wanted, given).scalar()))


def of_company(tx: Tx, client_id: UUID, company_id: UUID) -> list[ContactRow]:
    """The contacts that the records and the sites of a company name."""
    return of_companies(tx, client_id, [company_id])[company_id]


def of_companies(
    tx: Tx, client_id: UUID, company_ids: Sequence[UUID]
) -> dict[UUID, list[ContactRow]]:
    """The contacts that the records and the sites of each company name."""
    found: dict[UUID, list[ContactRow]] = {one: [] for one in company_ids}
    if not any_of_client(tx, client_id):
        return found
    for some in chunks(list(company_ids), 1000):
        # Two statements: no index serves one that asks for either.
        for row in [*_of_records(tx, client_id, some), *_of_sites(tx, client_id, some)]:
            if row.company_id is not None:
                found[row.company_id].append(row)
    return {one: sorted(rows, key=attrgetter("id")) for one, rows in found.items()}


def _of_records(tx: Tx, client_id: UUID, company_ids: Sequence[UUID]) -> list[ContactRow]:
    given = {"of_client": client_id, "of_companies": list(company_ids)}
    return _stored(tx, _OF_RECORDS, given)


def _of_sites(tx: Tx, client_id: UUID, company_ids: Sequence[UUID]) -> list[ContactRow]:
    """The contacts of sites, once for each of the companies that has the site."""
    sites = facts.sites_of_companies(tx, company_ids)
    if not sites:
        return []
    names = companies.names_of(tx, company_ids)
    found: list[ContactRow] = []
    for row in _stored(tx, _OF_SITES, {"of_client": client_id, "sites": list(sites)}):
        owners = sites[row.site or ""]
        found += [replace(row, company_id=one, company=names.get(one, "")) for one in owners]
    return found


def with_email(tx: Tx, client_id: UUID, email: str) -> list[ContactRow]:
    """The contacts of a client with an address."""
    mine = (contact.c.client_id == client_id) & (contact.c.email == email)
    return _rows(tx, client_id, _listed().where(mine).order_by(contact.c.id))


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


def erase_of_sites(tx: Tx, sites: Sequence[str]) -> int:
    """Erase the contacts that the pages of these sites name, at every client; how many."""
    ids: list[UUID] = []
    for some in chunks(list(sites)):
        ids += tx.execute(select(contact.c.id).where(contact.c.site.in_(some))).scalars()
    return erase(tx, ids)


def erase_without_company(tx: Tx, client_id: UUID) -> int:
    """Erase the contacts of sites that no company of the client has any more; how many."""
    wanted = select(contact.c.id, contact.c.site).where(
        contact.c.client_id == client_id, contact.c.site.is_not(None)
    )
    rows = {row.id: str(row.site) for row in tx.execute(wanted)}
    having = facts.companies_with_sites(tx, sorted(set(rows.values()))) if rows else []
    held = {site for site, owner, _ in having if owner == client_id}
    return erase(tx, [one for one, site in rows.items() if site not in held])


def erase_with(tx: Tx, value: str) -> int:
    """Erase the contacts with this e-mail address or phone number at every client; how many."""
    with_it = or_(contact.c.email == value, contact.c.phone == value)
    return erase(tx, list(tx.execute(select(contact.c.id).where(with_it)).scalars()))


def _listed() -> Select[Any]:
    stored = [one for one in contact.c if one.name not in ("client_id", "record_id")]
    imported = list_import.c.id == record.c.import_id
    joined = (
        contact.outerjoin(record, record.c.id == contact.c.record_id)
        .outerjoin(list_import, imported)
        .outerjoin(raw_list, raw_list.c.id == record.c.list_id)
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


# Through the records alone: else SQLite reads every contact of the client.
_MINE = select(record.c.id).where(record.c.client_id == CLIENT, record.c.company_id.in_(COMPANIES))
_OF_RECORDS = _listed().where(contact.c.record_id.in_(_MINE))
_OF_SITES = _listed().where(
    contact.c.client_id == CLIENT, contact.c.site.in_(bindparam("sites", expanding=True))
)


def _stored(
    tx: Tx, wanted: Select[Any], given: Mapping[str, Any] | None = None
) -> list[ContactRow]:
    """Contacts; those of sites without a company."""
    found: list[Mapping[Any, Any]] = list(tx.execute(wanted, given or {}).mappings())
    return [ContactRow(**{str(name): value for name, value in row.items()}) for row in found]


def _rows(tx: Tx, client_id: UUID, wanted: Select[Any]) -> list[ContactRow]:
    rows = _stored(tx, wanted)
    owners = _owners(tx, client_id, {one.site for one in rows if one.site})
    return [_of_owner(one, owners) for one in rows]


def _owners(tx: Tx, client_id: UUID, sites: Collection[str]) -> dict[str, tuple[UUID, str]]:
    """The company of the client with each of these sites, and its name."""
    held = facts.companies_with_sites(tx, sorted(sites)) if sites else []
    mine = {site: company_id for site, owner, company_id in held if owner == client_id}
    names = companies.names_of(tx, sorted(set(mine.values())))
    return {site: (one, names.get(one, "")) for site, one in mine.items()}


def _of_owner(row: ContactRow, owners: Mapping[str, tuple[UUID, str]]) -> ContactRow:
    owner = owners.get(row.site or "")
    return replace(row, company_id=owner[0], company=owner[1]) if owner else row
