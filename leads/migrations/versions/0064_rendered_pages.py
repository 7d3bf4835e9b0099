"""What became of pages that scripts fill, in a browser."""

import sqlalchemy as sa
from alembic import op

revision = "0064"
down_revision = "0063"


def upgrade() -> None:
    op.add_column("page", sa.Column("rendering", sa.String(), nullable=False, server_default=""))
