"""Store the contacts that rows name, with the day on which they must have been told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from intake.parsed_list import ParsedRow
from leads.clock import now
from leads.lexicon.emails import parse_email
from leads.store import Tx, contacts
from leads.store.contacts import NewContact

#: Who did not give their data themselves are told at the first contact, within a month at the latest.
NOTICE = timedelta(days=30)
#: The lawful basis of contacts from lists.
BASIS = "legitimate interest (GDPR art. 6(1)(f))"


def store_contacts(
    tx: Tx, client_id: UUID, source: str, rows: Iterable[tuple[UUID, ParsedRow]]
) -> None:
    """Store the contacts of records that have none yet."""
    due = now() + NOTICE
    made = [
        NewContact(
            record_id=record_id,
            kind="person" if one.name or not _is_role(one.email) else "role",
            role=one.role,
            name=one.name,
            email=one.email,
            phone=one.phone,
            source=source,
            basis=BASIS,
            notice_due_at=due if one.name or not _is_role(one.email) else None,
        )
        for record_id, row in rows
        for one in row.contacts
    ]
    contacts.add(tx, client_id, made)


def _is_role(email: str | None) -> bool:
    found = parse_email(email) if email else None
    return found is not None and found.is_role
