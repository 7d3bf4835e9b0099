"""Addresses at which other programs and web forms report what companies do."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import UTCDateTime

revision = "0051"
down_revision = "0050"

JSON = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "inbox",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("rules", JSON, nullable=False),
        sa.Column("secret", sa.String(), nullable=False),
        sa.Column("secret_before", sa.String(), nullable=False),
        sa.Column("before_until", UTCDateTime(), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"]),
        sa.ForeignKeyConstraint(
            ["client_id", "campaign_id"], ["campaign.client_id", "campaign.id"]
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("client_id", "id"),
        sa.UniqueConstraint("name"),
    )
    op.create_index("inbox_of_client", "inbox", ["client_id", "name"])
    op.create_table(
        "inbox_message",
        sa.Column("inbox_id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"]),
        sa.ForeignKeyConstraint(["client_id", "inbox_id"], ["inbox.client_id", "inbox.id"]),
        sa.PrimaryKeyConstraint("inbox_id", "message_id"),
    )
    op.create_index("inbox_message_at", "inbox_message", ["inbox_id", "at"])
    op.create_table(
        "inbox_refusal",
        sa.Column("inbox_id", sa.Uuid(), nullable=False),
        sa.Column("hour", UTCDateTime(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("last_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"]),
        sa.ForeignKeyConstraint(["client_id", "inbox_id"], ["inbox.client_id", "inbox.id"]),
        sa.PrimaryKeyConstraint("inbox_id", "hour", "reason"),
    )
