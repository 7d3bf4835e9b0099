"""What signals are worth in a campaign, and the scores of its companies."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import UTCDateTime

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    op.create_table(
        "scoring_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"]),
        sa.ForeignKeyConstraint(
            ["client_id", "campaign_id"], ["campaign.client_id", "campaign.id"]
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("campaign_id", "version"),
    )
    op.create_table(
        "company_score",
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("temperature", sa.String(), nullable=False),
        sa.Column("heat", sa.Float(), nullable=True),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("scored_at", UTCDateTime(), nullable=False),
        sa.Column("changes_at", UTCDateTime(), nullable=True),
        sa.Column("qualifications", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("suppressed", sa.String(), nullable=True),
        sa.CheckConstraint(
            "temperature IN ('cold', 'warm', 'hot')", name="company_score_temperature"
        ),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"]),
        sa.ForeignKeyConstraint(
            ["client_id", "campaign_id"], ["campaign.client_id", "campaign.id"]
        ),
        sa.ForeignKeyConstraint(["client_id", "company_id"], ["company.client_id", "company.id"]),
        sa.PrimaryKeyConstraint("campaign_id", "company_id"),
    )
    op.create_index("company_score_order", "company_score", ["campaign_id", "heat"])
    op.create_index("ix_company_score_company_id", "company_score", ["company_id"])
    only = sa.text("changes_at IS NOT NULL")
    op.create_index(
        "company_score_due",
        "company_score",
        ["changes_at"],
        sqlite_where=only,
        postgresql_where=only,
    )
