"""Who linked companies, what a person denied, and what verdicts over linked companies rest on."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import UTCDateTime

revision = "0010"
down_revision = "0009"

JSON = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    op.add_column("company_link", sa.Column("by", sa.String(), nullable=True))
    op.add_column("company_link", sa.Column("denied_at", UTCDateTime(), nullable=True))
    op.create_index("link_of_client", "company_link", ["client_id", "of_id"])
    named = sa.text("attribute = 'parent'")
    op.create_index(
        "fact_parent", "fact", ["client_id"], sqlite_where=named, postgresql_where=named
    )
    op.add_column("verdict", sa.Column("rolled_up", JSON, nullable=True))
