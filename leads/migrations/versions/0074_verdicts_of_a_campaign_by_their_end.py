"""The verdicts of a campaign that last no longer are found without those of other campaigns."""

import sqlalchemy as sa
from alembic import op

revision = "0074"
down_revision = "0073"


def upgrade() -> None:
    in_force = sa.text("superseded_at IS NULL")
    op.create_index(
        "verdict_of_campaign_lasts_until",
        "verdict",
        ["campaign_id", "lasts_until"],
        sqlite_where=in_force,
        postgresql_where=in_force,
    )
