"""An index per client in the order of work, so that paused tasks are not read."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    waits = sa.text("state = 'pending'")
    columns = ["kind", "client_id", "priority", "turn", "id"]
    op.drop_index("task_of_client", "task")
    op.create_index("task_of_client", "task", columns, sqlite_where=waits, postgresql_where=waits)
