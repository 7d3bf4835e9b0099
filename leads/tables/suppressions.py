"""Who must not be contacted, and the keys by which a suppression finds companies."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, text
from sqlmodel import Field, SQLModel

from leads.tables.columns import index_of_given, owned


class Suppression(SQLModel, table=True):
    """Who must not be contacted: one normal form at one level; outlives the data as a keyed hash."""

    __table_args__ = (
        CheckConstraint(
            "level IN ('law', 'agency', 'client', 'campaign')", name="suppression_level"
        ),
        CheckConstraint("kind IN ('domain', 'company', 'email', 'phone')", name="suppression_kind"),
        CheckConstraint(
            "level NOT IN ('client', 'campaign') OR client_id IS NOT NULL",
            name="suppression_client",
        ),
        CheckConstraint(
            "level <> 'campaign' OR campaign_id IS NOT NULL", name="suppression_campaign"
        ),
        ForeignKeyConstraint(["client_id", "campaign_id"], ["campaign.client_id", "campaign.id"]),
        Index("suppression_by_hash", "key_hash"),
        Index(
            "suppression_newest",
            "level",
            "client_id",
            "request_id",
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        # With all that says whether a name counts: a check of many companies reads every name.
        index_of_given(
            "suppression_head",
            "head",
            "key",
            "level",
            "client_id",
            "campaign_id",
            "until",
            "channel",
            "ended_at",
        ),
        index_of_given("suppression_tail", "tail"),
        Index(
            "suppression_channel",
            "channel",
            sqlite_where=text("channel IS NOT NULL"),
            postgresql_where=text("channel IS NOT NULL"),
        ),
        Index(
            "suppression_until",
            "until",
            sqlite_where=text("ended_at IS NULL AND until IS NOT NULL"),
            postgresql_where=text("ended_at IS NULL AND until IS NOT NULL"),
        ),
    )

    id: UUID = Field(primary_key=True)
    client_id: UUID | None = Field(default=None, foreign_key="client.id")
    campaign_id: UUID | None = None
    #: Of one that counts for every client: the client it comes from; None: the agency itself.
    origin_id: UUID | None = None
    #: The only channel that it stops; None: every contact.
    channel: str | None = None
    level: str
    kind: str
    #: The normal form; None once the data was erased.
    key: str | None = None
    #: HMAC-SHA256 of kind and normal form under the installation's secret.
    key_hash: str
    #: The first and the last three letters of a name, by which its other spellings are found.
    head: str | None = None
    tail: str | None = None
    #: What the user named, so that all normal forms of one request are shown and ended together.
    subject: str | None = None
    request_id: UUID = Field(index=True)
    reason: str = ""
    by: str
    at: datetime
    #: When it lifts by itself; None: only a person ends it.
    until: datetime | None = None
    ended_at: datetime | None = None


class CompanyContact(SQLModel, table=True):
    """Whether the contact keys of a company are stored, and what they were made of."""

    __tablename__ = "company_contact"
    __table_args__ = (
        owned("company_id", "company"),
        Index(
            "company_contact_missing",
            "client_id",
            sqlite_where=text("mark IS NULL"),
            postgresql_where=text("mark IS NULL"),
        ),
    )

    company_id: UUID = Field(primary_key=True)
    client_id: UUID = Field(foreign_key="client.id")
    #: A keyed hash of everything the company is known by; None: its keys are not stored yet.
    mark: str | None = None


class CompanyKey(SQLModel, table=True):
    """One contact key of a company: how a suppression finds the companies it matches."""

    __tablename__ = "company_key"
    __table_args__ = (
        owned("company_id", "company"),
        Index("company_key_by_hash", "key_hash"),
        index_of_given("company_key_by_head", "head"),
        index_of_given("company_key_by_tail", "tail"),
    )

    company_id: UUID = Field(primary_key=True)
    #: The same keyed hash that a suppression of this key has.
    key_hash: str = Field(primary_key=True)
    client_id: UUID = Field(foreign_key="client.id")
    #: A name that is long enough to be compared by its spelling, with its first and last letters.
    form: str | None = None
    head: str | None = None
    tail: str | None = None
