"""The country of a client's lists that state none."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.add_column("client", sa.Column("country", sa.String(), nullable=True))
