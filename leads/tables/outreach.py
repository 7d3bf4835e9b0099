"""The queue, who holds what, what came of it, and who must not be contacted."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from leads.tables.columns import index_of_given, owned

#: The rows that each index of the queue holds.
_FREE = text("state = 'ready' AND not_before IS NULL")
_WAITING = text("state = 'ready' AND not_before IS NOT NULL AND promised_by IS NULL")
_PROMISED = text("state = 'ready' AND promised_by IS NOT NULL")


class QueueEntry(SQLModel, table=True):
    """One company's place in one campaign's queue, or the reason why it has none."""

    __tablename__ = "queue_entry"
    __table_args__ = (
        UniqueConstraint("client_id", "id"),
        UniqueConstraint("campaign_id", "company_id"),
        owned("campaign_id", "campaign"),
        owned("company_id", "company"),
        Index(
            "queue_order",
            "campaign_id",
            "rank",
            "fresh",
            "entered_at",
            "id",
            sqlite_where=_FREE,
            postgresql_where=_FREE,
        ),
        Index(
            "queue_calendar",
            "campaign_id",
            "calendar",
            "rank",
            "fresh",
            "entered_at",
            "id",
            sqlite_where=_FREE,
            postgresql_where=_FREE,
        ),
        Index(
            "queue_waiting",
            "campaign_id",
            "not_before",
            sqlite_where=_WAITING,
            postgresql_where=_WAITING,
        ),
        Index(
            "queue_promised",
            "campaign_id",
            "promised_by",
            "not_before",
            sqlite_where=_PROMISED,
            postgresql_where=_PROMISED,
        ),
        Index(
            "queue_shared",
            "campaign_id",
            "shared_at",
            sqlite_where=_PROMISED,
            postgresql_where=_PROMISED,
        ),
        CheckConstraint("state IN ('ready', 'leased', 'done', 'out')", name="queue_state"),
    )

    id: UUID = Field(primary_key=True)
    client_id: UUID = Field(foreign_key="client.id")
    campaign_id: UUID
    company_id: UUID = Field(index=True)
    #: `ready`, `leased`, `done` (a disposition closed it) or `out` (it does not belong in the
    #: queue: see reason).
    state: str
    reason: str = ""
    score_worst: int = 0
    score_best: int = 0
    #: Smaller comes first: the score turned round, because a plain index serves both databases.
    rank: int = 0
    #: After the rank, smaller first: minus the day number of the newest fact of the verdict.
    fresh: int = 0
    #: Not handed out before this moment; None: free now.
    not_before: datetime | None = None
    #: Who promised to call at `not_before`; None: nobody.
    promised_by: str | None = None
    #: From this moment anybody may keep the promise.
    shared_at: datetime | None = None
    #: Raised with every lease: what fences a late finish.
    token: int = 0
    attempts: int = 0
    entered_at: datetime
    #: Whose clocks and holidays count, such as `DE-BY`; empty: unknown, None: not looked up yet.
    calendar: str | None = None


class Lease(SQLModel, table=True):
    """One SDR's right to work one prospect until a time."""

    __table_args__ = (
        UniqueConstraint("client_id", "id"),
        owned("queue_entry_id", "queue_entry"),
        Index(
            "lease_live",
            "queue_entry_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index(
            "lease_of_user",
            "client_id",
            "user",
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index(
            "lease_until",
            "until",
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index(
            "lease_skipped",
            "queue_entry_id",
            "user",
            sqlite_where=text("ended_by = 'skipped'"),
            postgresql_where=text("ended_by = 'skipped'"),
        ),
    )

    id: UUID = Field(primary_key=True)
    client_id: UUID = Field(foreign_key="client.id")
    queue_entry_id: UUID
    user: str
    token: int
    since: datetime
    until: datetime
    ended_at: datetime | None = None
    #: `released`, `skipped`, `postponed`, `expired`, `done`, `undone` or `withdrawn`.
    ended_by: str | None = None


class Disposition(SQLModel, table=True):
    """What came of one lease."""

    __table_args__ = (
        owned("lease_id", "lease"),
        owned("campaign_id", "campaign"),
        owned("company_id", "company"),
        Index("disposition_of_day", "campaign_id", "at"),
        Index("disposition_of_company", "company_id", "campaign_id"),
    )

    id: UUID = Field(primary_key=True)
    client_id: UUID = Field(foreign_key="client.id")
    campaign_id: UUID
    company_id: UUID = Field(index=True)
    lease_id: UUID = Field(unique=True)
    user: str
    kind: str
    note: str = ""
    at: datetime
    again_at: datetime | None = None
    #: The version of the client's dispositions; None: those that come with the product.
    version: int | None = None
    #: `phone`, `email` …: how the company was contacted.
    channel: str = "phone"
    #: Where its company was in the grid of fit and engagement; None: signals were not scored.
    cell: str | None = None
    #: When its user took it back; then it counts no more.
    undone_at: datetime | None = None


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
