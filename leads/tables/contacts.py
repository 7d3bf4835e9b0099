"""Roles and persons at companies."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from leads.tables.columns import owned


class Contact(SQLModel, table=True):
    """A role or person that a record or a site names, with source and the date notice is due; none
    in company-only mode.
    """

    __table_args__ = (
        owned("record_id", "record"),
        Index("contact_of_record", "record_id"),
        Index("contact_of_site", "client_id", "site"),
        Index("contact_of_client", "client_id", "notice_due_at"),
        Index("contact_email", "email", "client_id"),
        Index("contact_page", "client_id", "id"),
    )

    id: UUID = Field(primary_key=True)
    client_id: UUID = Field(foreign_key="client.id")
    #: None: a site names it.
    record_id: UUID | None = None
    #: The site whose pages name it; None: a record does.
    site: str | None = None
    page_url: str | None = None
    #: `role` or `person`.
    kind: str
    role: str
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    source: str
    #: The lawful basis on which it is kept.
    basis: str
    #: When the person must have been told; None for a role.
    notice_due_at: datetime | None = None
    noticed_at: datetime | None = None
    created_at: datetime


class Consent(SQLModel, table=True):
    """Who agreed to be contacted at an address or number, in which words; a withdrawn one stays."""

    __table_args__ = (
        Index("consent_at_point", "client_id", "point"),
        Index("consent_page", "client_id", "id"),
    )

    id: UUID = Field(primary_key=True)
    client_id: UUID = Field(foreign_key="client.id")
    #: `email` or `phone`.
    channel: str
    point: str
    who: str
    words: str
    source: str
    given_at: datetime
    by: str
    recorded_at: datetime
    withdrawn_at: datetime | None = None
    withdrawn_by: str | None = None
