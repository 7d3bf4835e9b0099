"""Which sites a search looked at, and what came of each."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0061"
down_revision = "0060"

_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.add_column(
        "site_finding", sa.Column("looked", _JSON, nullable=False, server_default=sa.text("'[]'"))
    )
