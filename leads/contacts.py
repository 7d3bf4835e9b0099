"""A role or a person at a company."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from leads.lexicon.transliterate import to_ascii

#: Persons who did not give their data themselves are told within a month at the latest.
NOTICE = timedelta(days=30)
#: The lawful basis of contacts from lists and pages.
BASIS = "legitimate interest (GDPR art. 6(1)(f))"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRow:
    """A stored contact with its company, and the place in the list or the page that names it."""

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
    #: None, as the line and the vendor: a page names it.
    file_name: str | None
    line: int | None
    vendor: str | None
    site: str | None = None
    page_url: str | None = None

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


@dataclass(frozen=True, slots=True, kw_only=True)
class PageContact:
    """A contact that a page of a company's site names."""

    kind: str
    role: str
    name: str | None
    email: str | None
    phone: str | None
    url: str


def same_contact(name: str | None, email: str | None) -> str:
    """What is equal for one contact of a company: the name in any order, else the address."""
    letters = "".join(one if one.isalnum() else " " for one in to_ascii(name or "").lower())
    return " ".join(sorted(letters.split())) or (email or "").lower()
