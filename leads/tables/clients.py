"""Whom the agency works for, with which campaigns, profiles and people."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, UniqueConstraint
from sqlmodel import Field, SQLModel

from leads.tables.columns import owned


class Client(SQLModel, table=True):
    """Whom the agency works for."""

    id: UUID = Field(primary_key=True)
    name: str = Field(unique=True)
    #: How much evidence a merge of its companies needs.
    strictness: str = Field(sa_column_kwargs={"server_default": "balanced"})
    created_at: datetime
    #: Where the companies of its lists are when a list states nothing: alpha-2.
    country: str | None = None
    #: Which contacts of its lists are kept: `roles` or `persons`; None: none.
    contacts: str | None = None
    #: Who answers for its contacts' data, with address: notices name it.
    controller: str | None = None
    #: What an hour of an SDR costs; None: not stated.
    hour_cost_minor: int | None = Field(default=None, sa_type=BigInteger)
    hour_cost_currency: str | None = None


class IcpVersion(SQLModel, table=True):
    """One version of one ideal customer profile, as it was when first used; never changed."""

    __tablename__ = "icp_version"
    __table_args__ = (
        UniqueConstraint("client_id", "id"),
        UniqueConstraint("client_id", "name", "version"),
    )

    id: UUID = Field(primary_key=True)
    client_id: UUID = Field(foreign_key="client.id")
    name: str
    version: int
    content: str
    content_hash: str
    created_at: datetime


class Campaign(SQLModel, table=True):
    """One client's outreach with one profile in force."""

    __table_args__ = (
        UniqueConstraint("client_id", "id"),
        UniqueConstraint("client_id", "name"),
        owned("icp_version_id", "icp_version"),
    )

    id: UUID = Field(primary_key=True)
    client_id: UUID = Field(foreign_key="client.id")
    name: str
    icp_version_id: UUID | None = None
    #: Whether open questions may be answered by visiting the companies' own sites.
    crawl: bool = False
    created_at: datetime
    #: How many prospects may be worked in one day, by everybody and by one user; None: no limit.
    daily_cap: int | None = None
    user_daily_cap: int | None = None
    #: What users are to say, with `{fields}` of the company.
    script: str | None = None
    #: When its prospects are called; None: as the settings say.
    call_hours: str | None = None


class User(SQLModel, table=True):
    """A person who works with the queue or the machine."""

    __tablename__ = "app_user"

    id: UUID = Field(primary_key=True)
    name: str = Field(unique=True)
    role: str = "sdr"
    created_at: datetime
    #: When the role or the clients were changed last: sessions get another cookie then.
    rights_at: datetime | None = None


class UserClient(SQLModel, table=True):
    """One client that a user works for; a user without any works for all."""

    __tablename__ = "user_client"

    user_id: UUID = Field(foreign_key="app_user.id", primary_key=True)
    client_id: UUID = Field(foreign_key="client.id", primary_key=True)


class UserDefault(SQLModel, table=True):
    """What a user means without saying so: the usual queue and time zone."""

    __tablename__ = "user_default"
    __table_args__ = (owned("campaign_id", "campaign"),)

    #: The name, because a user need not be registered.
    user: str = Field(primary_key=True)
    client_id: UUID | None = Field(default=None, foreign_key="client.id")
    campaign_id: UUID | None = None
    time_zone: str | None = None
