"""The first and the last letters of suppressed names, by which other spellings are found."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    for name in ("head", "tail"):
        op.add_column("suppression", sa.Column(name, sa.String(), nullable=True))
    op.execute(
        "UPDATE suppression SET head = substr(key, 1, 3), tail = substr(key, length(key) - 2, 3)"
        " WHERE kind = 'company' AND key IS NOT NULL AND length(key) >= 3"
    )
    for name in ("head", "tail"):
        op.create_index(f"suppression_{name}", "suppression", [name])
