"""An index from which every suppressed name can be read without its row."""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"

_GIVEN = sa.text("head IS NOT NULL")


def upgrade() -> None:
    op.drop_index("suppression_head", "suppression")
    op.create_index(
        "suppression_head",
        "suppression",
        ["head", "key", "level", "client_id", "campaign_id", "until", "channel", "ended_at"],
        sqlite_where=_GIVEN,
        postgresql_where=_GIVEN,
    )
