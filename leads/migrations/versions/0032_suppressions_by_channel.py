"""Suppressions of one channel: a bounced mailbox stops e-mail to it, and no call."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    op.add_column("suppression", sa.Column("channel", sa.String(), nullable=True))
    only = sa.text("channel IS NOT NULL")
    op.create_index(
        "suppression_channel",
        "suppression",
        ["channel"],
        sqlite_where=only,
        postgresql_where=only,
    )
