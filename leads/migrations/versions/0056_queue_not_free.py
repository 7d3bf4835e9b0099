"""An index of the listed rows that are not free, instead of one that holds the free ones too."""

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0055"

_ROWS = sa.text("state = 'leased' OR state = 'ready' AND not_before IS NOT NULL")


def upgrade() -> None:
    op.drop_index("queue_listed", "queue_entry")
    op.create_index(
        "queue_not_free",
        "queue_entry",
        ["campaign_id", "rank", "fresh", "entered_at", "id"],
        sqlite_where=_ROWS,
        postgresql_where=_ROWS,
    )
