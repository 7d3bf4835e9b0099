"""The country of a client's lists that state none."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.add_column("client", sa.Column("country", sa.String(), nullable=True))
