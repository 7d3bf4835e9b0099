"""The client that a suppression for every client comes from: others see that it counts, not its words."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    op.add_column("suppression", sa.Column("origin_id", sa.Uuid(), nullable=True))
    op.execute(
        "UPDATE suppression SET origin_id = (SELECT client_id FROM desk_action"
        " WHERE desk_action.suppression_id = suppression.request_id)"
        " WHERE client_id IS NULL AND EXISTS (SELECT 1 FROM desk_action"
        " WHERE desk_action.suppression_id = suppression.request_id)"
    )
