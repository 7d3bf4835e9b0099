"""The order of the queue, promised call-backs, actions to undo and dispositions of a client."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import UTCDateTime

revision = "0019"
down_revision = "0018"

JSON = sa.JSON().with_variant(JSONB(), "postgresql")


def _index(name: str, table: str, columns: list[str], where: str) -> None:
    only = sa.text(where)
    op.create_index(name, table, columns, sqlite_where=only, postgresql_where=only)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False, server_default="0")


def upgrade() -> None:
    for table in ("relationship", "queue_entry"):
        op.add_column(table, sa.Column("promised_by", sa.String(), nullable=True))
        op.add_column(table, sa.Column("shared_at", UTCDateTime(), nullable=True))
    op.add_column("queue_entry", _number("priority"))
    op.add_column("queue_entry", _number("fresh"))
    _change_order()

    for name in ("daily_cap", "user_daily_cap"):
        op.add_column("campaign", sa.Column(name, sa.Integer(), nullable=True))
    op.add_column("campaign", sa.Column("script", sa.String(), nullable=True))

    live = "ended_at IS NULL"
    _index("lease_of_user", "lease", ["client_id", "user"], live)
    _index("lease_until", "lease", ["until"], live)
    _index("lease_skipped", "lease", ["queue_entry_id", "user"], "ended_by = 'skipped'")

    op.add_column("disposition", sa.Column("version", sa.Integer(), nullable=True))
    channel = sa.Column("channel", sa.String(), nullable=False, server_default="phone")
    op.add_column("disposition", channel)
    op.add_column("disposition", sa.Column("undone_at", UTCDateTime(), nullable=True))
    op.create_index("disposition_of_day", "disposition", ["campaign_id", "at"])
    _add_actions()
    _add_files()


def _change_order() -> None:
    op.drop_index("queue_order", "queue_entry")
    order = ["campaign_id", "priority", "rank", "fresh", "entered_at", "id"]
    _index("queue_order", "queue_entry", order, "state = 'ready' AND not_before IS NULL")
    _index(
        "queue_waiting",
        "queue_entry",
        ["campaign_id", "not_before"],
        "state = 'ready' AND not_before IS NOT NULL AND promised_by IS NULL",
    )
    promised = "state = 'ready' AND promised_by IS NOT NULL"
    own = ["campaign_id", "promised_by", "not_before"]
    _index("queue_promised", "queue_entry", own, promised)
    _index("queue_shared", "queue_entry", ["campaign_id", "shared_at"], promised)


def _add_actions() -> None:
    op.create_table(
        "desk_action",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("queue_entry_id", sa.Uuid(), nullable=True),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("disposition_id", sa.Uuid(), nullable=True),
        sa.Column("suppression_id", sa.Uuid(), nullable=True),
        sa.Column("before", JSON, nullable=False),
        sa.Column("undone_at", UTCDateTime(), nullable=True),
        sa.Column("undone_why", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"]),
        sa.ForeignKeyConstraint(
            ["client_id", "campaign_id"], ["campaign.client_id", "campaign.id"]
        ),
        sa.ForeignKeyConstraint(["client_id", "company_id"], ["company.client_id", "company.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("desk_action_of_user", "desk_action", ["campaign_id", "user", "id"])
    op.create_index("desk_action_of_company", "desk_action", ["company_id"])
    op.create_table(
        "fact_doubt",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("disposition_id", sa.Uuid(), nullable=False),
        sa.Column("fact_id", sa.Uuid(), nullable=False),
        sa.Column("attribute", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("undone_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"]),
        sa.ForeignKeyConstraint(["client_id", "company_id"], ["company.client_id", "company.id"]),
        sa.ForeignKeyConstraint(["disposition_id"], ["disposition.id"]),
        sa.ForeignKeyConstraint(["fact_id"], ["fact.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("disposition_id", "fact_id"),
    )
    op.create_index("fact_doubt_of_company", "fact_doubt", ["company_id"])
    op.create_index("fact_doubt_of_source", "fact_doubt", ["client_id", "source"])


def _add_files() -> None:
    op.create_table(
        "disposition_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("client_id", "version"),
    )
