"""What caused a signal, in which cell of the grid a company was worked, and whom signals put out."""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"


def upgrade() -> None:
    op.add_column("signal", sa.Column("link", sa.String(), nullable=True))
    op.add_column("signal", sa.Column("agent", sa.String(), nullable=True))
    op.add_column("signal", sa.Column("machine", sa.Boolean(), nullable=True))
    op.add_column("disposition", sa.Column("cell", sa.String(), nullable=True))
    op.add_column(
        "company_score",
        sa.Column("disqualified", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
