"""What a person who reviews a found site should see of it, and how the address of a page was found."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0063"
down_revision = "0062"

_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.add_column(
        "site_finding", sa.Column("pages", _JSON, nullable=False, server_default=sa.text("'[]'"))
    )
    op.add_column("page", sa.Column("why", sa.String(), nullable=False, server_default=""))
