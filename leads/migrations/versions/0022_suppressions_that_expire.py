"""Suppressions that lift by themselves."""

import sqlalchemy as sa
from alembic import op
from sqlmodel import UTCDateTime

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.add_column("suppression", sa.Column("until", UTCDateTime(), nullable=True))
    only = sa.text("ended_at IS NULL AND until IS NOT NULL")
    op.create_index(
        "suppression_until", "suppression", ["until"], sqlite_where=only, postgresql_where=only
    )
