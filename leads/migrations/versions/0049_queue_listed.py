"""An index that lists the queue, held rows included, best first."""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"


def upgrade() -> None:
    op.create_index(
        "queue_listed",
        "queue_entry",
        ["campaign_id", "rank", "fresh", "entered_at", "id"],
        sqlite_where=sa.text("state IN ('ready', 'leased')"),
        postgresql_where=sa.text("state IN ('ready', 'leased')"),
    )
