"""From which score of the ICP a company has which grade."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"


def upgrade() -> None:
    for name, least in (("grade_a", "80"), ("grade_b", "40")):
        column = sa.Column(name, sa.Integer(), nullable=False, server_default=least)
        op.add_column("scoring_file", column)
