"""When companies became leads, what an hour of an SDR costs, and an index of moved leads."""

import sqlalchemy as sa
from alembic import op
from sqlmodel import UTCDateTime

revision = "0039"
down_revision = "0038"

_MOVED = sa.text("verb = 'stage moved'")


def upgrade() -> None:
    op.add_column("lead", sa.Column("entered_at", UTCDateTime(), nullable=True))
    op.add_column("client", sa.Column("hour_cost_minor", sa.BigInteger(), nullable=True))
    op.add_column("client", sa.Column("hour_cost_currency", sa.String(), nullable=True))
    op.create_index(
        "event_stage_moved",
        "event",
        ["client_id"],
        sqlite_where=_MOVED,
        postgresql_where=_MOVED,
    )
