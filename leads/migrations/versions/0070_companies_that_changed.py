"""Which companies changed: what is kept in files beside the database reads only these again."""

from datetime import UTC, datetime
from uuid import uuid4

import sqlalchemy as sa
from alembic import op
from sqlmodel import UTCDateTime

revision = "0070"
down_revision = "0069"


def upgrade() -> None:
    made = op.create_table(
        "company_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=True),
        sa.Column("companies", sa.LargeBinary(), nullable=True),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("company_change_place", "company_change", ["place"])
    # The first note names nobody: it tells this database from another one.
    first = {"id": uuid4(), "companies": b"", "place": 0, "at": datetime.now(UTC)}
    op.bulk_insert(made, [first])
