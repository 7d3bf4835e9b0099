"""An index that lists the suppressions of a level, the newest first."""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"


def upgrade() -> None:
    op.create_index(
        "suppression_newest",
        "suppression",
        ["level", "client_id", "request_id"],
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
