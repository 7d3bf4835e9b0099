"""Imports of outcomes, and what each changed: what undoing one needs."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import UTCDateTime

revision = "0033"
down_revision = "0032"

JSON = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "outcome_import",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("undone_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"]),
        sa.ForeignKeyConstraint(
            ["client_id", "campaign_id"], ["campaign.client_id", "campaign.id"]
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("client_id", "id"),
    )
    op.create_index("outcome_import_of_campaign", "outcome_import", ["campaign_id", "id"])
    op.create_table(
        "outcome_effect",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=True),
        sa.Column("signal_id", sa.Uuid(), nullable=True),
        sa.Column("suppression_id", sa.Uuid(), nullable=True),
        sa.Column("key_hash", sa.String(), nullable=True),
        sa.Column("level", sa.String(), nullable=True),
        sa.Column("event", sa.String(), nullable=True),
        sa.Column("before", JSON, nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"]),
        sa.ForeignKeyConstraint(
            ["client_id", "import_id"], ["outcome_import.client_id", "outcome_import.id"]
        ),
        sa.ForeignKeyConstraint(["client_id", "company_id"], ["company.client_id", "company.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("outcome_effect_of_import", "outcome_effect", ["import_id", "id"])
    for name, column in (("company", "company_id"), ("key", "key_hash")):
        given = sa.text(f"{column} IS NOT NULL")
        op.create_index(
            f"outcome_effect_of_{name}",
            "outcome_effect",
            [column],
            sqlite_where=given,
            postgresql_where=given,
        )
