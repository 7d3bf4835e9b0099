"""A role or a person at a company."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRow:
    """A stored contact with its company, and the place in the list that names it."""

    id: UUID
    company_id: UUID | None
    company: str | None
    kind: str
    role: str
    name: str | None
    email: str | None
    phone: str | None
    source: str
    basis: str
    created_at: datetime
    notice_due_at: datetime | None
    noticed_at: datetime | None
    file_name: str
    line: int
    vendor: str | None

    def is_overdue(self, at: datetime) -> bool:
        """Whether the person should have been told by now, and was not."""
        due = self.notice_due_at
        return due is not None and self.noticed_at is None and due <= at


@dataclass(frozen=True, slots=True, kw_only=True)
class NewContact:
    """A contact that a record names."""

    record_id: UUID
    #: `role` or `person`.
    kind: str
    role: str
    name: str | None
    email: str | None
    phone: str | None
    source: str
    basis: str
    #: None: nobody needs to be told.
    notice_due_at: datetime | None
