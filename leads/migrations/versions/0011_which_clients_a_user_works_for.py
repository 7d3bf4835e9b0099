"""Which clients a user works for."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "user_client",
        sa.Column("user_id", sa.Uuid(), sa.ForeignKey("app_user.id"), primary_key=True),
        sa.Column("client_id", sa.Uuid(), sa.ForeignKey("client.id"), primary_key=True),
    )
