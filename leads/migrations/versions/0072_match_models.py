"""Models of the matcher, pairs that nobody could decide, and the kind of each pair to review."""

import sqlalchemy as sa
from alembic import op
from sqlmodel import UTCDateTime

revision = "0072"
down_revision = "0071"


def upgrade() -> None:
    op.create_table(
        "match_model",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("used_at", UTCDateTime(), nullable=True),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("client_id", "version"),
    )
    op.create_index(
        "match_model_in_force",
        "match_model",
        ["client_id"],
        unique=True,
        sqlite_where=sa.text("used_at IS NOT NULL AND ended_at IS NULL"),
        postgresql_where=sa.text("used_at IS NOT NULL AND ended_at IS NULL"),
    )
    op.create_table(
        "unsure_pair",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("left_key", sa.String(), nullable=False),
        sa.Column("right_key", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("left_key < right_key", name="unsure_order"),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("client_id", "left_key", "right_key"),
    )
    op.add_column(
        "review_pair", sa.Column("disagreement", sa.String(), nullable=False, server_default="")
    )
