"""Verdicts that last no longer are found by their day: all of them would be read through otherwise."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    in_force = sa.text("superseded_at IS NULL")
    op.create_index(
        "verdict_lasts_until",
        "verdict",
        ["lasts_until"],
        sqlite_where=in_force,
        postgresql_where=in_force,
    )
