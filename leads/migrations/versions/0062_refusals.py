"""How often a site asked to be left alone, and an index of the sites that lead elsewhere."""

import sqlalchemy as sa
from alembic import op

revision = "0062"
down_revision = "0061"

_LED_AWAY = sa.text("outcome = 'redirected_away'")


def upgrade() -> None:
    op.add_column("site", sa.Column("refused", sa.Integer(), nullable=False, server_default="0"))
    op.create_index(
        "crawl_led_away",
        "crawl",
        ["final_site"],
        sqlite_where=_LED_AWAY,
        postgresql_where=_LED_AWAY,
    )
