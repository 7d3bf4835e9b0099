"""Since when a contact is known, and whether notice was sent: another list changes neither."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select

from leads.contacts import NewContact
from leads.store.engine import Tx, chunks
from leads.store.schema import contact, record

#: What a contact that is known already keeps.
Dates = dict[str, Any]

_DATES = (contact.c.created_at, contact.c.notice_due_at, contact.c.noticed_at)


def known(tx: Tx, client_id: UUID, wanted: Sequence[NewContact]) -> dict[UUID, Dates]:
    """By record, the dates of contacts that the client has already: by their address, else by the
    person's name and the company's.
    """
    by_email = of_emails(tx, client_id, [one.email for one in wanted if one.email])
    found = {one.record_id: by_email[one.email] for one in wanted if one.email in by_email}
    others = {one.record_id: one.name for one in wanted if one.name and one.record_id not in found}
    return {**found, **_by_name(tx, client_id, others)}


def of_emails(tx: Tx, client_id: UUID, emails: Sequence[str]) -> dict[str | None, Dates]:
    """By address, the dates of contacts that the client has already."""
    found: dict[str | None, Dates] = {}
    for some in chunks(sorted(set(emails))):
        mine = (contact.c.client_id == client_id) & contact.c.email.in_(some)
        rows = select(contact.c.email, *_DATES).where(mine)
        # The oldest comes last, and counts.
        for row in tx.execute(rows.order_by(contact.c.created_at.desc())).mappings():
            found[row["email"]] = {column.name: row[column.name] for column in _DATES}
    return found


def _by_name(tx: Tx, client_id: UUID, names: Mapping[UUID, str]) -> dict[UUID, Dates]:
    """By record, the dates of the person of this name at the company of that row."""
    there: dict[tuple[str, str], Dates] = {}
    spelled = {one for name in names.values() for one in (name, name.lower())}
    for some in chunks(sorted(spelled)):
        is_named = or_(contact.c.name.in_(some), func.lower(contact.c.name).in_(some))
        rows = (
            select(contact.c.name, record.c.name.label("company"), *_DATES)
            .select_from(contact.join(record, record.c.id == contact.c.record_id))
            .where(contact.c.client_id == client_id, is_named)
        )
        for row in tx.execute(rows.order_by(contact.c.created_at.desc())).mappings():
            key = _same(str(row["name"]), row["company"])
            there[key] = {column.name: row[column.name] for column in _DATES}

    companies = _companies(tx, list(names)) if there else {}
    found = {}
    for record_id, name in names.items():
        dates = there.get(_same(name, companies.get(record_id, "")))
        if dates is not None:
            found[record_id] = dates
    return found


def _companies(tx: Tx, record_ids: Sequence[UUID]) -> dict[UUID, str]:
    """The company's name in each row."""
    found: dict[UUID, str] = {}
    for some in chunks(list(record_ids)):
        rows = tx.execute(select(record.c.id, record.c.name).where(record.c.id.in_(some)))
        found.update({row.id: row.name for row in rows})
    return found


def _same(person: str, company: str) -> tuple[str, str]:
    """What is equal for one person at one company."""
    return " ".join(person.casefold().split()), " ".join(company.casefold().split())
