"""Addresses at which other programs and web forms report what companies do."""

import sqlalchemy as sa
from alembic import op
from sqlmodel import UTCDateTime

revision = "0047"
down_revision = "0046"


def upgrade() -> None:
    op.create_table(
        "inbox",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key_hash", sa.String(), nullable=False),
        sa.Column("campaign", sa.String(), nullable=False),
        sa.Column("origins", sa.String(), nullable=False),
        sa.Column("an_hour", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("client_id", "id"),
        sa.UniqueConstraint("key_hash"),
        sa.UniqueConstraint("name"),
    )
    op.create_index("inbox_of_client", "inbox", ["client_id"])
    op.create_table(
        "inbox_message",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("inbox_id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"]),
        sa.ForeignKeyConstraint(["client_id", "inbox_id"], ["inbox.client_id", "inbox.id"]),
        sa.PrimaryKeyConstraint("inbox_id", "message_id"),
    )
    op.create_index("inbox_message_at", "inbox_message", ["inbox_id", "at"])
