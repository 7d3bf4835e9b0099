"""Hosts whose owners want no visits, and what robots.txt said about each page."""

import sqlalchemy as sa
from alembic import op
from sqlmodel import UTCDateTime

revision = "0058"
down_revision = "0057"


def upgrade() -> None:
    op.create_table(
        "opted_out_host",
        sa.Column("host", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("added_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("host"),
    )
    op.add_column("page", sa.Column("robots", sa.String(), nullable=False, server_default=""))
