"""Questions to registers and providers, what they cost, and what they may cost."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
from sqlmodel import UTCDateTime

revision = "0066"
down_revision = "0065"

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "source_question",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("attributes", JSON, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("budget_id", sa.Uuid(), nullable=True),
        sa.Column("task_id", sa.Uuid(), nullable=True),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("price_micros", sa.BigInteger(), nullable=False),
        sa.Column("charged_micros", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("found", JSON, nullable=False),
        sa.Column("answer", JSON, nullable=True),
        sa.Column("reserved_at", UTCDateTime(), nullable=False),
        sa.Column("sent_at", UTCDateTime(), nullable=True),
        sa.Column("settled_at", UTCDateTime(), nullable=True),
        sa.Column("fresh_until", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "source_question_budget",
        "source_question",
        ["budget_id"],
        sqlite_where=sa.text("budget_id IS NOT NULL"),
        postgresql_where=sa.text("budget_id IS NOT NULL"),
    )
    op.create_index("source_question_source", "source_question", ["source", "settled_at"])
    op.create_index(
        "source_question_open",
        "source_question",
        ["state", "reserved_at"],
        sqlite_where=sa.text("state IN ('reserved', 'sent')"),
        postgresql_where=sa.text("state IN ('reserved', 'sent')"),
    )
    op.create_table(
        "source_question_key",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["question_id"], ["source_question.id"]),
        sa.PrimaryKeyConstraint("source", "holder", "key"),
    )
    op.create_index("source_question_key_question_id", "source_question_key", ["question_id"])
    op.create_table(
        "source_turn",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("taken_at", UTCDateTime(), nullable=False),
        sa.Column("done_at", UTCDateTime(), nullable=True),
        sa.Column("counts_until", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("source_turn_counts_until", "source_turn", ["counts_until"])
    op.create_index("source_turn_source", "source_turn", ["source", "counts_until"])
    op.create_table(
        "source_rest",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("until", UTCDateTime(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("source"),
    )
    op.create_table(
        "spending_budget",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("automatic", sa.Boolean(), nullable=False),
        sa.Column("micros", sa.BigInteger(), nullable=False),
        sa.Column("company_micros", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("begun_at", UTCDateTime(), nullable=False),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"]),
        sa.ForeignKeyConstraint(
            ["client_id", "campaign_id"], ["campaign.client_id", "campaign.id"]
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("client_id", "id"),
    )
    op.create_index(
        "spending_budget_automatic",
        "spending_budget",
        ["campaign_id"],
        unique=True,
        sqlite_where=sa.text("automatic AND ended_at IS NULL"),
        postgresql_where=sa.text("automatic AND ended_at IS NULL"),
    )
    op.create_index(
        "spending_budget_campaign",
        "spending_budget",
        ["campaign_id", "ended_at"],
        sqlite_where=sa.text("campaign_id IS NOT NULL"),
        postgresql_where=sa.text("campaign_id IS NOT NULL"),
    )
    op.create_table(
        "spending_cap",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=True),
        sa.Column("list_id", sa.Uuid(), nullable=True),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("micros", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"]),
        sa.ForeignKeyConstraint(["client_id", "list_id"], ["list.client_id", "list.id"]),
        sa.ForeignKeyConstraint(
            ["client_id", "campaign_id"], ["campaign.client_id", "campaign.id"]
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("client_id", "id"),
    )
    op.create_index(
        "spending_cap_of", "spending_cap", ["client_id", "campaign_id", "list_id", "period"]
    )
    op.create_table(
        "spending_line",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=True),
        sa.Column("budget_id", sa.Uuid(), nullable=True),
        sa.Column("company_id", sa.Uuid(), nullable=True),
        sa.Column("list_id", sa.Uuid(), nullable=True),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("micros", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("budget_micros", sa.BigInteger(), nullable=True),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id", "campaign_id"], ["campaign.client_id", "campaign.id"]
        ),
        sa.ForeignKeyConstraint(["question_id"], ["source_question.id"]),
        sa.ForeignKeyConstraint(["client_id", "list_id"], ["list.client_id", "list.id"]),
        sa.ForeignKeyConstraint(
            ["client_id", "budget_id"], ["spending_budget.client_id", "spending_budget.id"]
        ),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"]),
        sa.ForeignKeyConstraint(["client_id", "company_id"], ["company.client_id", "company.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("spending_line_client_at", "spending_line", ["client_id", "at"])
    op.create_index(
        "spending_line_company_id",
        "spending_line",
        ["company_id"],
        sqlite_where=sa.text("company_id IS NOT NULL"),
        postgresql_where=sa.text("company_id IS NOT NULL"),
    )
    op.create_index(
        "spending_line_budget_id",
        "spending_line",
        ["budget_id"],
        sqlite_where=sa.text("budget_id IS NOT NULL"),
        postgresql_where=sa.text("budget_id IS NOT NULL"),
    )
    op.create_index("spending_line_question_id", "spending_line", ["question_id"])
    # Nothing was written into it so far, and cents are too coarse for what a fact costs.
    op.drop_column("fact", "cost_minor")
    op.add_column("fact", sa.Column("cost_micros", sa.BigInteger(), nullable=True))
    op.add_column("fact", sa.Column("cost_currency", sa.String(), nullable=True))
    op.create_index(
        "fact_register_number",
        "fact",
        ["value"],
        sqlite_where=sa.text("attribute = 'register_number'"),
        postgresql_where=sa.text("attribute = 'register_number'"),
    )
