"""An index that finds contacts by their e-mail address."""

from alembic import op

revision = "0043"
down_revision = "0042"


def upgrade() -> None:
    op.create_index("contact_email", "contact", ["email", "client_id"])
