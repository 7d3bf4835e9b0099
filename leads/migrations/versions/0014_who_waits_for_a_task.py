"""Traces that wait for a task of another trace, and the pending tasks of a trace."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "task_watch",
        sa.Column("trace_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("trace_id", "kind", "task_id"),
    )
    op.create_index("ix_task_watch_task_id", "task_watch", ["task_id"])
    pending = sa.text("state = 'pending'")
    columns = ["trace_id", "kind", "priority", "turn", "id"]
    op.create_index(
        "task_of_trace", "task", columns, sqlite_where=pending, postgresql_where=pending
    )
