"""What a row of a CRM export says its company is to the client."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.add_column("record", sa.Column("role", sa.String(), nullable=True))
