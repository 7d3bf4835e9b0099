"""The queue, who holds what, and what came of it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from leads.tables.columns import owned

#: The rows that each index of the queue holds. The first two have none in common: a server that may
#: choose would look for free rows among all that are held.
_NOT_FREE = text("state = 'leased' OR state = 'ready' AND not_before IS NOT NULL")
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
            "queue_not_free",
            "campaign_id",
            "rank",
            "fresh",
            "entered_at",
            "id",
            sqlite_where=_NOT_FREE,
            postgresql_where=_NOT_FREE,
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
