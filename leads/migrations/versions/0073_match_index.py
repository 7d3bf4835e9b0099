"""The key index of records: later records are compared with what their keys find."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
from sqlmodel import UTCDateTime

revision = "0073"
down_revision = "0072"

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
_UNPLACED = sa.text("company_id IS NULL AND ended_at IS NULL")
_UNNOTICED = sa.text("ended_at IS NOT NULL AND NOT end_noticed")


def upgrade() -> None:
    op.create_table(
        "match_base",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Uuid(), nullable=False),
        sa.Column("rests_on", JSON, nullable=False),
        sa.Column("records", sa.Integer(), nullable=False),
        sa.Column("bits", sa.Integer(), nullable=False),
        sa.Column("corpus", sa.LargeBinary(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"]),
        sa.PrimaryKeyConstraint("client_id"),
    )
    op.create_table(
        "match_part",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"]),
        sa.PrimaryKeyConstraint("client_id", "version", "kind", "at"),
    )
    op.create_table(
        "match_key",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.BigInteger(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("face", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"]),
        sa.ForeignKeyConstraint(["client_id", "record_id"], ["record.client_id", "record.id"]),
        sa.PrimaryKeyConstraint("client_id", "key", "record_id"),
    )
    op.create_index("match_key_of_record", "match_key", ["record_id"])
    for name, where in (("record_unplaced", _UNPLACED), ("record_unnoticed", _UNNOTICED)):
        op.create_index(
            name, "record", ["client_id", "id"], sqlite_where=where, postgresql_where=where
        )
