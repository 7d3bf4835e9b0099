"""Verdicts and relationships."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import UTCDateTime

revision = "0004"
down_revision = "0003"

JSON = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "verdict",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("icp_version_id", sa.Uuid(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("fit_stage", sa.String(), nullable=False),
        sa.Column("score_worst", sa.Integer(), nullable=False),
        sa.Column("score_best", sa.Integer(), nullable=False),
        sa.Column("asks", sa.Boolean(), nullable=False),
        sa.Column("why_not", sa.String(), nullable=False),
        sa.Column("answers", JSON, nullable=False),
        sa.Column("decides", JSON, nullable=False),
        sa.Column("waits_for", JSON, nullable=False),
        sa.Column("fact_ids", JSON, nullable=False),
        sa.Column("today", sa.Date(), nullable=False),
        sa.Column("versions", JSON, nullable=False),
        sa.Column("decided_at", UTCDateTime(), nullable=False),
        sa.Column("superseded_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["client_id", "campaign_id"],
            ["campaign.client_id", "campaign.id"],
        ),
        sa.ForeignKeyConstraint(
            ["client_id", "company_id"],
            ["company.client_id", "company.id"],
        ),
        sa.ForeignKeyConstraint(
            ["client_id", "icp_version_id"],
            ["icp_version.client_id", "icp_version.id"],
        ),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("client_id", "id"),
    )
    op.create_index(
        "verdict_in_force",
        "verdict",
        ["campaign_id", "company_id"],
        unique=True,
        sqlite_where=sa.text("superseded_at IS NULL"),
        postgresql_where=sa.text("superseded_at IS NULL"),
    )
    op.create_index("verdict_of_company", "verdict", ["company_id"], unique=False)
    op.create_table(
        "relationship",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("since", UTCDateTime(), nullable=False),
        sa.Column("reopens_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["client_id", "campaign_id"],
            ["campaign.client_id", "campaign.id"],
        ),
        sa.ForeignKeyConstraint(
            ["client_id", "company_id"],
            ["company.client_id", "company.id"],
        ),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("campaign_id", "company_id"),
    )
    op.create_index(
        op.f("ix_relationship_company_id"), "relationship", ["company_id"], unique=False
    )
