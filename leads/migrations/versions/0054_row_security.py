"""Row-level security on every table with clients' rows, for roles that do not own the tables."""

from alembic import op

from leads.migrations.row_security import protect

revision = "0054"
down_revision = "0053"


def upgrade() -> None:
    protect(op.get_bind())
