"""What became of pages that scripts fill, in a browser."""

import sqlalchemy as sa
from alembic import op

revision = "0063"
down_revision = "0062"


def upgrade() -> None:
    op.add_column("page", sa.Column("rendering", sa.String(), nullable=False, server_default=""))
