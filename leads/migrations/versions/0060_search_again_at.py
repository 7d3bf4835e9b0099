"""When a search that nothing answered is made again, and the age of look-ups."""

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0059"


def upgrade() -> None:
    op.add_column("site_finding", sa.Column("again_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("name_look_up_looked_up_at", "name_look_up", ["looked_up_at"])
