"""What a verdict rests on, and how long it lasts."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("verdict", sa.Column("basis", sa.String(), nullable=True))
    op.add_column("verdict", sa.Column("lasts_until", sa.Date(), nullable=True))
