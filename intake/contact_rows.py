"""Make the contacts that rows name, with the day by which they must be told."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from intake.parsed_list import ParsedRow
from leads.clock import now
from leads.contacts import BASIS, NOTICE, NewContact


def new_contacts(source: str, rows: Iterable[tuple[UUID, ParsedRow]]) -> list[NewContact]:
    """Make the contacts that these rows of a list name, by their records."""
    due = now() + NOTICE
    return [
        NewContact(
            record_id=record_id,
            kind=one.kind,
            role=one.role,
            name=one.name,
            email=one.email,
            phone=one.phone,
            source=source,
            basis=BASIS,
            notice_due_at=due if one.kind == "person" else None,
        )
        for record_id, row in rows
        for one in row.contacts
    ]
