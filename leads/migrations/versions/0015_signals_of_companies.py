"""Signals: dated events of companies and their contacts."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.create_table(
        "signal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("campaign_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("value_minor", sa.BigInteger(), nullable=True),
        sa.Column("value_currency", sa.String(), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("retracts", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(value_minor IS NULL) = (value_currency IS NULL)", name="signal_value_has_currency"
        ),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"]),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"]),
        sa.ForeignKeyConstraint(["client_id", "company_id"], ["company.client_id", "company.id"]),
        sa.ForeignKeyConstraint(
            ["client_id", "campaign_id"], ["campaign.client_id", "campaign.id"]
        ),
        sa.ForeignKeyConstraint(["client_id", "retracts"], ["signal.client_id", "signal.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("client_id", "id"),
        sa.UniqueConstraint("client_id", "source", "external_id"),
    )
    op.create_index("signal_of_company", "signal", ["company_id", "happened_at"])
    op.create_index("ix_signal_retracts", "signal", ["retracts"])
