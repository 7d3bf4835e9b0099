"""How much evidence a merge of a client's companies needs."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.add_column(
        "client", sa.Column("strictness", sa.String(), server_default="balanced", nullable=False)
    )
