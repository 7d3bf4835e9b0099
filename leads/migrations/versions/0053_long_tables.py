"""Indexes that page through very long tables: names, leads, doubtful pairs and decisions."""

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"

_LIVE = sa.text("ended_at IS NULL")
_DECIDED = sa.text(
    "thing IN ('everything', 'queue', 'client', 'host', 'tasks', 'entry', 'task') AND verb IN"
    " ('paused', 'resumed', 'requeued', 'discarded', 'refused', 'quarantined')"
)


def upgrade() -> None:
    name = sa.text("lower(name)")
    op.create_index("company_name", "company", ["client_id", name])
    op.create_index(
        "record_name", "record", ["client_id", name], sqlite_where=_LIVE, postgresql_where=_LIVE
    )
    op.drop_index("lead_due", "lead")
    op.create_index("lead_next", "lead", ["campaign_id", "next_touch_at", "company_id"])
    op.create_index(
        "lead_of_stage", "lead", ["campaign_id", "stage", "next_touch_at", "company_id"]
    )
    op.create_index(
        "review_doubt", "review_pair", ["client_id", sa.text("abs(odds)"), "left_id", "right_id"]
    )
    op.create_index(
        "event_decided", "event", ["id"], sqlite_where=_DECIDED, postgresql_where=_DECIDED
    )
