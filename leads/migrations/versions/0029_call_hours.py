"""Whose clocks and holidays count for each prospect, and when the prospects of a campaign are called."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import UTCDateTime

revision = "0029"
down_revision = "0028"

JSON = sa.JSON().with_variant(JSONB(), "postgresql")
FREE = "state = 'ready' AND not_before IS NULL"
ORDER = ["rank", "fresh", "entered_at", "id"]


def _index(name: str, columns: list[str]) -> None:
    only = sa.text(FREE)
    op.create_index(name, "queue_entry", columns, sqlite_where=only, postgresql_where=only)


def upgrade() -> None:
    op.drop_index("queue_order", "queue_entry")
    op.drop_column("queue_entry", "priority")
    op.add_column("queue_entry", sa.Column("calendar", sa.String(), nullable=True))
    _index("queue_order", ["campaign_id", *ORDER])
    _index("queue_calendar", ["campaign_id", "calendar", *ORDER])

    op.add_column("campaign", sa.Column("call_hours", sa.String(), nullable=True))
    op.create_table(
        "holiday_year",
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("weekend", JSON, nullable=False),
        sa.Column("holidays", JSON, nullable=False),
        sa.Column("worked", JSON, nullable=False),
        sa.Column("looked_up_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("area", "year"),
    )
